//! The form of an editor as it is sent, and what it changes: a field that is not in it stays as it is.

use serde_json::{Map, Value, json};

use super::fields::{Field, Form, fields};
use crate::{
    editorial::{Change, Check, Patch},
    journal::encoding::{base64url, sha256},
    record::{self, Audience, Kind, LanguageTag, MAX_LIST},
};

/// The fields of a form, in their order.
pub(super) struct Sent(pub(super) Vec<(String, String)>);

impl Sent {
    /// The first value of a name.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What was pressed, and what stands behind its colon.
    pub(super) fn pressed(&self) -> (&str, &str) {
        let pressed = self.one("do").unwrap_or("save");
        pressed.split_once(':').unwrap_or((pressed, ""))
    }

    /// What it changes. `reference` gives how a body names the record of an id or address, if there is one of that kind.
    pub(super) fn patch(
        &self,
        kind: Kind,
        is_looking: bool,
        reference: &dyn Fn(&str, Kind) -> Option<Value>,
    ) -> (Patch, Vec<Check>) {
        let mut unknown = Vec::new();
        let mut patch = Patch { changes: Vec::new(), audience: self.one("audience").and_then(Audience::parse) };
        for field in fields(kind) {
            let change = match field.form {
                Form::Reference(of) | Form::References(of) => {
                    self.references(field, is_looking, &|id| reference(id, of), &mut unknown)
                }
                _ => self.change(field),
            };
            patch.changes.extend(change.map(|change| (field.member, change)));
        }
        (patch, unknown)
    }

    fn change(&self, field: &Field) -> Option<Change> {
        let member = field.member;
        let list = |items: Vec<Value>| Change::Set(Value::Array(items));
        match field.form {
            Form::Texts(_) => self.texts(member),
            Form::TextOrTexts => self.one(member).map(|text| Change::Set(text.into())).or_else(|| self.texts(member)),
            Form::Codes(_) | Form::Languages => self.one(member).map(|_| list(self.codes(member))),
            Form::Numbers(_) => self.one(member).map(|_| list(self.codes(member).into_iter().map(number).collect())),
            Form::Lines => self.one(member).map(|text| list(text.lines().map(Value::from).collect())),
            Form::Sources => self.rows(member, "title", "url").map(list),
            Form::Editions => self.rows(member, "language", "url").map(list),
            Form::Year => self.one(member).map(|text| Change::Set(number(text.trim().into()))),
            Form::Truth => self.one(member).map(|word| match word {
                "true" => Change::Set(true.into()),
                "false" => Change::Set(false.into()),
                _ => Change::Empty,
            }),
            _ => self.one(member).map(|text| Change::Set(text.into())),
        }
    }

    /// `title.fr`.
    fn texts(&self, member: &str) -> Option<Change> {
        let text = |(name, text): &(String, String)| {
            let tag = name.strip_prefix(member)?.strip_prefix('.')?;
            Some((LanguageTag::parse(tag)?, text.clone()))
        };
        let texts: Vec<_> = self.0.iter().filter_map(text).collect();
        (!texts.is_empty()).then_some(Change::Texts(texts))
    }

    /// What is ticked, and what is written beside the boxes; each once.
    fn codes(&self, member: &str) -> Vec<Value> {
        let mut codes: Vec<Value> = Vec::new();
        let words = self.all(member).flat_map(|value| value.split([',', ';', '\n']));
        for code in words.map(str::trim).filter(|code| !code.is_empty()) {
            if codes.iter().all(|known| known.as_str() != Some(code)) {
                codes.push(code.into());
            }
        }
        codes
    }

    /// `sources[0].title` and `sources[0].url`; a row without anything is none.
    fn rows(&self, member: &str, first: &str, second: &str) -> Option<Vec<Value>> {
        let cell = |row: usize, part: &str| self.one(&format!("{member}[{row}].{part}")).map(str::trim);
        let rows = (0..=MAX_LIST + 1).map_while(|row| Some((cell(row, first)?, cell(row, second)?)));
        let rows: Vec<_> = rows.collect();
        let filled = rows.iter().filter(|(one, other)| !one.is_empty() || !other.is_empty());
        (!rows.is_empty()).then(|| filled.map(|(one, other)| json!({ first: one, second: other })).collect())
    }

    fn references(
        &self,
        field: &Field,
        is_looking: bool,
        reference: &dyn Fn(&str) -> Option<Value>,
        unknown: &mut Vec<Check>,
    ) -> Option<Change> {
        let member = field.member;
        self.one(member)?;
        let mut named: Vec<Value> = Vec::new();
        let mut take = |found: Value| {
            if !named.contains(&found) {
                named.push(found);
            }
        };
        for (place, id) in self.all(member).filter(|id| !id.is_empty()).enumerate() {
            match reference(id) {
                Some(found) => take(found),
                None => unknown.push(Check::unknown_reference(&format!("{member}[{place}]"))),
            }
        }
        // Words that are looked for are not an address that cannot be read.
        let written = self.one(&format!("{member}.add")).map(id_of).filter(|id| !id.is_empty());
        match written.map(|id| reference(&id)) {
            Some(Some(found)) => take(found),
            Some(None) if !is_looking => unknown.push(Check::unknown_reference(&format!("{member}.add"))),
            _ => {}
        }
        Some(match field.form {
            Form::References(_) => Change::Set(Value::Array(named)),
            _ => named.pop().map_or(Change::Empty, Change::Set),
        })
    }
}

/// A number, where it is written as one; the checks say of the rest that it is none.
fn number(text: Value) -> Value {
    let whole = text.as_str().and_then(|text| text.parse::<i64>().ok());
    whole.map_or(text, Value::from)
}

/// The id in an address of a record's page, or the id itself.
pub(super) fn id_of(text: &str) -> String {
    let path = text.trim().split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
}

/// Takes what was decided for the other's version out of the changes: a member, or one language of it.
pub(super) fn leave(patch: &mut Patch, path: &str) {
    let (member, language) =
        path.split_once('.').map_or((path, None), |(member, tag)| (member, LanguageTag::parse(tag)));
    for (known, change) in &mut patch.changes {
        if let (true, Change::Texts(texts), Some(language)) = (*known == member, change, &language) {
            texts.retain(|(tag, _)| tag != language);
        }
    }
    let is_left = |(known, change): &(&'static str, Change)| match change {
        Change::Texts(texts) => texts.is_empty(),
        Change::Empty | Change::Set(_) => *known == member,
    };
    patch.changes.retain(|change| !is_left(change));
}

/// What a body would be after a change that is not made.
pub(super) fn as_if(patch: &Patch, body: &Map<String, Value>) -> Map<String, Value> {
    let mut changed = body.clone();
    patch.apply(&mut changed);
    let mut changed = Value::Object(changed);
    record::normalize(&mut changed);
    match changed {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

/// What a form shows, in short: it comes back with the form and tells what nobody has touched there, so that somebody
/// else's change of another field is never undone.
pub(super) fn seen(kind: Kind, body: &Map<String, Value>, audience: Audience, to: &LanguageTag) -> String {
    let paths = fields(kind).iter().map(|field| match (field.is_by_language(), body.get(field.member)) {
        (true, Some(Value::String(_))) | (false, _) => field.member.to_owned(),
        (true, _) => format!("{}.{to}", field.member),
    });
    let line = |path: String| format!("{path}={}", digest(body, &path));
    paths.map(line).chain(std::iter::once(format!("audience={}", audience.as_str()))).collect::<Vec<_>>().join(";")
}

/// Takes out of the changes what stands in the form as it was shown.
pub(super) fn leave_untouched(patch: &mut Patch, sent: &Sent, body: &Map<String, Value>) {
    let after = as_if(patch, body);
    for (path, shown) in sent.one("seen").unwrap_or_default().split(';').filter_map(|line| line.split_once('=')) {
        if path == "audience" {
            patch.audience = patch.audience.filter(|audience| audience.as_str() != shown);
        } else if digest(&after, path) == shown {
            leave(patch, path);
        }
    }
}

fn digest(body: &Map<String, Value>, path: &str) -> String {
    let value = match path.split_once('.') {
        Some((member, tag)) => {
            let texts = body.get(member).and_then(Value::as_object);
            let tag = LanguageTag::parse(tag);
            let text = texts.zip(tag).and_then(|(texts, tag)| super::tongues::text(texts, &tag));
            text.map_or(Value::Null, Value::from)
        }
        None => body.get(path).cloned().unwrap_or_default(),
    };
    base64url(&sha256(value.to_string().as_bytes())[..6])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn body(kind: Kind, before: Value, pairs: &[(&str, &str)]) -> Value {
        let known = |id: &str, of: Kind| (id == "known").then(|| json!(format!("{}/x", of.as_str())));
        let (patch, unknown) = sent(pairs).patch(kind, false, &known);
        assert!(unknown.is_empty(), "{unknown:?}");
        Value::Object(as_if(&patch, before.as_object().unwrap()))
    }

    #[test]
    fn what_is_not_in_the_form_stays_as_it_is() {
        let before = json!({"title": {"fr": "Un", "ar": "x"}, "themes": ["a"], "startYear": 2010});
        let after = body(Kind::Practice, before, &[("title.fr", "Deux"), ("do", "save"), ("nothing", "x")]);
        assert_eq!(after, json!({"title": {"fr": "Deux", "ar": "x"}, "themes": ["a"], "startYear": 2010}));
    }

    #[test]
    fn boxes_of_which_none_is_ticked_empty_a_list() {
        let before = json!({"themes": ["a"], "sdgGoals": [3], "languages": ["fr"]});
        assert_eq!(
            body(Kind::Practice, before.clone(), &[("themes", ""), ("sdgGoals", "")]),
            json!({"languages": ["fr"]})
        );
        let after = body(Kind::Document, before, &[("languages", ""), ("languages", "en"), ("languages", "pt, en")]);
        assert_eq!(after["languages"], json!(["en", "pt"]));
        let goals = body(Kind::Practice, json!({}), &[("sdgGoals", ""), ("sdgGoals", "16"), ("sdgGoals", "3")]);
        assert_eq!(goals, json!({"sdgGoals": [16, 3]}));
    }

    #[test]
    fn rows_without_anything_are_none() {
        let rows = [
            ("sources[0].title", " S "),
            ("sources[0].url", ""),
            ("sources[1].title", ""),
            ("sources[1].url", ""),
            ("sources[2].title", ""),
            ("sources[2].url", "https://a.example"),
        ];
        assert_eq!(
            body(Kind::Practice, json!({}), &rows),
            json!({"sources": [{"title": "S"}, {"url": "https://a.example"}]})
        );
    }

    #[test]
    fn a_year_that_is_none_is_kept_for_the_checks_to_say_so() {
        assert_eq!(body(Kind::Practice, json!({}), &[("startYear", " 2012 ")]), json!({"startYear": 2012}));
        assert_eq!(body(Kind::Practice, json!({}), &[("startYear", "soon")]), json!({"startYear": "soon"}));
        assert_eq!(body(Kind::Practice, json!({"startYear": 1}), &[("startYear", "")]), json!({}));
    }

    #[test]
    fn a_record_is_named_by_its_id_or_by_the_address_of_its_page() {
        for text in ["known", "https://hub.example/fr/practices/known?from=x#y", " https://hub.example/id/known/ "] {
            assert_eq!(id_of(text), "known");
        }
        let after = body(Kind::Practice, json!({}), &[("adoptedFrom", ""), ("adoptedFrom.add", "/en/practices/known")]);
        assert_eq!(after, json!({"adoptedFrom": ["practice/x"]}));
        let none = |_: &str, _: Kind| None;
        let (_, unknown) = sent(&[("mechanism", ""), ("mechanism.add", "x")]).patch(Kind::Practice, false, &none);
        assert_eq!(unknown[0].field, "mechanism.add");
        let (_, unknown) = sent(&[("mechanism", ""), ("mechanism.add", "x")]).patch(Kind::Practice, true, &none);
        assert!(unknown.is_empty(), "words that are looked for");
    }

    #[test]
    fn what_nobody_touched_in_the_form_is_no_change_of_what_somebody_else_wrote() {
        let (shown, now) = (
            json!({"title": {"fr": "Un"}, "themes": ["a"], "startYear": 2010}),
            json!({"title": {"fr": "Un"}, "themes": ["b"], "startYear": 2011}),
        );
        let fr = LanguageTag::parse("fr").unwrap();
        let seen = seen(Kind::Practice, shown.as_object().unwrap(), Audience::Public, &fr);
        let pairs = [
            ("seen", &*seen),
            ("title.fr", "Deux\r\n"),
            ("themes", ""),
            ("themes", "a"),
            ("startYear", "2010"),
            ("audience", "public"),
        ];
        let sent = sent(&pairs);
        let (mut patch, _) = sent.patch(Kind::Practice, false, &|_, _| None);
        let now = now.as_object().unwrap();
        leave_untouched(&mut patch, &sent, now);
        assert_eq!(patch.audience, None);
        let after = Value::Object(as_if(&patch, now));
        assert_eq!(after, json!({"title": {"fr": "Deux"}, "themes": ["b"], "startYear": 2011}));
    }

    #[test]
    fn what_is_left_to_the_other_is_no_change() {
        let pairs = [("title.fr", "Deux"), ("title.ar", "y"), ("themes", "b"), ("startYear", "2012")];
        let (mut patch, _) = sent(&pairs).patch(Kind::Practice, false, &|_, _| None);
        leave(&mut patch, "title.fr");
        leave(&mut patch, "themes");
        assert_eq!(Value::Object(as_if(&patch, &Map::new())), json!({"title": {"ar": "y"}, "startYear": 2012}));
    }
}
