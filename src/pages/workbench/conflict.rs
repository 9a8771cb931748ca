//! Two people saved the same draft: both versions, field by field, and a choice. Nothing that was sent is lost: it stands
//! in the page, to be sent again.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::{
    super::{content::Content, say::stamp, visit::Visit},
    at::{At, page as work_page, path_of, title_of},
    differences::{Sides, name, side},
    fields::of_path,
    sent::Sent,
    value,
};
use crate::editorial::{Conflict, Difference, Draft};

/// `Someone else saved this draft at 11:17.`
pub(super) fn sentence(visit: &Visit, draft: &Draft) -> String {
    let stamp = stamp(draft.saved_at);
    let time = stamp.get(11..16).unwrap_or_default();
    visit.label("work-conflict", &[("who", (&*draft.saved_by).into()), ("time", time.into())])
}

/// The page for a save that was made from an older draft.
pub(super) fn page(at: &At<'_>, draft: &Draft, sent: &Sent, conflict: &Conflict) -> Content {
    let visit = at.visit;
    let kind = draft.record.kind();
    // Only what this form says can be chosen; the rest stands as the other one left it.
    let is_sent = |found: &&Difference| of_path(kind, &found.field).is_some_and(|field| is_in_form(sent, field.member));
    let open: Vec<&Difference> = conflict.differences.iter().filter(is_sent).collect();
    let main = html! {
        div.head { h1 { (visit.say("work-conflict-title")) } p { (value::title(visit, title_of(visit, kind, &draft.body))) } }
        div.note.bad role="alert" { p { (sentence(visit, draft)) " " (visit.say("work-nothing-lost")) } }
        form method="post" action=(visit.path(&path_of(draft))) {
            input type="hidden" name="revision" value=(conflict.current_revision);
            (kept(sent))
            @if open.is_empty() { p { (visit.say("work-conflict-none")) } }
            @for found in open { (choice(at, draft, found)) }
            p.row {
                button.btn name="do" value="save" { (visit.say("work-conflict-save")) }
                a href=(visit.path(&path_of(draft))) { (visit.say("work-conflict-drop")) }
            }
        }
    };
    work_page(visit, visit.say("work-conflict-title"), main)
        .under(path_of(draft), visit.say("work-edit"))
        .status(StatusCode::CONFLICT)
}

fn is_in_form(sent: &Sent, member: &str) -> bool {
    sent.0
        .iter()
        .any(|(name, _)| name.strip_prefix(member).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])))
}

/// All that was sent, to be sent again.
fn kept(sent: &Sent) -> Markup {
    let is_ours = |name: &str| name != "revision" && name != "do" && !name.starts_with("keep:");
    html! {
        @for (name, value) in sent.0.iter().filter(|(name, _)| is_ours(name)) {
            // A hidden box would lose the ends of lines.
            textarea hidden name=(name) aria-hidden="true" { (value) }
        }
    }
}

fn choice(at: &At<'_>, draft: &Draft, found: &Difference) -> Markup {
    let (visit, kind) = (at.visit, draft.record.kind());
    let group = super::mending::id(&found.field);
    let names = Sides { before: visit.say("work-theirs"), after: visit.say("work-yours") };
    html! {
        section.diff aria-labelledby=(group) {
            h2 id=(group) { (name(visit, kind, &found.field)) }
            div.pair {
                @for (choice, title, value) in
                    [("theirs", &names.before, &found.theirs), ("yours", &names.after, &found.yours)] {
                    div {
                        label.tick {
                            input type="radio" name={ "keep:" (found.field) } value=(choice) checked[choice == "yours"];
                            b { (title) }
                        }
                        (side(visit, kind, &found.field, value.as_ref()))
                    }
                }
            }
        }
    }
}
