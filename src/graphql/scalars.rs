//! Scalars of the schema over the words of the field. What comes in is checked here; what goes out is as it is kept.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, ID, InputValueError, InputValueResult, OutputType, Positioned, Scalar, ScalarType,
    ServerResult, Value,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::record::{self, RecordKey};

/// Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime(pub i64);

impl DateTime {
    /// Of unix seconds.
    pub fn of_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Unix seconds, upwards: what was signed at or after this instant was signed at or after them.
    pub fn seconds(self) -> i64 {
        self.0.saturating_add(999).div_euclid(1000)
    }
}

fn text(value: Value) -> Result<String, InputValueError<String>> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(InputValueError::custom("This is not a text.")),
    }
}

macro_rules! wrong {
    ($($sentence:tt)*) => { InputValueError::custom(format!($($sentence)*)) };
}

/// Instant, RFC 3339 in UTC.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value).map_err(InputValueError::propagate)?;
        let is_rfc3339 = text.len() >= 20 && matches!(text.as_bytes()[10], b'T' | b't') && !text.contains('[');
        let instant = text.parse::<Timestamp>().ok().filter(|_| is_rfc3339);
        instant
            .map(|instant| Self(instant.as_millisecond()))
            .ok_or_else(|| wrong!("{text:?} is not an instant; write it as 2026-01-31T12:00:00Z."))
    }

    // An origin may sign any time (protocol §3): one that cannot be written is given as the last or first that can.
    fn to_value(&self) -> Value {
        let nearest = if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Value::String(Timestamp::from_millisecond(self.0).unwrap_or(nearest).to_string())
    }
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub jiff::civil::Date);

/// Day, `YYYY-MM-DD`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value).map_err(InputValueError::propagate)?;
        let day = record::PartialDate::parse(&text).filter(|date| date.day.is_some());
        day.map(|day| Self(day.first_day())).ok_or_else(|| wrong!("{text:?} is not a day; write it as 2026-01-31."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A date as far as it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate(pub record::PartialDate);

/// Day, month or year as the source states it: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
#[Scalar]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value).map_err(InputValueError::propagate)?;
        let date = record::PartialDate::parse(&text);
        date.map(Self).ok_or_else(|| wrong!("{text:?} is not a date; write it as 2026, 2026-01 or 2026-01-31."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryCode(pub record::CountryCode);

/// ISO 3166-1 alpha-2, upper case.
#[Scalar]
impl ScalarType for CountryCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value).map_err(InputValueError::propagate)?;
        let code = record::CountryCode::parse(&text);
        code.map(Self).ok_or_else(|| wrong!("{text:?} is not a country; write two capital letters (ISO 3166-1)."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.as_str().to_owned())
    }
}

/// A language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageTag(pub record::LanguageTag);

/// BCP 47 language tag.
#[Scalar]
impl ScalarType for LanguageTag {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value).map_err(InputValueError::propagate)?;
        let tag = record::LanguageTag::parse(&text);
        tag.map(Self).ok_or_else(|| wrong!("{text:?} is not a language; write a BCP 47 tag such as fr or zh-Hant."))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.as_str().to_owned())
    }
}

/// A length of time of days, hours, minutes and seconds, which are the same everywhere; months and years are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration(pub std::time::Duration);

impl Duration {
    /// Reads `PT15M`, `P1DT12H`; no fractions, no sign, no weeks.
    pub fn read(text: &str) -> Option<Self> {
        let (days, time) = match text.strip_prefix('P')?.split_once('T') {
            Some((days, time)) if !time.is_empty() => (days, time),
            Some(_) => return None,
            None => (text.strip_prefix('P')?, ""),
        };
        let mut seconds = 0_u64;
        let mut rest = if days.is_empty() { time } else { days };
        let units = [('D', 86_400, true), ('H', 3600, false), ('M', 60, false), ('S', 1, false)];
        let mut left = units.iter().peekable();
        let (mut in_days, mut is_any) = (!days.is_empty(), false);
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            let count: u64 = rest.get(..digits).filter(|count| (1..=9).contains(&count.len()))?.parse().ok()?;
            let letter = rest[digits..].chars().next()?;
            let (_, length, _) = left.find(|(unit, _, of_days)| *unit == letter && *of_days == in_days)?;
            seconds = seconds.checked_add(count * length)?;
            is_any = true;
            rest = &rest[digits + 1..];
            if rest.is_empty() && in_days {
                (in_days, rest) = (false, time);
            }
        }
        is_any.then_some(Self(std::time::Duration::from_secs(seconds)))
    }
}

/// Length of time, ISO 8601 in days, hours, minutes and seconds: `PT15M`.
#[Scalar]
impl ScalarType for Duration {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text(value).map_err(InputValueError::propagate)?;
        Self::read(&text).ok_or_else(|| wrong!("{text:?} is not a length of time; write it as PT15M or P1DT12H."))
    }

    fn to_value(&self) -> Value {
        Value::String(format!("PT{}S", self.0.as_secs()))
    }
}

/// An address of a record; only ever given.
#[derive(Debug, Clone, Copy)]
pub struct Url<'a>(pub &'a str);

impl OutputType for Url<'_> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("URL")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Scalar, |_| MetaType::Scalar {
            name: "URL".to_owned(),
            description: Some("Absolute http or https address.".to_owned()),
            is_valid: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            specified_by_url: None,
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::String(self.0.to_owned()))
    }
}

/// Global id of a record.
#[derive(Debug, Clone, Copy)]
pub struct RecordId(pub RecordKey);

impl OutputType for RecordId {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::String(URL_SAFE_NO_PAD.encode(self.0.0.to_be_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_of_days_hours_minutes_and_seconds() {
        let seconds = |text: &str| Duration::read(text).map(|length| length.0.as_secs());
        for (text, expected) in [
            ("PT15M", 900),
            ("PT1M", 60),
            ("P1D", 86_400),
            ("P1DT12H", 129_600),
            ("P1DT1H1M1S", 90_061),
            ("PT90S", 90),
            ("PT0S", 0),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        let wrong =
            ["", "P", "PT", "P1DT", "15M", "PT15", "P1M", "P1Y", "P1W", "PT1M1H", "PT1.5H", "-PT1M", "PT1D", "P1H"];
        for text in wrong.into_iter().chain(["PT1M1M", "pt1m", "PT9999999999S", "PT1Ｍ", "P1D1D", "PT+1M"]) {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_out_of_range_is_the_nearest_one_and_never_1970() {
        let written = |time: DateTime| time.to_value().to_string();
        assert!(written(DateTime::of_seconds((1 << 53) - 1)).starts_with("\"9999-12-30T"));
        assert!(written(DateTime(i64::MIN)).starts_with("\"-009999-"));
        assert_eq!(written(DateTime::of_seconds(0)), "\"1970-01-01T00:00:00Z\"");
    }
}
