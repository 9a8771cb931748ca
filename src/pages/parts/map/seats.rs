//! Land and seats as they ship, and the Equal Earth projection (B. Šavrič, T. Patterson, B. Jenny, 2018) that brings both
//! to the points of the drawing.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use crate::record::CountryCode;

/// The land, in points of the drawing, and how places come to them.
#[derive(Deserialize)]
pub(super) struct Land {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The meridian in the middle, in degrees.
    east: f64,
    scale: f64,
    /// Where the equator runs, in points from above.
    middle: f64,
    /// The outline.
    pub(super) path: String,
}

#[derive(Deserialize)]
struct Seats {
    seats: HashMap<String, (f64, f64)>,
}

static LAND: LazyLock<Land> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../data/land.json")).expect("the shipped land is read by a test")
});

static SEATS: LazyLock<HashMap<CountryCode, (i32, i32)>> = LazyLock::new(|| {
    let shipped: Seats = serde_json::from_str(include_str!("../../../../data/seats.json"))
        .expect("the shipped seats are read by a test");
    let seats = shipped.seats.into_iter();
    seats
        .filter_map(|(code, (east, north))| Some((CountryCode::parse(&code)?, whole(projected(east, north)))))
        .collect()
});

pub(super) fn land() -> &'static Land {
    &LAND
}

/// The point of a State's seat; territories have none.
pub(super) fn point(country: CountryCode) -> Option<(i32, i32)> {
    SEATS.get(&country).copied()
}

#[allow(clippy::cast_possible_truncation)] // Points lie within the drawing.
fn whole((x, y): (f64, f64)) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

/// Longitude and latitude in degrees as a point.
fn projected(east: f64, north: f64) -> (f64, f64) {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let half_root = 3_f64.sqrt() / 2.0;
    // Around the back of the globe: between half a turn west and half a turn east of the middle.
    let longitude = ((east - LAND.east + 540.0).rem_euclid(360.0) - 180.0).to_radians();
    let slant = (half_root * north.to_radians().sin()).asin();
    let (square, sixth) = (slant * slant, slant.powi(6));
    let width = longitude * slant.cos()
        / (half_root * (A[0] + 3.0 * A[1] * square + sixth * (7.0 * A[2] + 9.0 * A[3] * square)));
    let height = slant * (A[0] + A[1] * square + sixth * (A[2] + A[3] * square));
    (f64::from(LAND.width) / 2.0 + LAND.scale * width, LAND.middle - LAND.scale * height)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::record::vocabulary::{self, Vocabulary};

    #[test]
    fn the_projection_is_that_of_the_land() {
        // As d3-geo projects the same places with the land (data/make-map.mjs prints them).
        for (country, x, y) in [("PT", 432, 102), ("NZ", 864, 377), ("WS", 946, 285)] {
            assert_eq!(point(CountryCode::parse(country).unwrap()), Some((x, y)), "{country}");
        }
    }

    #[test]
    fn every_member_state_and_both_observers_have_a_seat_on_the_map() {
        let groups = vocabulary::terms(Vocabulary::RegionalGroups);
        let mut states: Vec<CountryCode> = groups.iter().flat_map(|group| group.countries.iter().copied()).collect();
        assert_eq!(states.len(), 193);
        states.extend(["PS", "VA"].map(|code| CountryCode::parse(code).unwrap()));
        for state in &states {
            let (x, y) = point(*state).unwrap_or_else(|| panic!("{state} has no seat"));
            assert!((0..land().width).contains(&x) && (0..land().height).contains(&y), "{state} is off the map");
        }
        assert_eq!(SEATS.len(), states.len());
    }
}
