//! The marks (pages of the design, Marks): the age of a copy, the four capacities, the languages of a text. Drawn once at
//! the start of the page and used by name; always with words beside them.

use maud::{Markup, html};

use super::{
    super::{say::raw, visit::Visit},
    terms,
};
use crate::{
    catalog::{Journal, Published, SyncState},
    record::{LanguageTag, LocalizedText, vocabulary::Vocabulary},
};

/// The drawings.
pub(in crate::pages) fn symbols() -> Markup {
    raw(concat!(
        "<svg class=\"vh\" aria-hidden=\"true\"><defs>",
        "<rect id=\"fr\" x=\".75\" y=\".75\" width=\"6.5\" height=\"14.5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/></defs>",
        "<symbol id=\"l3\" viewBox=\"0 0 8 16\"><path fill=\"currentColor\" d=\"M0 0h8v16H0z\"/></symbol>",
        "<symbol id=\"l2\" viewBox=\"0 0 8 16\"><use href=\"#fr\"/><path fill=\"currentColor\" d=\"M0 5.5h8V16H0z\"/></symbol>",
        "<symbol id=\"l1\" viewBox=\"0 0 8 16\"><use href=\"#fr\"/><path fill=\"currentColor\" d=\"M0 11h8v5H0z\"/></symbol>",
        "<symbol id=\"l0\" viewBox=\"0 0 8 16\"><use href=\"#fr\" stroke-dasharray=\"2 2\"/></symbol>",
        "<symbol id=\"lx\" viewBox=\"0 0 8 16\"><use href=\"#fr\"/><path stroke=\"currentColor\" stroke-width=\"1.5\" d=\"M1 15 7 1\"/></symbol>",
        "<symbol id=\"lo\" viewBox=\"0 0 8 16\"><path fill=\"currentColor\" fill-rule=\"evenodd\" d=\"M0 0h8v16H0zm2.2 2.2v3.6h3.6V2.2z\"/></symbol>",
        "<symbol id=\"cap\" viewBox=\"0 0 16 16\"><path fill=\"none\" stroke=\"currentColor\" d=\"M.5.5h6v6h-6zm9 0h6v6h-6zm-9 9h6v6h-6zm9 0h6v6h-6z\"/></symbol>",
        "<symbol id=\"c0\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" d=\"M0 0h7v7H0z\"/></symbol>",
        "<symbol id=\"c1\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" d=\"M9 0h7v7H9z\"/></symbol>",
        "<symbol id=\"c2\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" d=\"M0 9h7v7H0z\"/></symbol>",
        "<symbol id=\"c3\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" d=\"M9 9h7v7H9z\"/></symbol></svg>",
    ))
}

/// How old a copy is, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pages) enum Level {
    /// This hub's own record.
    Own,
    /// Confirmed within the hour.
    Hour,
    /// Within a day: the checkpoint still holds.
    Day,
    /// Within seven days.
    Week,
    /// Older, or never.
    Older,
    /// What its hub offered last does not prove itself.
    Unproved,
    /// Two signed statements disagree.
    Conflict,
    /// A stolen key signed it last: nothing of it is shown.
    Stolen,
}

const HOUR: i64 = 3_600_000;

impl Level {
    /// Of a copy that was confirmed at this time, unix ms.
    pub(in crate::pages) fn of_age(now: i64, confirmed_at: Option<i64>) -> Self {
        match confirmed_at.map(|at| now - at) {
            Some(age) if age <= HOUR => Self::Hour,
            Some(age) if age <= 24 * HOUR => Self::Day,
            Some(age) if age <= 7 * 24 * HOUR => Self::Week,
            _ => Self::Older,
        }
    }

    /// Of a journal of another hub.
    pub(in crate::pages) fn of(journal: &Journal, now: i64) -> Self {
        match journal.state {
            _ if journal.compromised => Self::Stolen,
            SyncState::Conflict => Self::Conflict,
            SyncState::Diverged => Self::Unproved,
            // The checkpoint holds no more, however lately the hub was reached.
            _ if journal.stale => Self::of_age(now, journal.confirmed_at).max(Self::Week),
            _ => Self::of_age(now, journal.confirmed_at),
        }
    }

    /// Name of the drawing.
    pub(in crate::pages) fn symbol(self) -> &'static str {
        match self {
            Self::Own => "lo",
            Self::Hour => "l3",
            Self::Day => "l2",
            Self::Week => "l1",
            Self::Older => "l0",
            Self::Unproved | Self::Conflict | Self::Stolen => "lx",
        }
    }

    /// The bar alone; words stand beside it.
    pub(in crate::pages) fn bar(self) -> Markup {
        let symbol = self.symbol();
        html! { svg class={ "lvl " (symbol) } aria-hidden="true" { use href={ "#" (symbol) } {} } }
    }
}

/// What is wrong with the copies of a hub whose bar is struck, in a sentence.
pub(in crate::pages) fn struck(visit: &Visit, level: Level, who: &str) -> Option<Markup> {
    let who = [("who", who.into())];
    match level {
        Level::Unproved => Some(visit.tell("strip-unproved", &who)),
        Level::Conflict => Some(visit.tell("strip-conflict", &who)),
        Level::Stolen => Some(visit.tell("strip-stolen", &who)),
        _ => None,
    }
}

/// Level of a record, and as of when its copy is proved equal to its origin, unix ms; none of this hub's own.
pub(in crate::pages) fn age(visit: &Visit, record: &Published) -> (Level, Option<i64>) {
    let network = visit.snapshot.network();
    if network.own().is_some_and(|own| *own.entity_id == *record.origin) {
        return (Level::Own, None);
    }
    let journal = network.journals.get(&record.revision.journal);
    // What is shown was proved when it came.
    let confirmed = journal.and_then(|journal| journal.confirmed_at).unwrap_or(record.revision.received_at);
    let level = journal.map_or(Level::of_age(visit.now, Some(confirmed)), |journal| Level::of(journal, visit.now));
    (level, Some(confirmed))
}

/// The small mark of every record: how fresh this copy is.
pub(in crate::pages) fn fresh(visit: &Visit, record: &Published) -> Markup {
    let (level, confirmed) = age(visit, record);
    html! {
        span.fresh {
            (level.bar())
            @match (level, confirmed) {
                (Level::Conflict, _) => (visit.say("fresh-conflict")),
                (Level::Unproved, _) => (visit.say("fresh-unproved")),
                (_, Some(at)) => span { span.vh { (visit.say("fresh-confirmed")) " " } (visit.ago_html(at)) },
                _ if record.record.common.compiled => (visit.say("fresh-compiled")),
                _ => (visit.say("fresh-own")),
            }
        }
    }
}

/// Order of the four cells.
const CAPACITIES: [&str; 4] = ["engagement", "coordination", "consultation", "information-management"];

/// The four cells, and the names of those that are filled.
pub(in crate::pages) fn capacities(visit: &Visit, codes: &[Box<str>]) -> Markup {
    let names: Vec<String> = codes.iter().map(|code| terms::label(visit, Vocabulary::Capacities, code)).collect();
    html! {
        @if !codes.is_empty() {
            span.caps {
                svg.cap viewBox="0 0 16 16" aria-hidden="true" {
                    use href="#cap" {}
                    @for (place, capacity) in CAPACITIES.iter().enumerate() {
                        @if codes.iter().any(|code| **code == **capacity) { use href={ "#c" (place) } {} }
                    }
                }
                span { (visit.list(&names)) }
            }
        }
    }
}

/// The sign of a language that its readers know; the capitals of its tag where we have none.
fn sign(language: &LanguageTag) -> String {
    match language.primary() {
        "ar" => "ع".to_owned(),
        "zh" => "中".to_owned(),
        "ru" => "РУ".to_owned(),
        other => other.to_uppercase(),
    }
}

/// The languages of a text, the original boxed, with a sentence for who does not see them.
pub(in crate::pages) fn tongues(visit: &Visit, text: &LocalizedText, original: Option<&LanguageTag>) -> Markup {
    let original = original.filter(|original| text.get(original).is_some());
    let others: Vec<&LanguageTag> = text.languages().filter(|language| Some(*language) != original).collect();
    let names: Vec<String> = others.iter().map(|language| terms::language(visit, language)).collect();
    let first = original.map(|original| terms::language(visit, original));
    let sentence = match (&first, names.is_empty()) {
        (Some(first), true) => visit.label("tongues-only", &[("language", first.into())]),
        (Some(first), false) => {
            visit.label("tongues-also", &[("language", first.into()), ("others", (&visit.list(&names)).into())])
        }
        (None, _) => visit.label("tongues-in", &[("languages", (&visit.list(&names)).into())]),
    };
    html! {
        span.tongues {
            span.vh { (sentence) }
            @if let Some(original) = original { b aria-hidden="true" { (sign(original)) } }
            @for language in others { span aria-hidden="true" { (sign(language)) } }
        }
    }
}
