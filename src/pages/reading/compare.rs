//! `/fr/practices/compare` and `/fr/mechanisms/compare`: up to four records side by side. The address keeps the choice.

use std::sync::Arc;

use maud::{Markup, html};

use super::super::{
    answer::Answer,
    content::{Content, Section},
    parts::{entry, marks, terms, text::inline},
    visit::{Refusal, Visit},
};
use crate::{
    address::NotReady,
    catalog::{Filter, Published, Request},
    record::{Body, Kind, LocalizedText, Mechanism, Practice, RecordKey, vocabulary::Vocabulary},
    search::Question,
};

/// Most records side by side.
const MOST: usize = 4;
/// Records that are offered to be added.
const OFFERED: usize = 6;

/// What is compared.
struct Comparison<'v> {
    visit: &'v Visit,
    kind: Kind,
    records: Vec<&'v Arc<Published>>,
    /// Some of what the address names is not shown here, or was too much.
    is_less: bool,
    /// Rows that are the same for all are left out.
    only_differences: bool,
}

/// A row: its name and a cell for each record.
struct Row {
    name: String,
    cells: Vec<Markup>,
}

impl Row {
    fn is_same(&self) -> bool {
        self.cells.windows(2).all(|pair| pair[0].0 == pair[1].0)
    }
}

/// `/fr/practices/compare`.
pub(super) fn practices(visit: &Visit) -> Answer {
    page(visit, Kind::Practice)
}

/// `/fr/mechanisms/compare`.
pub(super) fn mechanisms(visit: &Visit) -> Answer {
    page(visit, Kind::Mechanism)
}

fn page(visit: &Visit, kind: Kind) -> Answer {
    let comparison = Comparison::of(visit, kind);
    let offered = comparison.offered()?;
    let parts = [("count", comparison.records.len().into())];
    let (section, title) = match kind {
        Kind::Mechanism => (Section::Mechanisms, visit.label("compare-mechanisms", &parts)),
        _ => (Section::Practices, visit.label("compare-practices", &parts)),
    };
    let main = html! {
        div.head { h1 #top tabindex="-1" { (title) } p { (visit.say("compare-lead")) } }
        @if comparison.is_less { p.note { (visit.say("compare-less")) } }
        (comparison.tools())
        @if !comparison.records.is_empty() { (comparison.table()) }
        @if comparison.records.len() < MOST { (comparison.add(&offered)) }
    };
    let list = format!("/{}", kind.plural());
    let words = visit.say(if kind == Kind::Mechanism { "mechanisms" } else { "practices" });
    Ok(Content::new(title, main).within(section).under(list, words).here(visit.say("compare")).hidden().into())
}

impl<'v> Comparison<'v> {
    fn of(visit: &'v Visit, kind: Kind) -> Self {
        let mut keys: Vec<RecordKey> = Vec::new();
        let asked = visit.asked_all("id");
        for key in asked.iter().filter_map(|id| RecordKey::parse(id)) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let shown = keys.iter().filter_map(|key| visit.snapshot.record(*key, visit.viewer()));
        let records: Vec<_> = shown.filter(|record| record.kind == kind).take(MOST).collect();
        let is_less = records.len() < asked.iter().filter(|id| !id.is_empty()).count();
        Self { visit, kind, records, is_less, only_differences: visit.asked("differ").as_deref() == Some("yes") }
    }

    /// The address of these records.
    fn href(&self, keys: &[RecordKey], only_differences: bool) -> String {
        let mut path = self.visit.path(&format!("/{}/compare", self.kind.plural()));
        for (place, key) in keys.iter().enumerate() {
            path.push_str(if place == 0 { "?id=" } else { "&id=" });
            path.push_str(&key.to_string());
        }
        if only_differences && !keys.is_empty() {
            path.push_str("&differ=yes");
        }
        path
    }

    fn keys(&self) -> Vec<RecordKey> {
        self.records.iter().map(|record| record.key).collect()
    }

    fn tools(&self) -> Markup {
        let visit = self.visit;
        html! {
            @if self.records.len() > 1 {
                div.tools.noborder {
                    p { (visit.say("compare-lighter")) }
                    a href=(self.href(&self.keys(), !self.only_differences)) {
                        (visit.say(if self.only_differences { "compare-all-rows" } else { "compare-differ" }))
                    }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let visit = self.visit;
        let rows = match self.kind {
            Kind::Mechanism => self.mechanism_rows(),
            _ => self.practice_rows(),
        };
        let is_one = self.records.len() < 2;
        html! {
            div.scroll role="region" aria-label=(visit.say("compare-scroll")) tabindex="0" {
                table.compare {
                    caption.vh { (visit.say("compare")) }
                    thead {
                        tr {
                            td {}
                            @for record in &self.records { th scope="col" { (self.head(record)) } }
                        }
                    }
                    tbody {
                        @for row in &rows {
                            @let is_same = !is_one && row.is_same();
                            @if !(is_same && self.only_differences) {
                                tr.same[is_same] {
                                    th scope="row" {
                                        (row.name)
                                        @if is_same { span.vh { " " (visit.say("compare-same")) } }
                                    }
                                    @for cell in &row.cells { td { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn head(&self, record: &Published) -> Markup {
        let left: Vec<RecordKey> = self.keys().into_iter().filter(|key| *key != record.key).collect();
        html! {
            span.who { (entry::who(self.visit, record)) }
            " " a href=(self.visit.path(&entry::path(record))) { (entry::title(self.visit, record)) } br;
            a.quiet.noprint href=(self.href(&left, self.only_differences)) {
                (self.visit.say("compare-remove"))
                span.vh { " " (entry::title(self.visit, record)) }
            }
        }
    }

    fn row(&self, name: String, cell: impl Fn(&Published) -> Markup) -> Row {
        let cell = |record: &&Arc<Published>| {
            let cell = cell(record);
            match cell.0.is_empty() {
                true => html! { span.quiet { (self.visit.say("not-stated")) } },
                false => cell,
            }
        };
        Row { name, cells: self.records.iter().map(cell).collect() }
    }

    fn text(&self, record: &Published, text: Option<&LocalizedText>) -> Markup {
        let chosen = text.map(|text| entry::chosen(self.visit, text, record));
        html! { @if let Some(chosen) = chosen { (inline(chosen.text, chosen.language)) } }
    }

    fn labels(&self, list: Vocabulary, codes: &[Box<str>]) -> Markup {
        html! {
            @if !codes.is_empty() {
                ul { @for code in codes { li { (super::super::parts::text::shown(&terms::label(self.visit, list, code))) } } }
            }
        }
    }

    fn practice_rows(&self) -> Vec<Row> {
        let visit = self.visit;
        let of = |cell: &dyn Fn(&Practice, &Published) -> Markup, record: &Published| match &record.record.body {
            Body::Practice(practice) => cell(practice, record),
            _ => html! {},
        };
        let mechanism = |cell: &dyn Fn(&Mechanism, &Published) -> Markup, record: &Published| {
            let mechanism = visit.snapshot.mechanism_of(record, visit.viewer());
            match mechanism.map(|mechanism| (&mechanism.record.body, mechanism)) {
                Some((Body::Mechanism(body), mechanism)) => cell(body, mechanism),
                _ => html! {},
            }
        };
        let goals = |practice: &Practice| {
            let goals: Vec<Box<str>> = practice.sdg_goals.iter().map(|goal| goal.to_string().into()).collect();
            self.labels(Vocabulary::SdgGoals, &goals)
        };
        vec![
            self.row(visit.say("field-summary"), |record| {
                of(&|practice, record| self.text(record, Some(&practice.summary)), record)
            }),
            self.row(visit.say("practice-capacities"), |record| {
                of(&|practice, _| marks::capacities(visit, &practice.capacities), record)
            }),
            self.row(visit.say("themes"), |record| {
                of(&|practice, _| self.labels(Vocabulary::Themes, &practice.themes), record)
            }),
            self.row(visit.say("list-name-mechanism-type"), |record| {
                mechanism(&|body, _| self.mechanism_type(body), record)
            }),
            self.row(visit.say("field-host"), |record| {
                mechanism(&|body, record| self.text(record, body.host_institution.as_ref()), record)
            }),
            self.row(visit.say("practice-un-mechanisms"), |record| {
                of(&|practice, _| self.labels(Vocabulary::UnMechanisms, &practice.un_mechanisms), record)
            }),
            self.row(visit.say("practice-goals"), |record| of(&|practice, _| goals(practice), record)),
            self.row(visit.say("practice-groups"), |record| {
                of(&|practice, _| self.labels(Vocabulary::AffectedGroups, &practice.affected_groups), record)
            }),
            self.row(visit.say("practice-years"), |record| {
                of(&|practice, _| html! { (entry::years(visit, practice.start_year, practice.end_year)) }, record)
            }),
            self.languages(),
            self.row(visit.say("compare-fresh"), |record| marks::fresh(visit, record)),
        ]
    }

    fn mechanism_rows(&self) -> Vec<Row> {
        let visit = self.visit;
        let of = |cell: &dyn Fn(&Mechanism, &Published) -> Markup, record: &Published| match &record.record.body {
            Body::Mechanism(mechanism) => cell(mechanism, record),
            _ => html! {},
        };
        let standing = |mechanism: &Mechanism| match mechanism.standing {
            Some(true) => html! { (visit.say("list-value-standing")) },
            Some(false) => html! { (visit.say("list-value-ad-hoc")) },
            None => html! {},
        };
        let year = |mechanism: &Mechanism| html! { @if let Some(year) = mechanism.established_year { (year) } };
        vec![
            self.row(visit.say("list-name-type"), |record| of(&|mechanism, _| self.mechanism_type(mechanism), record)),
            self.row(visit.say("list-name-standing"), |record| of(&|mechanism, _| standing(mechanism), record)),
            self.row(visit.say("field-established"), |record| of(&|mechanism, _| year(mechanism), record)),
            self.row(visit.say("field-host"), |record| {
                of(&|mechanism, record| self.text(record, mechanism.host_institution.as_ref()), record)
            }),
            self.row(visit.say("practice-capacities"), |record| {
                of(&|mechanism, _| marks::capacities(visit, &mechanism.capacities), record)
            }),
            self.row(visit.say("field-mandate"), |record| {
                of(&|mechanism, record| self.markdown(record, mechanism.mandate.as_ref()), record)
            }),
            self.row(visit.say("field-composition"), |record| {
                of(&|mechanism, record| self.markdown(record, mechanism.composition.as_ref()), record)
            }),
            self.row(visit.say("practices"), |record| self.practices_of(record)),
            self.languages(),
            self.row(visit.say("compare-fresh"), |record| marks::fresh(visit, record)),
        ]
    }

    fn mechanism_type(&self, mechanism: &Mechanism) -> Markup {
        html! {
            @if let Some(code) = &mechanism.mechanism_type {
                (super::super::parts::text::shown(&terms::label(self.visit, Vocabulary::MechanismTypes, code)))
            }
        }
    }

    fn markdown(&self, record: &Published, text: Option<&LocalizedText>) -> Markup {
        use super::super::parts::text::{direction, markdown};
        let chosen = text.map(|text| entry::chosen(self.visit, text, record));
        html! {
            @if let Some(chosen) = chosen {
                div lang=(chosen.language.as_str()) dir=(direction(chosen.language)) { (markdown(chosen.text)) }
            }
        }
    }

    /// How many practices it has published.
    fn practices_of(&self, record: &Published) -> Markup {
        let visit = self.visit;
        let within = visit.snapshot.practices_of_mechanism(record, visit.viewer());
        let filter = Filter::of(Kind::Practice);
        let request = Request { filter: &filter, viewer: visit.viewer(), within: Some(&within) };
        let count = visit.snapshot.select(&request).count();
        html! { (visit.tell("list-practices", &[("count", count.into())])) }
    }

    fn languages(&self) -> Row {
        self.row(self.visit.say("compare-languages"), |record| {
            let original = record.record.common.original_language.as_ref();
            html! { @if let Some(title) = record.title() { (marks::tongues(self.visit, title, original)) } }
        })
    }

    /// What could be added: what the words find, else what is like the first.
    fn offered(&self) -> Result<Vec<&'v Arc<Published>>, Refusal> {
        let visit = self.visit;
        let filter = Filter::of(self.kind);
        let words = visit.asked("q").unwrap_or_default();
        let reader = visit.hub.index().reader();
        let slots: Vec<u32> = if words.trim().is_empty() {
            let selection = visit.snapshot.select(&Request { filter: &filter, viewer: visit.viewer(), within: None });
            let first = self.records.first().zip(reader);
            first.map_or_else(Vec::new, |(first, reader)| {
                reader.related(&visit.snapshot, first, selection.slots(), OFFERED + MOST)
            })
        } else {
            let hits = reader
                .ok_or(NotReady)?
                .find(&visit.snapshot, Question { text: &words, language: None, kinds: &[self.kind] });
            let request = Request { filter: &filter, viewer: visit.viewer(), within: Some(hits.slots()) };
            let mut ranked = hits.ranks().of(visit.snapshot.select(&request).slots());
            ranked.sort_unstable_by_key(|(slot, rank)| (std::cmp::Reverse(*rank), *slot));
            ranked.into_iter().map(|(slot, _)| slot).collect()
        };
        let shown = slots.into_iter().filter_map(|slot| visit.snapshot.visible(slot, visit.viewer()));
        let others = shown.filter(|record| self.records.iter().all(|held| held.key != record.key));
        Ok(others.take(OFFERED).collect())
    }

    fn add(&self, offered: &[&Arc<Published>]) -> Markup {
        let visit = self.visit;
        let words = visit.asked("q").unwrap_or_default();
        html! {
            section.sec.noprint aria-labelledby="add" {
                h2 #add { (visit.say("compare-add")) }
                div {
                    form.find role="search" action=(visit.path(&format!("/{}/compare", self.kind.plural()))) {
                        @for key in self.keys() { input type="hidden" name="id" value=(key); }
                        label.vh for="words" { (visit.say("compare-search")) }
                        input #words name="q" type="search" maxlength="400" value=(words);
                        button.btn { (visit.say("search")) }
                    }
                    @if offered.is_empty() {
                        @if !words.is_empty() { p role="status" { (visit.tell("list-nothing-for", &[("words", (&words).into())])) } }
                    } @else {
                        ul {
                            @for record in offered {
                                @let keys: Vec<RecordKey> = self.keys().into_iter().chain([record.key]).collect();
                                li {
                                    a href=(self.href(&keys, self.only_differences)) {
                                        span.vh { (visit.say("compare-add-this")) " " }
                                        (entry::title(visit, record))
                                    }
                                    @if let Some(country) = record.country() {
                                        " " span.quiet { (terms::country(visit, country)) }
                                    }
                                }
                            }
                        }
                    }
                    p { a href=(visit.path(&format!("/{}", self.kind.plural()))) { (visit.say("compare-list")) } }
                }
            }
        }
    }
}
