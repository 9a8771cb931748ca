//! Times and amounts as commands say them: in UTC, ages in words.

use jiff::Timestamp;

/// A time for people, `2026-11-24 14:03:49 UTC`. Milliseconds since 1970; one out of range is said to be so.
pub(super) fn utc(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .map_or_else(|_| "a time out of range".to_owned(), |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}

/// A time for machines, RFC 3339 in UTC, always with milliseconds.
pub(super) fn rfc3339(ms: i64) -> Option<String> {
    Timestamp::from_millisecond(ms).ok().map(|time| format!("{time:.3}"))
}

/// How long ago something was, `3 min ago`; what lies ahead is `in 3 min`.
pub(super) fn age(now: i64, then: i64) -> String {
    let seconds = now.saturating_sub(then) / 1000;
    match seconds {
        0..5 => "just now".to_owned(),
        -4..0 => "now".to_owned(),
        5.. => format!("{} ago", length(seconds)),
        _ => format!("in {}", length(seconds.saturating_neg())),
    }
}

/// A length of time in its largest unit.
pub(super) fn length(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// `1 record`, `2 records`.
pub(super) fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_in_the_largest_unit() {
        let cases = [
            (0, "just now"),
            (59, "59 s ago"),
            (180, "3 min ago"),
            (7_300, "2 h ago"),
            (200_000, "2 days ago"),
            (-30, "in 30 s"),
            (-900, "in 15 min"),
        ];
        for (seconds, words) in cases {
            assert_eq!(age(1_000_000_000, 1_000_000_000 - seconds * 1000), words);
        }
    }

    #[test]
    fn times_are_in_utc() {
        assert_eq!(utc(1_795_529_029_123), "2026-11-24 14:03:49 UTC");
        assert_eq!(rfc3339(1_795_529_029_123).as_deref(), Some("2026-11-24T14:03:49.123Z"));
        assert_eq!(utc(i64::MAX), "a time out of range");
    }
}
