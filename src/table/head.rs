//! The head of a table that comes in: which column is which, and the rows under it.

use serde_json::{Map, Value};

use super::cells::{self, Cell};
use super::columns::{Column, Shape, columns};
use super::{AFTER, BEFORE, FOR_IMPORT, LANGUAGE, OTHER};
use crate::record::{Kind, LanguageTag, MAX_DEPTH, json, nearest};

/// Longest text of a cell, in bytes: 200 items of 1,000 characters with their addresses.
const LONGEST_CELL: usize = 1 << 20;

/// Why a table cannot be read at all: one sentence, with the column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column {place}, {name:?}: {reason}")]
pub struct HeadFault {
    /// The letters of the column, as spreadsheets name it.
    pub place: String,
    /// What stands in its head.
    pub name: String,
    /// What is wrong.
    pub reason: String,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct CellFault {
    /// The head of its column.
    pub column: String,
    /// What is wrong, in one sentence that names the member.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Known {
    /// A member of the row beside the body.
    Plain(&'static str),
    Member(Column),
    Text(&'static str, LanguageTag),
    /// A text whose language the row says.
    TextAlone(&'static str),
    Other,
    /// Said for people; nothing is taken from it.
    Ignored,
}

/// The columns of a table that comes in.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    columns: Vec<(String, Known)>,
}

impl Head {
    /// Reads the first row.
    ///
    /// # Errors
    /// Every column that is not known, or stands there twice.
    pub fn read(kind: Kind, names: &[String]) -> Result<Self, Vec<HeadFault>> {
        let (mut read, mut faults) = (Self { columns: Vec::with_capacity(names.len()) }, Vec::new());
        for (place, name) in names.iter().enumerate() {
            let name = name.trim();
            match known(kind, name) {
                Ok(found) if found != Known::Ignored && read.columns.iter().any(|(_, other)| *other == found) => {
                    faults.push(fault(place, name, "stands there twice".to_owned()));
                }
                Ok(found) => read.columns.push((name.to_owned(), found)),
                Err(reason) => faults.push(fault(place, name, reason)),
            }
        }
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }

    /// The members of a row. Empty cells say nothing; cells beyond the head must be empty.
    ///
    /// # Errors
    /// The first cell that cannot be read.
    pub fn row(&self, cells: &[Cell<'_>]) -> Result<Map<String, Value>, CellFault> {
        let mut row = Map::new();
        let mut alone: Vec<(usize, &'static str)> = Vec::new();
        for (place, cell) in cells.iter().enumerate() {
            if *cell == Cell::Empty {
                continue;
            }
            let Some((name, known)) = self.columns.get(place) else {
                let reason = "stands beyond the last column of the head: is a comma not in quotation marks?".to_owned();
                return Err(CellFault { column: letters(place), reason: format!("this cell {reason}") });
            };
            let refuse = |reason: String| CellFault { column: name.clone(), reason: format!("{name}: {reason}") };
            if cell.as_text().len() > LONGEST_CELL {
                return Err(refuse("is longer than a megabyte".to_owned()));
            }
            match known {
                Known::TextAlone(_) if cell.as_text().trim().is_empty() => {}
                Known::TextAlone(member) => alone.push((place, *member)),
                _ => take(&mut row, known, cell).map_err(refuse)?,
            }
        }
        for (place, member) in alone {
            let (name, _) = &self.columns[place];
            text_alone(&mut row, member, &cells[place])
                .map_err(|reason| CellFault { column: name.clone(), reason: format!("{name}: {reason}") })?;
        }
        original_first(&mut row);
        Ok(row)
    }

    /// What stands over a column, from 0.
    pub fn name(&self, place: usize) -> Option<&str> {
        self.columns.get(place).map(|(name, _)| name.as_str())
    }

    /// The column that a fault of a body speaks of: `title.fr`, `sources[2].url`.
    pub fn column_of(&self, fault: &str) -> Option<&str> {
        let at = fault.split(": ").next().filter(|at| !at.contains(' '))?;
        let member = at.split(['.', '[']).next()?;
        let tag = at.strip_prefix(member).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
        let fits = |known: &Known, exactly: bool| match known {
            Known::Plain(name) | Known::TextAlone(name) => *name == member,
            Known::Member(column) => column.name == member,
            Known::Text(name, held) => *name == member && (!exactly || held.as_str().eq_ignore_ascii_case(tag)),
            Known::Other | Known::Ignored => false,
        };
        let find = |exactly: bool| self.columns.iter().find(|(_, known)| fits(known, exactly));
        find(true).or_else(|| find(false)).map(|(name, _)| name.as_str())
    }
}

fn fault(place: usize, name: &str, reason: String) -> HeadFault {
    HeadFault { place: letters(place), name: name.chars().take(60).collect(), reason }
}

/// The letters of a column, from 0: A … Z, AA …
pub(super) fn letters(place: usize) -> String {
    let (mut letters, mut left) = (Vec::new(), place + 1);
    while left > 0 {
        left -= 1;
        letters.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

fn known(kind: Kind, name: &str) -> Result<Known, String> {
    let same = |other: &&str| other.eq_ignore_ascii_case(name);
    if name.is_empty() {
        return Ok(Known::Ignored);
    }
    let plain = BEFORE.iter().chain(&FOR_IMPORT).chain(&AFTER[..2]);
    if let Some(plain) = plain.copied().find(&same) {
        return Ok(Known::Plain(plain));
    }
    if AFTER[2..].iter().any(&same) {
        return Ok(Known::Ignored);
    }
    if same(&OTHER) {
        return Ok(Known::Other);
    }
    if let Some(column) = columns(kind).iter().find(|column| same(&column.name)) {
        return Ok(match column.shape {
            Shape::Texts => Known::TextAlone(column.name),
            _ => Known::Member(*column),
        });
    }
    if same(&LANGUAGE) {
        return Err(
            "this table was written in one language, for reading: an export without `in` can be imported".to_owned()
        );
    }
    by_language(kind, name).unwrap_or_else(|| Err(unknown(kind, name)))
}

/// `title_fr` or `title[fr]`.
fn by_language(kind: Kind, name: &str) -> Option<Result<Known, String>> {
    let bracketed = name.strip_suffix(']').and_then(|rest| rest.split_once('['));
    let (member, tag) = bracketed.or_else(|| name.split_once('_'))?;
    let is_text = |column: &&Column| matches!(column.shape, Shape::Texts | Shape::TextOrTexts);
    let column = columns(kind).iter().filter(is_text).find(|column| column.name.eq_ignore_ascii_case(member.trim()))?;
    Some(match LanguageTag::parse(&tag.trim().replace('_', "-")) {
        Some(tag) => Ok(Known::Text(column.name, tag)),
        None => Err(format!("{tag:?} is no language tag, such as fr or zh-Hant")),
    })
}

fn unknown(kind: Kind, name: &str) -> String {
    let mut words: Vec<String> = BEFORE.iter().chain(&FOR_IMPORT).map(|word| (*word).to_owned()).collect();
    for column in columns(kind) {
        match column.shape {
            Shape::Texts => words.push(format!("{}_en", column.name)),
            _ => words.push(column.name.to_owned()),
        }
    }
    let near = nearest(name, words.iter().map(String::as_str)).unwrap_or_default();
    format!("no table of {} has this column. The nearest is {near:?}", kind.plural())
}

fn take(row: &mut Map<String, Value>, known: &Known, cell: &Cell<'_>) -> Result<(), String> {
    match known {
        Known::Plain(name) => take_plain(row, name, cell),
        Known::Member(column) => {
            let value = cells::read(column.shape, cell)?;
            row.extend(value.map(|value| (column.name.to_owned(), value)));
            Ok(())
        }
        Known::Text(name, tag) => take_text(row, name, tag.as_str(), cell),
        Known::Other => take_other(row, &cell.as_text()),
        Known::TextAlone(_) | Known::Ignored => Ok(()),
    }
}

fn take_plain(row: &mut Map<String, Value>, name: &str, cell: &Cell<'_>) -> Result<(), String> {
    let shape = match name {
        "withdraw" => Shape::Truth,
        "revision" => Shape::Number,
        _ => Shape::Text,
    };
    row.extend(cells::read(shape, cell)?.map(|value| (name.to_owned(), value)));
    Ok(())
}

fn take_text(row: &mut Map<String, Value>, name: &str, tag: &str, cell: &Cell<'_>) -> Result<(), String> {
    let Some(text) = cells::read(Shape::Texts, cell)? else { return Ok(()) };
    match row.entry(name).or_insert_with(|| Value::Object(Map::new())) {
        Value::Object(texts) => drop(texts.insert(tag.to_owned(), text)),
        _ => return Err(format!("{name} stands there twice: without a language and with one")),
    }
    Ok(())
}

/// A text without a language in its head is in the language that the row was written in.
fn text_alone(row: &mut Map<String, Value>, name: &str, cell: &Cell<'_>) -> Result<(), String> {
    let tag = row.get("originalLanguage").and_then(Value::as_str).map(str::to_owned);
    let tag = tag.ok_or_else(|| {
        format!("in which language is it? Name the column {name}_en, or say the language in a column originalLanguage")
    })?;
    if row.get(name).is_some_and(|texts| texts.get(&tag).is_some()) {
        return Err(format!("there is a column {name}_{tag} besides"));
    }
    take_text(row, name, &tag, cell)
}

/// Members as JSON: what other columns say goes before it, but a text takes further languages from it.
fn take_other(row: &mut Map<String, Value>, text: &str) -> Result<(), String> {
    let Ok(Value::Object(members)) = json::parse(text.trim().as_bytes(), MAX_DEPTH) else {
        return Err("is no JSON object".to_owned());
    };
    for (name, value) in members {
        match (row.get_mut(&name), value) {
            (None, value) => drop(row.insert(name, value)),
            (Some(Value::Object(texts)), Value::Object(more)) => {
                for (tag, text) in more {
                    texts.entry(tag).or_insert(text);
                }
            }
            (Some(_), _) => return Err(format!("{name:?} stands in a column of its own too")),
        }
    }
    Ok(())
}

/// The text in the language that a record was written in stands first, whatever the order of the columns: it is the last
/// resort of who reads none of the others.
fn original_first(row: &mut Map<String, Value>) {
    let Some(original) = row.get("originalLanguage").and_then(Value::as_str).map(str::to_owned) else { return };
    for texts in row.values_mut().filter_map(Value::as_object_mut) {
        if let Some(place) = texts.keys().position(|tag| tag.eq_ignore_ascii_case(&original)).filter(|place| *place > 0)
            && let Some(tag) = texts.keys().nth(place).cloned()
            && let Some(text) = texts.shift_remove(&tag)
        {
            texts.shift_insert(0, tag, text);
        }
    }
}
