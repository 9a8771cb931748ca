//! What a page says in the reader's language: messages of `texts/`, with numbers as the language writes them, and with
//! texts of records and links set into sentences.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use maud::{Markup, PreEscaped, html};

use super::{
    parts::text::{attribute, shown},
    visit::Visit,
};
use crate::{
    record::PartialDate,
    texts::{self, Arguments, FluentValue, locale},
};

/// What is set into a sentence.
pub(super) enum Part<'a> {
    /// A number: it chooses the plural and is written as the language writes it.
    Number(i64),
    /// A text from anywhere, isolated from the direction of the sentence.
    Text(&'a str),
    /// Markup: a link, a time.
    Html(Markup),
}

impl From<usize> for Part<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u64> for Part<'_> {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Part<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Part<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Part<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<Markup> for Part<'_> {
    fn from(html: Markup) -> Self {
        Self::Html(html)
    }
}

/// Where a part that is no number goes while the sentence is made: no text of ours has these characters.
const OPEN: char = '\u{f8f0}';
const CLOSE: char = '\u{f8f1}';

impl Visit {
    /// A message without parts; maud escapes it.
    pub(super) fn say(&self, id: &str) -> String {
        texts::say(self.language, id, None)
    }

    /// A message with parts, for the text of a page.
    pub(super) fn tell(&self, id: &str, parts: &[(&'static str, Part<'_>)]) -> Markup {
        let mut arguments = Arguments::new();
        for (place, (name, part)) in parts.iter().enumerate() {
            match part {
                Part::Number(number) => arguments.set(*name, FluentValue::from(*number)),
                Part::Text(_) | Part::Html(_) => arguments.set(*name, format!("{OPEN}{place}{CLOSE}")),
            }
        }
        let said = texts::say(self.language, id, Some(&arguments));
        let mut pieces = said.split(OPEN);
        html! {
            (pieces.next().unwrap_or_default().trim_end_matches('\u{2068}'))
            @for piece in pieces {
                @let (place, rest) = piece.split_once(CLOSE).unwrap_or((piece, ""));
                @match place.parse::<usize>().ok().and_then(|place| parts.get(place)) {
                    Some((_, Part::Html(html))) => (html),
                    Some((_, Part::Text(text))) => bdi { (shown(text)) },
                    _ => {}
                }
                (rest.trim_start_matches('\u{2069}').trim_end_matches('\u{2068}'))
            }
        }
    }

    /// A message with parts as plain text, for titles and attributes. Markup has no place in it and is left out.
    pub(super) fn label(&self, id: &str, parts: &[(&'static str, Part<'_>)]) -> String {
        let mut arguments = Arguments::new();
        for (name, part) in parts {
            match part {
                Part::Number(number) => arguments.set(*name, FluentValue::from(*number)),
                Part::Text(text) => arguments.set(*name, attribute(text).into_owned()),
                Part::Html(_) => {}
            }
        }
        texts::say(self.language, id, Some(&arguments))
    }

    /// `20,193`.
    pub(super) fn number(&self, number: u64) -> String {
        locale::number(self.language, i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// `a, b and c`.
    pub(super) fn list(&self, items: &[String]) -> String {
        locale::list(self.language, items)
    }

    /// `21 November 2026`.
    pub(super) fn day(&self, date: Date) -> String {
        locale::day(self.language, date)
    }

    /// A day of a record, as exact as it says.
    pub(super) fn partial_day(&self, date: PartialDate) -> String {
        match (date.month, date.day) {
            (Some(_), Some(_)) => locale::day(self.language, date.first_day()),
            (Some(_), None) => locale::month(self.language, date.first_day()),
            _ => date.year.to_string(),
        }
    }

    /// `21 November 2026, 11:16 UTC`, of unix ms.
    pub(super) fn moment(&self, at: i64) -> String {
        let at = in_utc(at);
        let time = at.strftime("%H:%M").to_string();
        self.label("moment", &[("day", (&self.day(at.date())).into()), ("time", (&time).into())])
    }

    /// How long ago, in words: minutes, hours, `yesterday, 09:12`, then the day. Of unix ms.
    pub(super) fn ago(&self, at: i64) -> String {
        let (seconds, then) = ((self.now - at).max(0) / 1000, in_utc(at));
        let days = (self.today().duration_since(then.date()).as_hours()) / 24;
        match seconds {
            0..60 => self.say("ago-now"),
            60..3600 => self.label("ago-minutes", &[("count", (seconds / 60).into())]),
            3600..86_400 if days == 0 || seconds < 43_200 => {
                self.label("ago-hours", &[("count", (seconds / 3600).into())])
            }
            _ if days == 1 => self.label("ago-yesterday", &[("time", (&then.strftime("%H:%M").to_string()).into())]),
            _ => self.label("ago-day", &[("day", (&self.day(then.date())).into())]),
        }
    }

    /// The same as markup: with the moment for programs, and on paper.
    pub(super) fn ago_html(&self, at: i64) -> Markup {
        html! {
            time datetime=(stamp(at)) { (self.ago(at)) }
            span.onprint { " (" (self.moment(at)) ")" }
        }
    }

    /// A day as markup.
    pub(super) fn day_html(&self, date: Date) -> Markup {
        html! { time datetime=(date) { (self.day(date)) } }
    }

    /// The day of unix seconds.
    pub(super) fn day_of(&self, seconds: i64) -> Markup {
        self.day_html(in_utc(seconds.saturating_mul(1000)).date())
    }
}

/// RFC 3339 to the second, of unix ms.
pub(super) fn stamp(at: i64) -> String {
    in_utc(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn in_utc(at: i64) -> DateTime {
    Timestamp::from_millisecond(at).unwrap_or_default().to_zoned_datetime(TimeZone::UTC).datetime()
}

/// A line of markup that stands for a text of ours with nothing to escape.
pub(super) fn raw(html: &str) -> Markup {
    PreEscaped(html.to_owned())
}
