//! Naming other records: those that are near at hand, those that are found by words, or one by the address of its page.

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{
    super::{
        parts::{entry, text::attribute},
        visit::Visit,
    },
    fields::{Field, Form},
    mending::id,
    value,
};
use crate::{
    address::{Address, Looking, Name},
    catalog::{Dimension, Filter, PageRequest, Published, Request, Viewer, Window},
    catalog::{Direction, Order},
    record::Kind,
};

/// Most records that are offered.
const MOST: usize = 10;

/// What was looked for, for which field, and what was found; nothing while the index of words is being made.
pub(super) struct Looked {
    pub(super) member: String,
    pub(super) words: String,
    pub(super) found: Option<Vec<Arc<Published>>>,
}

/// Looks for what the address asks, beside the async threads.
pub(super) async fn look(visit: &Arc<Visit>, kind: Kind) -> Option<Looked> {
    let (member, words) = (visit.asked("look")?, visit.asked("words")?);
    let field = super::fields::of_path(kind, &member)?;
    let (Form::Reference(of) | Form::References(of)) = field.form else { return None };
    let (visit, asked) = (visit.clone(), words.clone());
    let found = tokio::task::spawn_blocking(move || find(&visit, of, &asked)).await.unwrap_or_default();
    Some(Looked { member, words, found })
}

/// Only what everybody may see is named in a record.
pub(super) fn find(visit: &Visit, kind: Kind, words: &str) -> Option<Vec<Arc<Published>>> {
    let Ok(address) = Address::of(kind).with(Name::Q, words) else { return Some(Vec::new()) };
    let reader = visit.hub.index().reader();
    let looking = Looking { viewer: Viewer::PUBLIC, ..visit.looking() };
    let found = address.records(&visit.snapshot, reader.as_deref(), looking).ok()?;
    Some(found.into_iter().take(MOST).cloned().collect())
}

/// Mechanisms of the country that a record is about.
fn near<'v>(visit: &'v Visit, kind: Kind, body: &Map<String, Value>) -> Vec<&'v Arc<Published>> {
    let country = body.get("country").and_then(Value::as_str).filter(|_| kind == Kind::Mechanism);
    let Some(country) = country else { return Vec::new() };
    let filter = Filter::of(kind).any(Dimension::Country, [country]);
    let selection = visit.snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None });
    let (order, direction): (Order, Direction) = Order::default_of(kind);
    let window = Window { first: Some(MOST), ..Window::default() };
    let request = PageRequest { order, direction, language: visit.language, ranks: None, window };
    selection.page(&request).map(|page| page.items).unwrap_or_default()
}

/// A box for each record that is named or offered, and a line to look for others.
pub(super) fn boxes(
    visit: &Visit,
    field: &Field,
    kind: Kind,
    body: &Map<String, Value>,
    looked: Option<&Looked>,
) -> Markup {
    let value = body.get(field.member);
    let present: Vec<&Value> = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        other => other.into_iter().collect(),
    };
    let keys: Vec<_> = present.iter().filter_map(|named| value::key_of(visit, named)).collect();
    let looked = looked.filter(|looked| looked.member == field.member);
    let found = looked.into_iter().flat_map(|looked| looked.found.iter().flatten());
    let mut offered: Vec<&Arc<Published>> = Vec::new();
    for record in near(visit, kind, body).into_iter().chain(found) {
        if !keys.contains(&record.key) && offered.iter().all(|known| known.key != record.key) {
            offered.push(record);
        }
    }
    let is_one = matches!(field.form, Form::Reference(_));
    let shape = if is_one { "radio" } else { "checkbox" };
    html! {
        @if is_one && !(offered.is_empty() && keys.is_empty()) {
            label.tick {
                input type="radio" name=(field.member) value="" checked[keys.is_empty()];
                span { (visit.say("not-stated")) }
            }
        } @else {
            input type="hidden" name=(field.member) value="";
        }
        @for (named, key) in present.iter().zip(&keys) {
            label.tick {
                input type=(shape) name=(field.member) value=(key) checked;
                span { (value::reference(visit, named)) }
            }
        }
        @for record in offered {
            label.tick {
                input type=(shape) name=(field.member) value=(record.key);
                span { (entry::title(visit, record)) " " span.quiet { (super::records::who(visit, record)) } }
            }
        }
        (search(visit, field, looked))
    }
}

fn search(visit: &Visit, field: &Field, looked: Option<&Looked>) -> Markup {
    let id = id(&format!("{}.add", field.member));
    html! {
        @match looked.map(|looked| looked.found.as_ref()) {
            Some(None) => p.note.warn { (visit.say("refused-not-ready")) },
            Some(Some(found)) if found.is_empty() => p.note { (visit.say("work-look-nothing")) },
            _ => {}
        }
        label.label for=(id) { (visit.say("work-look-label")) }
        div.row {
            input id=(id) name={ (field.member) ".add" } type="text" size="28" maxlength="400" autocomplete="off"
                value=(attribute(looked.map_or("", |looked| &looked.words)));
            button.btn.line name="do" value={ "look:" (field.member) } {
                (visit.say("work-look")) span.vh { (visit.say("colon")) (visit.say(field.label)) }
            }
        }
    }
}
