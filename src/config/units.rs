//! How lengths of time, sizes, rates, addresses and "off" are written in the configuration. Each module here is used through
//! `#[serde(with = "…")]`, so that the rest of the program works with plain `Duration`s, bytes and `Option`s.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;

/// Lengths of time: `"15m"`, `"12h"`, `"30d"`, `"1h 30m"`; a day is 24 hours.
pub mod length {
    use super::*;

    /// Units from the longest, for writing a length as short as it can be said exactly.
    const UNITS: [(u128, &str); 5] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];

    /// Reads a length; negative ones and those without a unit are refused.
    pub fn parse(text: &str) -> Result<Duration, String> {
        let wrong = || format!("{text:?} is no length of time such as \"30s\", \"15m\", \"12h\" or \"30d\"");
        let span: jiff::Span = text.parse().map_err(|_| wrong())?;
        let signed = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).map_err(|_| wrong())?;
        Duration::try_from(signed).map_err(|_| wrong())
    }

    /// Writes a length in its largest exact unit; what is below a millisecond is dropped.
    pub fn format(length: Duration) -> String {
        let milliseconds = length.as_millis();
        if milliseconds == 0 {
            return "0s".to_owned();
        }
        UNITS
            .iter()
            .find(|(size, _)| milliseconds.is_multiple_of(*size))
            .map_or_else(|| "0s".to_owned(), |(size, unit)| format!("{}{unit}", milliseconds / size))
    }

    pub(crate) fn serialize<S: Serializer>(length: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format(*length))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        from.deserialize_str(Text { wanted: "a length of time such as \"15m\"", read: parse })
    }
}

/// Sizes in bytes: `"64KiB"`, `"10MiB"`, `"4GiB"`, or a plain number of bytes.
pub mod size {
    use super::*;

    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];

    /// Reads a size in bytes.
    pub fn parse(text: &str) -> Result<u64, String> {
        text.parse::<bytesize::ByteSize>()
            .map(|size| size.as_u64())
            .map_err(|_| format!("{text:?} is no size such as \"64KiB\", \"10MiB\" or \"4GiB\""))
    }

    /// Writes a size in its largest exact unit.
    pub fn format(size: u64) -> String {
        match UNITS.iter().find(|(unit, _)| size != 0 && size.is_multiple_of(*unit)) {
            Some((unit, word)) => format!("{}{word}", size / unit),
            None => format!("{size}B"),
        }
    }

    pub(crate) fn serialize<S: Serializer>(size: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format(*size))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        struct Size;
        impl Visitor<'_> for Size {
            type Value = u64;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a size such as \"64KiB\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
                parse(text).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, bytes: u64) -> Result<u64, E> {
                Ok(bytes)
            }
            fn visit_i64<E: de::Error>(self, bytes: i64) -> Result<u64, E> {
                u64::try_from(bytes).map_err(|_| E::invalid_value(de::Unexpected::Signed(bytes), &self))
            }
        }
        from.deserialize_any(Size)
    }
}

/// An address and port to listen on, such as `127.0.0.1:4000` or `[::1]:4000`.
pub(crate) mod address {
    use super::*;

    pub(crate) fn parse(text: &str) -> Result<SocketAddr, String> {
        text.parse().map_err(|_| {
            format!("{text:?} is no address with a port such as \"127.0.0.1:4000\", \"0.0.0.0:4000\" or \"[::]:4000\"")
        })
    }

    pub(crate) fn serialize<S: Serializer>(address: &SocketAddr, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(address)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SocketAddr, D::Error> {
        from.deserialize_str(Text { wanted: "an address with a port such as \"127.0.0.1:4000\"", read: parse })
    }
}

/// What may be left out: `""` in the file, `None` in the program.
pub(crate) mod optional {
    use super::*;

    pub(crate) trait Word: Sized {
        const WANTED: &'static str;
        fn read(text: &str) -> Result<Self, String>;
        fn write(&self) -> String;
    }

    impl Word for String {
        const WANTED: &'static str = "a text (\"\": none)";
        fn read(text: &str) -> Result<Self, String> {
            Ok(text.to_owned())
        }
        fn write(&self) -> String {
            self.clone()
        }
    }

    impl Word for PathBuf {
        const WANTED: &'static str = "a path (\"\": none)";
        fn read(text: &str) -> Result<Self, String> {
            Ok(PathBuf::from(text))
        }
        fn write(&self) -> String {
            self.to_string_lossy().into_owned()
        }
    }

    impl Word for SocketAddr {
        const WANTED: &'static str = "an address with a port (\"\": off)";
        fn read(text: &str) -> Result<Self, String> {
            address::parse(text)
        }
        fn write(&self) -> String {
            self.to_string()
        }
    }

    impl Word for Rate {
        const WANTED: &'static str = "a rate such as \"600/min\" (\"\": off)";
        fn read(text: &str) -> Result<Self, String> {
            Rate::parse(text)
        }
        fn write(&self) -> String {
            self.to_string()
        }
    }

    pub(crate) fn serialize<S: Serializer, T: Word>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&value.as_ref().map(T::write).unwrap_or_default())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Word>(from: D) -> Result<Option<T>, D::Error> {
        let read = |text: &str| if text.is_empty() { Ok(None) } else { T::read(text).map(Some) };
        from.deserialize_str(Text { wanted: T::WANTED, read })
    }
}

/// So many of something in a length of time: `"600/min"`. The units are `s`, `min`, `h` and `d`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// How many; at least 1.
    pub count: u32,
    /// In which length of time.
    pub per: Duration,
}

impl Rate {
    const UNITS: [(&'static str, u64); 4] = [("s", 1), ("min", 60), ("h", 3_600), ("d", 86_400)];

    /// Reads a rate such as `600/min`.
    pub fn parse(text: &str) -> Result<Rate, String> {
        let wrong = || format!("{text:?} is no rate such as \"10/s\", \"600/min\" or \"5000/h\"");
        let (count, unit) = text.split_once('/').ok_or_else(wrong)?;
        let count: u32 = count.trim().parse().map_err(|_| wrong())?;
        let (_, seconds) = Rate::UNITS.iter().find(|(word, _)| *word == unit.trim()).ok_or_else(wrong)?;
        if count == 0 {
            return Err(wrong());
        }
        Ok(Rate { count, per: Duration::from_secs(*seconds) })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = Rate::UNITS.iter().find(|(_, seconds)| *seconds == self.per.as_secs()).map_or("s", |(word, _)| word);
        write!(out, "{}/{unit}", self.count)
    }
}

/// A visitor for what is written as a text and read by a function.
pub(super) struct Text<F> {
    pub(super) wanted: &'static str,
    pub(super) read: F,
}

impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Text<F> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.wanted)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).map_err(E::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_and_written_back() {
        for (text, seconds, written) in [
            ("15m", 900, "15m"),
            ("12h", 43_200, "12h"),
            ("30d", 2_592_000, "30d"),
            ("90s", 90, "90s"),
            ("1h 30m", 5_400, "90m"),
            ("0s", 0, "0s"),
        ] {
            let length = length::parse(text).unwrap();
            assert_eq!(length, Duration::from_secs(seconds), "{text}");
            assert_eq!(length::format(length), written);
        }
        assert_eq!(length::format(Duration::from_millis(1_500)), "1500ms");
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in ["", "15", "15 bananas", "-5m", "1 month"] {
            assert!(length::parse(text).is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn sizes_are_read_and_written_back() {
        for (text, bytes, written) in [
            ("64KiB", 65_536, "64KiB"),
            ("10MiB", 10 << 20, "10MiB"),
            ("4GiB", 4 << 30, "4GiB"),
            ("1000", 1_000, "1000B"),
        ] {
            assert_eq!(size::parse(text).unwrap(), bytes);
            assert_eq!(size::format(bytes), written);
        }
        assert!(size::parse("many").is_err());
    }

    #[test]
    fn rates_are_read_and_written_back() {
        for text in ["600/min", "10/s", "5000/h", "1/d"] {
            assert_eq!(Rate::parse(text).unwrap().to_string(), text);
        }
        for text in ["600", "0/min", "600/year", "/min", "-1/s"] {
            assert!(Rate::parse(text).is_err(), "{text:?} was read");
        }
    }
}
