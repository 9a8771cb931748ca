//! A table to be written: its columns, chosen before the first row, and its rows.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::cells::{self, Cell};
use super::columns::{Column, Shape, columns, texts};
use super::{AFTER, BEFORE, LANGUAGE, MOST_LANGUAGES, OTHER};
use crate::record::{Kind, LanguageTag, Record};

/// The languages that stand first, in the order of the United Nations.
const FIRST: [&str; 6] = ["ar", "zh", "en", "fr", "ru", "es"];

/// What a table says of a record beside its body.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// Its UUID at its origin.
    pub id: Uuid,
    /// Who may read it.
    pub audience: &'a str,
    /// EntityId of its origin.
    pub origin: &'a str,
    /// Number of its revision.
    pub revision: u32,
    /// When that was signed, RFC 3339.
    pub updated_at: String,
    /// Its page.
    pub address: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Planned {
    /// Of [`About`].
    About(&'static str),
    /// A member in one column.
    Member(Column),
    /// A text in one of its languages.
    Text(&'static str, LanguageTag),
    /// A text in the language of the reader.
    Chosen(&'static str),
    /// Which language that is.
    Language,
    /// What no other column says.
    Other,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub struct Plan {
    kind: Kind,
    columns: Vec<Planned>,
    /// The reader's language, then those to fall back to.
    wanted: Vec<LanguageTag>,
}

impl Plan {
    /// A table that can be read back: a column for each language in which a text of these records is.
    pub fn whole<'r>(kind: Kind, records: impl Iterator<Item = &'r Record> + Clone) -> Self {
        let mut planned: Vec<Planned> = BEFORE.into_iter().map(Planned::About).collect();
        let known = languages(kind, records.clone());
        for column in columns(kind) {
            if column.shape != Shape::Texts {
                planned.push(Planned::Member(*column));
            }
            if matches!(column.shape, Shape::Texts | Shape::TextOrTexts) {
                let is_used = |tag: &&LanguageTag| {
                    records.clone().any(|record| texts(record, column.name).is_some_and(|text| text.get(tag).is_some()))
                };
                planned.extend(known.iter().filter(is_used).map(|tag| Planned::Text(column.name, tag.clone())));
            }
        }
        planned.extend(AFTER.into_iter().map(Planned::About));
        planned.push(Planned::Other);
        Self { kind, columns: planned, wanted: Vec::new() }
    }

    /// A table for reading: each text once, in this language where it exists, else as for any reader. `others`: the
    /// languages to fall back to, most wanted first.
    pub fn in_language(kind: Kind, language: LanguageTag, others: &[LanguageTag]) -> Self {
        let mut planned: Vec<Planned> = BEFORE.into_iter().map(Planned::About).collect();
        planned.push(Planned::Language);
        for column in columns(kind) {
            planned.push(match column.shape {
                Shape::Texts | Shape::TextOrTexts => Planned::Chosen(column.name),
                _ => Planned::Member(*column),
            });
        }
        planned.extend(AFTER.into_iter().map(Planned::About));
        let wanted = std::iter::once(language).chain(others.iter().cloned()).collect();
        Self { kind, columns: planned, wanted }
    }

    /// An empty table to be filled in: the columns that people fill, texts in these languages.
    pub fn template(kind: Kind, languages: &[LanguageTag]) -> Self {
        let mut planned = vec![Planned::About("id"), Planned::About("audience")];
        for column in columns(kind) {
            match column.shape {
                Shape::Texts => {
                    planned.extend(languages.iter().map(|tag| Planned::Text(column.name, tag.clone())));
                }
                _ if matches!(column.name, "compiled" | "replaces") => {}
                _ => planned.push(Planned::Member(*column)),
            }
        }
        Self { kind, columns: planned, wanted: Vec::new() }
    }

    /// Kind of the records.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The names of the columns.
    pub fn names(&self) -> Vec<String> {
        let name = |planned: &Planned| match planned {
            Planned::About(name) | Planned::Chosen(name) => (*name).to_owned(),
            Planned::Member(column) => column.name.to_owned(),
            Planned::Text(name, tag) => format!("{name}_{tag}"),
            Planned::Language => LANGUAGE.to_owned(),
            Planned::Other => OTHER.to_owned(),
        };
        self.columns.iter().map(name).collect()
    }

    /// The cells of a record. `body` is the one that was signed, `record` the same decoded.
    pub fn row<'v>(&self, about: &'v About<'_>, record: &'v Record, body: &'v Map<String, Value>) -> Vec<Cell<'v>> {
        let mut rest: Rest<'v> = Rest::of(body);
        let mut cells: Vec<Cell<'v>> = Vec::with_capacity(self.columns.len());
        for planned in &self.columns {
            cells.push(match planned {
                Planned::About(name) => about_cell(about, name),
                Planned::Member(column) => rest.member(*column),
                Planned::Text(name, tag) => rest.text(name, tag),
                Planned::Chosen(name) => self.chosen(record, body, name),
                Planned::Language => {
                    let title = record.title().map(|title| title.choose(None, &self.wanted, original(record)));
                    Cell::text(title.map_or("", |title| title.language.as_str()))
                }
                Planned::Other => rest.other(),
            });
        }
        cells
    }

    fn chosen<'v>(&self, record: &'v Record, body: &'v Map<String, Value>, name: &str) -> Cell<'v> {
        match texts(record, name) {
            Some(text) => Cell::text(text.choose(None, &self.wanted, original(record)).text),
            None => Cell::text(body.get(name).and_then(Value::as_str).unwrap_or_default()),
        }
    }
}

fn original(record: &Record) -> Option<&LanguageTag> {
    record.common.original_language.as_ref()
}

fn about_cell<'v>(about: &'v About<'_>, name: &str) -> Cell<'v> {
    match name {
        "id" => Cell::text(about.id.to_string()),
        "audience" => Cell::text(about.audience),
        "origin" => Cell::text(about.origin),
        "revision" => Cell::Number(about.revision.into()),
        "updatedAt" => Cell::text(&*about.updated_at),
        "address" => Cell::text(&*about.address),
        _ => Cell::Empty,
    }
}

/// What of a body is not said yet. A null is the same as absent.
struct Rest<'v>(Vec<(&'v str, Left<'v>)>);

enum Left<'v> {
    Whole(&'v Value),
    Texts(Vec<(&'v str, &'v Value)>),
}

impl<'v> Rest<'v> {
    fn of(body: &'v Map<String, Value>) -> Self {
        Self(
            body.iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (&**name, Left::Whole(value)))
                .collect(),
        )
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(held, _)| *held == name)
    }

    fn member(&mut self, column: Column) -> Cell<'v> {
        let Some(place) = self.place(column.name) else { return Cell::Empty };
        let Left::Whole(value) = self.0[place].1 else { return Cell::Empty };
        match cells::write(column.shape, value) {
            Some(cell) => {
                self.0.remove(place);
                cell
            }
            None => Cell::Empty,
        }
    }

    fn text(&mut self, name: &str, tag: &LanguageTag) -> Cell<'v> {
        let Some(place) = self.place(name) else { return Cell::Empty };
        if let Left::Whole(value) = self.0[place].1
            && let Some(texts) = value.as_object()
        {
            self.0[place].1 = Left::Texts(texts.iter().map(|(tag, text)| (&**tag, text)).collect());
        }
        let Left::Texts(texts) = &mut self.0[place].1 else { return Cell::Empty };
        // Tags are compared without case but written as they are: another writing would come back changed.
        let Some(at) = texts.iter().position(|(held, text)| *held == tag.as_str() && text.is_string()) else {
            return Cell::Empty;
        };
        let (_, text) = texts.remove(at);
        if texts.is_empty() {
            self.0.remove(place);
        }
        Cell::text(text.as_str().unwrap_or_default())
    }

    fn other(&mut self) -> Cell<'v> {
        let mut other = Map::new();
        for (name, left) in self.0.drain(..) {
            let value = match left {
                Left::Whole(value) => value.clone(),
                Left::Texts(texts) => texts.into_iter().map(|(tag, text)| (tag.to_owned(), text.clone())).collect(),
            };
            other.insert(name.to_owned(), value);
        }
        if other.is_empty() { Cell::Empty } else { Cell::text(Value::Object(other).to_string()) }
    }
}

/// The languages of a table, those of the United Nations first; of more than [`MOST_LANGUAGES`] those that most records have.
fn languages<'r>(kind: Kind, records: impl Iterator<Item = &'r Record>) -> Vec<LanguageTag> {
    let mut counts: HashMap<LanguageTag, usize> = HashMap::new();
    for record in records {
        for column in columns(kind) {
            for tag in texts(record, column.name).into_iter().flat_map(|text| text.languages()) {
                *counts.entry(tag.clone()).or_default() += 1;
            }
        }
    }
    let mut found: Vec<(LanguageTag, usize)> = counts.into_iter().collect();
    found.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    found.truncate(MOST_LANGUAGES);
    let place = |tag: &LanguageTag| FIRST.iter().position(|first| tag.as_str() == *first).unwrap_or(FIRST.len());
    found.sort_by(|one, other| place(&one.0).cmp(&place(&other.0)).then_with(|| one.0.cmp(&other.0)));
    found.into_iter().map(|(tag, _)| tag).collect()
}
