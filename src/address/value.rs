//! The values that a name can have. A code that is not known here is well-formed all the same: it finds nothing.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Name, Refused};
use crate::record::{
    Audience, CountryCode, EventMode, Kind, LanguageTag, MemberRole, MemberStatus, PartialDate, nearest,
};

/// Longest value but words, in characters: an entityId.
const LONGEST: usize = 2_048;

/// A value as it counts, or why it cannot be one.
pub(super) fn check(name: Name, kind: Kind, text: &str) -> Result<Box<str>, Refused> {
    let refuse = |reason: String| Err(Refused::new(name.as_str(), reason));
    if text.chars().count() > LONGEST {
        return refuse(format!("is longer than {LONGEST} characters"));
    }
    match name {
        Name::Country => match CountryCode::parse(&text.to_ascii_uppercase()) {
            Some(code) => Ok(code.as_str().into()),
            None => refuse(format!("{text:?} is no code of two letters, such as MA")),
        },
        Name::Goal => match text.parse::<u8>() {
            Ok(goal @ 1..=17) => Ok(goal.to_string().into()),
            _ => refuse(format!("{text:?} is no goal from 1 to 17")),
        },
        Name::Language if text != "*" && LanguageTag::parse(text).is_none() => {
            refuse(format!("{text:?} is no language tag, such as fr"))
        }
        Name::Compiled | Name::Standing | Name::IncludeSuspended => word(name, text, &["true", "false"]),
        Name::Audience => word(name, text, &Audience::ALL.map(Audience::as_str)),
        Name::Mode => word(name, text, &EventMode::ALL.map(EventMode::as_str)),
        Name::Role => word(name, text, &MemberRole::ALL.map(MemberRole::as_str)),
        Name::Status => word(name, text, &MemberStatus::ALL.map(MemberStatus::as_str)),
        Name::From | Name::To if kind != Kind::Event && year(text).is_none() => {
            refuse(format!("{text:?} is no year, such as 2015"))
        }
        Name::From | Name::To | Name::AsOf if first_day(text).is_none() => {
            refuse(format!("{text:?} is no date YYYY, YYYY-MM or YYYY-MM-DD"))
        }
        Name::UpdatedSince if seconds(text).is_none() => {
            refuse(format!("{text:?} is no time, such as 2026-11-24T10:00:00Z, and no day"))
        }
        Name::Theme | Name::Capacity | Name::Region | Name::Type | Name::Mechanism | Name::Group if !is_code(text) => {
            refuse(format!("{text:?} is no code of letters, digits, hyphens and low lines"))
        }
        _ => Ok(text.into()),
    }
}

fn word(name: Name, text: &str, words: &[&str]) -> Result<Box<str>, Refused> {
    if words.contains(&text) {
        return Ok(text.into());
    }
    let near = nearest(text, words.iter().copied()).unwrap_or_default();
    Err(Refused::new(name.as_str(), format!("{text:?} is none of {}; the nearest is {near:?}", words.join(", "))))
}

fn is_code(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The year of a year or date.
pub(super) fn year(text: &str) -> Option<i32> {
    PartialDate::parse(text).map(|date| i32::from(date.year))
}

/// The first day that is meant.
pub(super) fn first_day(text: &str) -> Option<Date> {
    PartialDate::parse(text).map(PartialDate::first_day)
}

/// The last day that is meant.
pub(super) fn last_day(text: &str) -> Option<Date> {
    let date = PartialDate::parse(text)?;
    let first = date.first_day();
    Some(match (date.month, date.day) {
        (None, _) => first.last_of_year(),
        (_, None) => first.last_of_month(),
        _ => first,
    })
}

/// Seconds since 1970 of a time, or of the begin of a day in UTC.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let time = match text.parse::<Timestamp>() {
        Ok(time) => time,
        Err(_) => TimeZone::UTC.to_timestamp(text.parse::<Date>().ok()?.at(0, 0, 0, 0)).ok()?,
    };
    Some(time.as_second())
}
