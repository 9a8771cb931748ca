//! The map: one mark for each State about whose mechanism or practices something stands here, at the seat of its
//! government, on land without any boundary (pages of the design, Map). Made from data/seats.json and data/land.json.

mod place;
mod seats;

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{
    super::{frame, visit::Visit},
    marks::Level,
    terms,
};
use crate::{
    catalog::{Dimension, Filter, Request},
    record::{
        CountryCode, Kind, country,
        vocabulary::{self, Vocabulary},
    },
};
use place::Mark;

/// States with records here; those with a hub of their own have the level of its copy.
type Known = BTreeMap<CountryCode, Option<Level>>;

/// The drawing, what its marks mean, and the same as a list.
pub(in crate::pages) fn figure(visit: &Visit) -> Markup {
    let known = known(visit);
    html! {
        figure.map aria-labelledby="map-title" {
            (drawing(visit, &known))
            figcaption {
                b #map-title { (visit.say("map-title")) }
                (legend(visit))
                p { (visit.say("map-notice")) }
                (list(visit, &known))
            }
        }
    }
}

fn known(visit: &Visit) -> Known {
    let mut known = Known::new();
    for kind in [Kind::Mechanism, Kind::Practice] {
        let filter = Filter::of(kind);
        let selection = visit.snapshot.select(&Request { filter: &filter, viewer: visit.viewer(), within: None });
        let codes = selection.facet(Dimension::Country);
        known.extend(codes.iter().filter_map(|bucket| Some((CountryCode::parse(bucket.value.as_deref()?)?, None))));
    }
    let own = visit.snapshot.network().own().and_then(|own| own.country);
    known.extend(own.map(|country| (country, Some(Level::Own))));
    let copies = frame::copies(visit).into_iter();
    known.extend(copies.filter_map(|(instance, level, _)| Some((instance.country?, Some(level)))));
    known
}

fn drawing(visit: &Visit, known: &Known) -> Markup {
    let land = seats::land();
    let seated = known.iter().filter_map(|(country, level)| Some((*country, *level, seats::point(*country)?)));
    let marks = place::place(seated, (land.width, land.height));
    html! {
        svg viewBox={ "0 0 " (land.width) " " (land.height) } aria-hidden="true" focusable="false" {
            path.land d=(land.path) {}
            @for mark in &marks { (one(visit, mark)) }
        }
    }
}

/// A mark leads to the page of its State; whoever does not see it has the list below.
fn one(visit: &Visit, mark: &Mark) -> Markup {
    let (x, y, (width, height)) = (mark.x(), mark.y(), mark.size());
    let class = mark.level.map(class);
    html! {
        a href=(visit.path(&format!("/countries/{}", mark.country))) tabindex="-1" class=[class] {
            title { (terms::country(visit, mark.country)) }
            path.halo d={ "M" (x - 1) " " (y - 1) "h" (width + 2) "v" (height + 2) "h-" (width + 2) "z" } {}
            @match mark.level {
                Some(level) => use href={ "#" (level.symbol()) } x=(x) y=(y) width=(width) height=(height) {},
                None => path fill="currentColor" d={ "M" (x) " " (y) "h" (width) "v" (height) "h-" (width) "z" } {},
            }
        }
    }
}

fn class(level: Level) -> &'static str {
    match level {
        Level::Own => "own",
        Level::Hour => "hub",
        Level::Day | Level::Week => "late",
        Level::Older | Level::Unproved | Level::Conflict | Level::Stolen => "old",
    }
}

fn legend(visit: &Visit) -> Markup {
    html! {
        p.row {
            span.fresh { (Level::Hour.bar()) (visit.say("map-hub")) }
            span.fresh {
                svg.cap viewBox="0 0 16 16" aria-hidden="true" { path fill="currentColor" d="M3 3h9v9H3z" {} }
                (visit.say("map-record"))
            }
        }
    }
}

/// By regional group, in the alphabet of the reader.
fn list(visit: &Visit, known: &Known) -> Markup {
    let of_region = |region: Option<&str>| {
        let in_it = |code: &CountryCode| country::get(*code).and_then(|known| known.region) == region;
        let mut codes: Vec<CountryCode> = known.keys().copied().filter(in_it).collect();
        codes.sort_by_key(|code| country::rank(*code, visit.language));
        codes
    };
    let regions = vocabulary::terms(Vocabulary::RegionalGroups);
    let mut groups: Vec<(String, Vec<CountryCode>)> =
        regions.iter().map(|term| (terms::in_page(visit, &term.label), of_region(Some(&term.code)))).collect();
    groups.push((visit.say("map-no-region"), of_region(None)));
    html! {
        details {
            summary { (visit.say("map-list")) }
            dl.facts {
                @for (name, codes) in groups.iter().filter(|(_, codes)| !codes.is_empty()) {
                    dt { (name) }
                    dd { ul.inline { @for code in codes { li { (link(visit, *code)) } } } }
                }
            }
        }
    }
}

fn link(visit: &Visit, code: CountryCode) -> Markup {
    html! { a href=(visit.path(&format!("/countries/{code}"))) { (terms::country(visit, code)) } }
}
