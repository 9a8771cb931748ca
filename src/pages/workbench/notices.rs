//! What a page of the workbench says of what was just done: a word of the address, of a closed list.

use maud::{Markup, html};

use super::super::visit::Visit;
use crate::record::RecordKey;

/// The notice for `done`; nothing for a word that is none.
pub(super) fn done(visit: &Visit) -> Markup {
    let asked = visit.asked("done").unwrap_or_default();
    let (is_good, text) = match asked.as_str() {
        "saved" => (true, visit.say("work-done-saved")),
        "begun" => (true, visit.say("work-done-begun")),
        "submitted" => (true, visit.say("work-done-submitted")),
        "returned" => (true, visit.say("work-done-returned")),
        "published" => (true, visit.say("work-done-published")),
        "withdrawn" => (true, visit.say("work-done-withdrawn")),
        "deleted" => (true, visit.say("work-done-deleted")),
        "taken" => (true, visit.say("work-done-taken")),
        "left" => (true, visit.say("work-done-left")),
        "needed" => (false, visit.say("work-done-needed")),
        _ => return html! {},
    };
    html! {
        div.note.(if is_good { "good" } else { "bad" }) role="status" {
            p { (text) @if let Some(link) = link(visit, &asked) { " " (link) } }
        }
    }
}

/// Where the record is seen that something was done to.
fn link(visit: &Visit, done: &str) -> Option<Markup> {
    let key = RecordKey::parse(&visit.asked("record")?)?;
    let text = match done {
        "published" => visit.say("work-see-record"),
        "withdrawn" => visit.say("work-see-withdrawn"),
        _ => return None,
    };
    let kind = visit.snapshot.record(key, visit.viewer()).map(|record| record.kind);
    let kind = kind.or_else(|| visit.snapshot.withdrawn(key, visit.viewer()).map(|record| record.kind))?;
    Some(html! { a href=(visit.path(&format!("/{}/{key}", kind.plural()))) { (text) } })
}
