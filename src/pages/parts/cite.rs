//! How to cite a record: in English form, with its version, its date and the time at which this copy was proved; and as files
//! for programs that keep references.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    super::visit::Visit,
    marks,
    speak::Speak,
    text::{attribute, shown},
};
use crate::{
    catalog::{InstanceRole, Published},
    record::{Kind, LanguageTag, country},
    texts::locale,
};

/// What a reference says.
pub(in crate::pages) struct Citation {
    key: String,
    author: String,
    title: String,
    language: String,
    /// `Promising practice`.
    what: &'static str,
    version: u32,
    signed: Date,
    /// The address to cite, at this hub.
    url: String,
    /// As of when the copy is proved, unix ms; none of own records.
    confirmed_at: Option<i64>,
}

impl Citation {
    /// Of a record, by its title in the language that it is read in.
    pub(in crate::pages) fn of(visit: &Visit, record: &Published) -> Self {
        let title = record.title().map(|title| Speak::of(visit, record).text(title));
        let signed_at = record.revision.signed_at.saturating_mul(1000);
        Self {
            key: record.key.to_string(),
            author: author(visit, record),
            title: title.map_or_else(|| record.sub.to_string(), |title| one_line(title.text)),
            language: title.map_or("und", |title| title.language.as_str()).to_owned(),
            what: match record.kind {
                Kind::Practice => "Promising practice",
                Kind::Mechanism => "National mechanism",
                Kind::Document => "Document",
                Kind::Event => "Event",
                Kind::Member => "Membership",
            },
            version: record.revision.number,
            signed: day(signed_at),
            url: address(visit, record),
            confirmed_at: marks::age(visit, record).1,
        }
    }

    /// The text; author and title by themselves, so that they turn nothing round behind them.
    fn html(&self) -> Markup {
        let confirmed = self.confirmed_at.map(|at| {
            let time = in_utc(at).strftime("%H:%M").to_string();
            format!(" (copy confirmed {}, {time} UTC)", locale::day("en", day(at)))
        });
        let version = format!("{}, version {}, {}.", self.what, self.version, locale::day("en", self.signed));
        let place = format!("NMIRF Hub, {}{}.", self.url, confirmed.unwrap_or_default());
        html! {
            bdi { (shown(&self.author)) } ": “" bdi lang=(self.language) { (shown(&self.title)) } "”. " (version) "\n" (place)
        }
    }

    /// BibTeX.
    pub(in crate::pages) fn bibtex(&self) -> String {
        format!(
            "@misc{{nmirf-{},\n  author = {{{{{}}}}},\n  title = {{{{{}}}}},\n  year = {{{}}},\n  month = {{{}}},\n  day = {{{}}},\n  \
             howpublished = {{NMIRF Hub}},\n  url = {{{}}},\n  language = {{{}}},\n  note = {{{}, version {}}}\n}}\n",
            self.key,
            in_tex(&self.author),
            in_tex(&self.title),
            self.signed.year(),
            self.signed.month(),
            self.signed.day(),
            self.url,
            self.language,
            self.what,
            self.version
        )
    }

    /// RIS.
    pub(in crate::pages) fn ris(&self) -> String {
        let (year, month, day) = (self.signed.year(), self.signed.month(), self.signed.day());
        let lines = [
            ("TY", "ELEC".to_owned()),
            ("AU", self.author.clone()),
            ("TI", self.title.clone()),
            ("PY", year.to_string()),
            ("DA", format!("{year:04}/{month:02}/{day:02}")),
            ("ET", self.version.to_string()),
            ("M3", self.what.to_owned()),
            ("PB", "NMIRF Hub".to_owned()),
            ("LA", self.language.clone()),
            ("UR", self.url.clone()),
            ("ER", String::new()),
        ];
        lines.into_iter().map(|(tag, value)| format!("{tag}  - {value}\r\n")).collect()
    }

    /// JSON as programs of the Citation Style Language read it.
    pub(in crate::pages) fn json(&self) -> Value {
        json!([{
            "id": format!("nmirf-{}", self.key),
            "type": "webpage",
            "author": [{"literal": self.author}],
            "title": self.title,
            "genre": self.what,
            "issued": {"date-parts": [[self.signed.year(), self.signed.month(), self.signed.day()]]},
            "version": self.version.to_string(),
            "container-title": "NMIRF Hub",
            "language": self.language,
            "URL": self.url,
        }])
    }
}

/// The section's content.
pub(in crate::pages) fn html(visit: &Visit, record: &Published) -> Markup {
    let citation = Citation::of(visit, record);
    let file = |ending: &str| {
        let path = visit.path(&format!("/records/{}/cite/{}.{ending}", record.key, record.kind.as_str()));
        match visit.asked("in").and_then(|tag| LanguageTag::parse(&tag)) {
            Some(language) => format!("{path}?in={}", language.as_str()),
            None => path,
        }
    };
    html! {
        pre.copy #citation lang="en" tabindex="0" aria-label=(visit.say("cite")) { (citation.html()) }
        p.row.noprint {
            button.btn.line type="button" hidden data-copy="citation" data-said="copied" data-done=(visit.say("cite-copied")) {
                (visit.say("cite-copy"))
            }
            span #copied role="status" {}
            a href=(file("bib")) { "BibTeX" }
            a href=(file("ris")) { "RIS" }
            a href=(file("json")) { "JSON" }
            span.quiet { (visit.say("cite-print")) }
        }
    }
}

/// The address to cite: the same at each hub but for the hub.
pub(in crate::pages) fn address(visit: &Visit, record: &Published) -> String {
    format!("{}/id/{}", visit.hub.entity_id(), record.key)
}

/// The origin's own page; none where the origin is this hub.
pub(in crate::pages) fn canonical(visit: &Visit, record: &Published) -> String {
    match *record.origin == *visit.hub.entity_id() {
        true => format!("{}{}", own_root(visit), visit.path(&super::entry::path(record))),
        false => format!("{}/id/{}", record.origin, record.key),
    }
}

/// Scheme and host: paths of pages begin with the path of the entityId.
fn own_root(visit: &Visit) -> &str {
    visit.hub.entity_id().strip_suffix(visit.base()).unwrap_or(visit.hub.entity_id())
}

/// In English, so that a reference is the same in each reader's language.
fn author(visit: &Visit, record: &Published) -> String {
    let instance = visit.snapshot.network().instance(&record.origin);
    let name = instance.map_or(&*record.origin, |instance| &instance.name);
    let code =
        instance.filter(|instance| instance.role == InstanceRole::National).and_then(|instance| instance.country);
    let country =
        code.and_then(country::get).map(|country| country.name.choose(Some(&LanguageTag::english()), &[], None).text);
    let author = one_line(country.unwrap_or(name));
    if record.record.common.compiled { format!("{author} (compiled from public sources)") } else { author }
}

/// Without line ends and without what cannot be seen: a line more would be a field more.
fn one_line(text: &str) -> String {
    attribute(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out
}

fn in_utc(at: i64) -> jiff::civil::DateTime {
    Timestamp::from_millisecond(at).unwrap_or_default().to_zoned_datetime(TimeZone::UTC).datetime()
}

fn day(at: i64) -> Date {
    in_utc(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(title: &str) -> Citation {
        Citation {
            key: "3kQ9vXb2TtW0AAAAAAAAAA".to_owned(),
            author: "Morocco".to_owned(),
            title: one_line(title),
            language: "en".to_owned(),
            what: "Promising practice",
            version: 2,
            signed: jiff::civil::date(2026, 11, 21),
            url: "https://hub.example/id/3kQ9vXb2TtW0AAAAAAAAAA".to_owned(),
            confirmed_at: Some(1_795_519_000_000),
        }
    }

    #[test]
    fn a_citation_says_version_date_and_when_the_copy_was_proved() {
        let said = citation("A plan").html().into_string();
        assert!(said.starts_with(
            "<bdi>Morocco</bdi>: “<bdi lang=\"en\">A plan</bdi>”. Promising practice, version 2, 21 November 2026.\nNMIRF Hub, https://"
        ));
        assert!(said.contains("(copy confirmed 24 November 2026, "));
    }

    #[test]
    fn a_title_cannot_become_a_command_or_a_field() {
        let hostile = citation("a}\\input{x} 100% & more\nER  - \u{202b}");
        assert!(hostile.bibtex().contains("{{a\\}\\textbackslash{}input\\{x\\} 100\\% \\& more ER -}}"));
        assert_eq!(hostile.ris().lines().filter(|line| line.starts_with("ER  -")).count(), 1);
        assert!(!hostile.html().into_string().contains('\u{202b}'));
    }
}
