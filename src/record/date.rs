//! Dates as sources give them: a year, a month or a day.

use jiff::civil::Date;
use std::cmp::Ordering;
use std::fmt;

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (records.md); a day that the calendar has. Sorting puts the less exact date first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PartialDate {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12, if the source states it.
    pub month: Option<u8>,
    /// 1 to 31, if the source states it; never without a month.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Reads exactly one of the three forms.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let bytes = text.as_bytes();
        let part = |from: usize, to: usize| {
            let digits = bytes.get(from..to)?;
            digits
                .iter()
                .try_fold(0u16, |sum, &digit| digit.is_ascii_digit().then(|| sum * 10 + u16::from(digit - b'0')))
        };
        let after_hyphen = |at: usize| part(at + 1, at + 3).filter(|_| bytes[at] == b'-').map(|number| number as u8);
        let year = part(0, 4)?;
        let (month, day) = match bytes.len() {
            4 => (None, None),
            7 => (Some(after_hyphen(4)?), None),
            10 => (Some(after_hyphen(4)?), Some(after_hyphen(7)?)),
            _ => return None,
        };
        let date = PartialDate { year, month, day };
        date.first_day_if_real().map(|_| date)
    }

    /// Earlier, later, or the same as far as the shorter of both goes: `2024` and `2024-05` are the same.
    pub fn compare(self, other: PartialDate) -> Ordering {
        fn both(one: Option<u8>, other: Option<u8>) -> Ordering {
            one.zip(other).map_or(Ordering::Equal, |(one, other)| one.cmp(&other))
        }
        self.year.cmp(&other.year).then(both(self.month, other.month)).then(both(self.day, other.day))
    }

    /// The first day of the year, month or day that is meant.
    pub fn first_day(self) -> Date {
        self.first_day_if_real().unwrap_or(Date::ZERO)
    }

    fn first_day_if_real(self) -> Option<Date> {
        let (year, month) = (i16::try_from(self.year).ok()?, i8::try_from(self.month.unwrap_or(1)).ok()?);
        Date::new(year, month, i8::try_from(self.day.unwrap_or(1)).ok()?).ok()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn dates_compare_as_far_as_the_shorter_one_goes() {
        let cases = [
            ("2024", "2024-05-09", Ordering::Equal),
            ("2024-05", "2024-05-09", Ordering::Equal),
            ("2024-06", "2024-05-09", Ordering::Greater),
            ("2023-12-31", "2024", Ordering::Less),
            ("2024-05-09", "2024-05-10", Ordering::Less),
        ];
        for (one, other, order) in cases {
            assert_eq!(date(one).compare(date(other)), order, "{one} {other}");
            assert_eq!(date(other).compare(date(one)), order.reverse(), "{other} {one}");
        }
    }

    #[test]
    fn a_date_is_written_as_it_was_read() {
        for text in ["0000", "2024-02-29", "1999-01"] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn a_year_begins_with_its_first_day() {
        assert_eq!(date("2024").first_day(), jiff::civil::date(2024, 1, 1));
    }
}
