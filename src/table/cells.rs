//! The value of a member as a cell, and a cell as the value of a member.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::columns::Shape;
use super::items;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell<'a> {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
    /// True or false.
    Truth(bool),
}

impl<'a> Cell<'a> {
    /// A text; an empty one is nothing.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// As it is written out.
    pub fn as_text(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        }
    }

    /// Without what it borrows.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Empty => Cell::Empty,
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Number(number) => Cell::Number(number),
            Cell::Truth(truth) => Cell::Truth(truth),
        }
    }
}

/// The value as a cell; none if the cell could not be read back as exactly this value.
pub(super) fn write<'v>(shape: Shape, value: &'v Value) -> Option<Cell<'v>> {
    let lines = |lines: Option<Vec<String>>| lines.filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"));
    let list = value.as_array();
    let each = |write: fn(&Value) -> Option<String>| list?.iter().map(write).collect::<Option<Vec<String>>>();
    let cell = match shape {
        Shape::Text | Shape::TextOrTexts => value.as_str().map(Cell::text),
        Shape::Number => value.as_i64().map(Cell::Number),
        Shape::Truth => value.as_bool().map(Cell::Truth),
        Shape::Codes => each(code).filter(|codes| !codes.is_empty()).map(|codes| Cell::text(codes.join("; "))),
        Shape::Numbers => each(number).filter(|all| !all.is_empty()).map(|all| Cell::text(all.join("; "))),
        Shape::Lines => lines(each(line)).map(Cell::text),
        Shape::Sources => lines(each(source)).map(Cell::text),
        Shape::Editions => lines(each(edition)).map(Cell::text),
        Shape::Reference => reference(value).map(Cell::text),
        Shape::References => lines(each(reference)).map(Cell::text),
        Shape::Course => lines(each(term)).map(Cell::text),
        Shape::Texts => None,
    }?;
    // The proof that nothing is lost: whatever a rule forgets stands in `other` instead.
    let back = read(shape, &cell).ok()??;
    (back == *value || is_same_course(shape, &back, value)).then_some(cell)
}

/// Whether two courses differ at most by ends that are null in one and not named in the other: both are open.
fn is_same_course(shape: Shape, back: &Value, value: &Value) -> bool {
    let (Shape::Course, Some(back), Some(terms)) = (shape, back.as_array(), value.as_array()) else { return false };
    let same = |back: &Value, term: &Value| {
        let mut term = term.clone();
        if let Some(term) = term.as_object_mut().filter(|term| term.get("until").is_some_and(Value::is_null)) {
            term.shift_remove("until");
        }
        *back == term
    };
    back.len() == terms.len() && back.iter().zip(terms).all(|(back, term)| same(back, term))
}

fn code(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn number(value: &Value) -> Option<String> {
    value.as_i64().map(|number| number.to_string())
}

fn line(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    Some(items::write(text, true))
}

fn source(value: &Value) -> Option<String> {
    let title = value.get("title")?.as_str()?;
    Some(match value.get("url") {
        None => items::write(title, !items::looks_addressed(title)),
        Some(url) => format!("{} <{}>", items::write(title, !title.contains('<')), url.as_str()?),
    })
}

fn edition(value: &Value) -> Option<String> {
    Some(format!("{} <{}>", value.get("language")?.as_str()?, value.get("url")?.as_str()?))
}

fn reference(value: &Value) -> Option<String> {
    match value.as_str() {
        Some(own) => Some(own.to_owned()),
        None => Some(format!("{} <{}>", value.get("sub")?.as_str()?, value.get("iss")?.as_str()?)),
    }
}

fn term(value: &Value) -> Option<String> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let begin = format!("{}/{} {} {}", text("from")?, text("until").unwrap_or(".."), text("role")?, text("status")?);
    let reason = text("reason").map(|reason| format!(" {reason}")).unwrap_or_default();
    Some(items::write(&(begin + &reason), true))
}

/// The value of a cell; none where it is empty.
///
/// # Errors
/// What is wrong with the cell, in one sentence without its column.
pub(super) fn read(shape: Shape, cell: &Cell<'_>) -> Result<Option<Value>, String> {
    let text = cell.as_text();
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let all = |separators: &[char], read: fn(&str) -> Result<Value, String>| {
        items::split(text, separators).into_iter().map(read).collect::<Result<Vec<Value>, String>>().map(Value::Array)
    };
    let value = match shape {
        Shape::Text | Shape::Texts | Shape::TextOrTexts => Ok(Value::from(text)),
        Shape::Number => read_number(text),
        Shape::Truth => read_truth(text),
        Shape::Codes => all(&[';', '|', ',', '\n'], |item| Ok(item.into())),
        Shape::Numbers => all(&[';', '|', ',', '\n'], read_number),
        Shape::Lines => all(&['\n', '|'], |item| Ok(items::read(item).0.into())),
        Shape::Sources => all(&['\n', '|'], read_source),
        Shape::Editions => all(&['\n', '|', ';'], read_edition),
        Shape::Reference => read_reference(text),
        Shape::References => all(&['\n', '|', ';'], read_reference),
        Shape::Course => all(&['\n'], read_term),
    };
    value.map(Some)
}

fn read_number(text: &str) -> Result<Value, String> {
    text.parse::<i64>().map(Value::from).map_err(|_| format!("{} is no whole number", shown(text)))
}

fn read_truth(text: &str) -> Result<Value, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true.into()),
        "false" | "no" | "0" => Ok(false.into()),
        _ => Err(format!("{} is neither true nor false", shown(text))),
    }
}

fn read_source(item: &str) -> Result<Value, String> {
    let mut source = Map::new();
    match items::read(item) {
        (title, _) if title.is_empty() || title.starts_with("http://") || title.starts_with("https://") => {
            return Err(format!("{} has no title: a source is written as title <address>", shown(item)));
        }
        (title, address) => {
            source.insert("title".to_owned(), title.into());
            source.extend(address.map(|address| ("url".to_owned(), address.into())));
        }
    }
    Ok(Value::Object(source))
}

fn read_edition(item: &str) -> Result<Value, String> {
    match items::read(item) {
        (language, Some(address)) => Ok(json!({"language": language, "url": address})),
        _ => Err(format!("{} is no edition: one is written as fr <address>", shown(item))),
    }
}

fn read_reference(item: &str) -> Result<Value, String> {
    Ok(match items::read(item) {
        (sub, None) => sub.into(),
        (sub, Some(origin)) => json!({"iss": origin, "sub": sub}),
    })
}

fn read_term(item: &str) -> Result<Value, String> {
    let (text, _) = items::read(item);
    let mut words = text.splitn(4, ' ');
    let span = words.next().and_then(|span| span.split_once('/'));
    let (Some((from, until)), Some(role), Some(status)) = (span, words.next(), words.next()) else {
        return Err(format!("{} is no term: one is written as 2024-05-01/.. member active, and a reason", shown(item)));
    };
    let mut term = Map::from_iter([("from".to_owned(), from.into())]);
    if until != ".." && !until.is_empty() {
        term.insert("until".to_owned(), until.into());
    }
    term.extend([("role".to_owned(), role.into()), ("status".to_owned(), status.into())]);
    term.extend(words.next().map(|reason| ("reason".to_owned(), reason.into())));
    Ok(Value::Object(term))
}

/// A piece of a cell for a sentence.
fn shown(text: &str) -> String {
    let cut: String =
        text.chars().take(40).map(|character| if character.is_control() { ' ' } else { character }).collect();
    let more = if text.chars().nth(40).is_some() { "…" } else { "" };
    format!("\"{cut}{more}\"")
}
