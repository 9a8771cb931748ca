//! The editor of a draft: whole without a script. What is written stands in one form; what is to be mended beside it; the
//! state and the ways on in the bar below.

use std::sync::Arc;

use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{
    super::{
        answer::Answer,
        content::Content,
        parts::text::{attribute, shown},
        visit::Visit,
    },
    at::{At, author, kind_name, page, path_of, title_of},
    fields::{Field, fields, is_asked},
    inputs::Drawing,
    lookup::{self, Looked},
    mending::{self, Mending},
    notices,
    sent::{Sent, seen},
    tongues::Tongues,
    value,
};
use crate::{
    access::Role,
    editorial::{Check, Draft, DraftState, Version},
    record::Audience,
};

/// Most versions that are listed beside the form.
const VERSIONS: u64 = 5;

/// `GET …/drafts/{draft}`.
pub(super) async fn show(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let draft = at.draft().await?;
    let looked = lookup::look(&visit, draft.record.kind()).await;
    let versions = at.desk.versions(&draft.record, VERSIONS).await?;
    let (from, to) = (visit.asked("from"), visit.asked("to"));
    let tongues = Tongues::of(&visit, draft.record.kind(), &draft.body, from.as_deref(), to.as_deref());
    let editor = Editor {
        at: &at,
        body: &draft.body,
        checks: draft.checks(),
        is_strict: visit.asked("done").as_deref() == Some("needed"),
        tongues,
        looked,
        versions,
        refused: Vec::new(),
        draft: &draft,
    };
    Ok(editor.content().into())
}

/// An editor with what is written in it.
pub(super) struct Editor<'e> {
    pub(super) at: &'e At<'e>,
    /// As it is stored.
    pub(super) draft: &'e Draft,
    /// As it is written.
    pub(super) body: &'e Map<String, Value>,
    pub(super) checks: Vec<Check>,
    pub(super) is_strict: bool,
    pub(super) tongues: Tongues,
    pub(super) looked: Option<Looked>,
    pub(super) versions: Vec<Version>,
    /// Why it was not stored; empty where nothing was refused.
    pub(super) refused: Vec<Check>,
}

/// What was sent and refused: shown as it was written, so that nothing is lost.
pub(super) async fn again(
    at: &At<'_>,
    draft: &Draft,
    body: &Map<String, Value>,
    sent: &Sent,
    refused: Vec<Check>,
) -> Answer {
    let kind = draft.record.kind();
    let versions = at.desk.versions(&draft.record, VERSIONS).await?;
    let editor = Editor {
        at,
        draft,
        body,
        checks: crate::editorial::checks(kind, body, draft.overtaken),
        is_strict: false,
        tongues: Tongues::of(at.visit, kind, body, sent.one("from"), sent.one("to")),
        looked: None,
        versions,
        refused,
    };
    Ok(editor.content().status(StatusCode::UNPROCESSABLE_ENTITY).into())
}

impl Editor<'_> {
    fn content(&self) -> Content {
        let visit = self.at.visit;
        let named = title_of(visit, self.draft.record.kind(), self.body);
        let title = match &named {
            Some((text, _)) => visit.label("work-edit-title", &[("title", (*text).into())]),
            None => visit.label("work-new-title", &[("kind", (&kind_name(visit, self.draft.record.kind())).into())]),
        };
        let main = html! {
            div.head {
                h1 {
                    @match named {
                        Some(named) => (value::title(visit, Some(named))),
                        None => (title),
                    }
                }
                p { (self.whose()) }
            }
            (steps(visit, self.draft))
            (notices::done(visit))
            (self.remarks())
            div.split.end {
                (self.form())
                (self.aside())
            }
        };
        page(visit, attribute(&title), main).here(visit.say("work-edit")).dock(self.dock()).script("work.js")
    }

    fn whose(&self) -> Markup {
        let (visit, author) = (self.at.visit, author(self.at.visit));
        let writer = &*self.draft.author;
        html! {
            (visit.tell("work-draft-of", &[
                ("kind", (&kind_name(visit, self.draft.record.kind())).into()),
                ("author", (&author).into()),
                ("writer", writer.into()),
            ]))
        }
    }

    /// What stands between author and editor, and what was refused.
    fn remarks(&self) -> Markup {
        let (visit, draft) = (self.at.visit, self.draft);
        html! {
            @if !self.refused.is_empty() {
                div.note.bad role="alert" {
                    p { b { (visit.say("work-not-saved")) } }
                    @for check in &self.refused { p { (check.message(visit.language)) } }
                }
            }
            @if let Some(comment) = &draft.comment {
                div.note.warn {
                    p { b { (visit.say("work-sent-back")) } }
                    p.asked { (shown(comment)) }
                }
            }
            @if draft.state == DraftState::InReview {
                @if self.at.is_editor() {
                    p.note {
                        (visit.say("work-waits-for-you")) " "
                        a href=(visit.path(&format!("{}/review", path_of(draft)))) { (visit.say("work-review")) }
                    }
                } @else { p.note.warn { (visit.say("work-saving-takes-back")) } }
            }
            @if draft.overtaken {
                p.note.warn {
                    (visit.say("draft-check-overtaken")) " "
                    a href=(visit.path(&format!("{}/review", path_of(draft)))) { (visit.say("work-changes")) }
                }
            }
        }
    }

    fn form(&self) -> Markup {
        let (visit, kind) = (self.at.visit, self.draft.record.kind());
        // What was refused is told at its field as well.
        let checks: Vec<Check> = self.refused.iter().chain(&self.checks).cloned().collect();
        let drawing = Drawing {
            visit,
            body: self.body,
            mending: Mending { checks: &checks, is_strict: self.is_strict, language: visit.language },
            tongues: &self.tongues,
            looked: self.looked.as_ref(),
        };
        let speaker = visit.hub.speaker();
        let asked = || fields(kind).iter().filter(|field| is_asked(field, kind, speaker));
        let (by_language, others): (Vec<&Field>, Vec<&Field>) = asked().partition(|field| field.is_by_language());
        // A save of its author takes it back from the editors: that is never done unasked.
        let saves_itself = self.draft.state == DraftState::Draft || self.at.is_editor();
        html! {
            form #edit method="post" action=(visit.path(&path_of(self.draft)))
                data-autosave[saves_itself]
                data-saved=(visit.label("work-saved-when", &[("when", "%when%".into())]))
                data-saving=(visit.say("work-saving"))
                data-unsaved=(visit.say("work-unsaved"))
                data-failed=(visit.say("work-save-failed"))
                data-preview=(visit.say("work-preview-text"))
                data-markdown=(visit.path("/workbench/markdown")) {
                input type="hidden" name="revision" value=(self.draft.revision);
                input type="hidden" name="seen" value=(seen(kind, &self.draft.body, self.draft.audience, &self.tongues.to));
                h2.vh { (visit.say("work-texts")) }
                (self.tongues.choice(visit, kind, self.body))
                @for field in by_language { (drawing.field(field)) }
                h2.over { (visit.say("work-for-all")) }
                @for field in others { (drawing.field(field)) }
                (self.audience())
            }
        }
    }

    /// Who will read it: chosen once, before anything is published.
    fn audience(&self) -> Markup {
        let visit = self.at.visit;
        let present = self.draft.audience;
        html! {
            div.pair role="group" aria-labelledby="audience-name" {
                div { p.label #audience-name { (visit.say("work-audience")) } p.quiet { (visit.say("work-audience-fixed")) } }
                div {
                    @if self.draft.base_revision.is_some() {
                        p { (audience_name(visit, present)) }
                    } @else {
                        @for audience in Audience::ALL {
                            label.tick {
                                input type="radio" name="audience" value=(audience.as_str()) checked[audience == present];
                                span { (audience_name(visit, audience)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn aside(&self) -> Markup {
        let (visit, draft) = (self.at.visit, self.draft);
        html! {
            aside aria-labelledby="checks-name" {
                h2 #checks-name { (visit.say("work-before-submit")) }
                div #checks { (mending::list(visit, draft, &self.checks, &self.tongues)) }
                h2 { (visit.say("work-versions")) }
                ol.times {
                    li.now {
                        (visit.ago_html(draft.saved_at))
                        (visit.tell("work-saved-by", &[("name", (&*draft.saved_by).into())]))
                    }
                    @for version in &self.versions {
                        li {
                            (visit.day_of(version.signed_at))
                            (visit.tell("work-version", &[("number", version.number.to_string().as_str().into())]))
                        }
                    }
                }
                @if !self.versions.is_empty() {
                    p { a href=(visit.path(&format!("{}/review", path_of(draft)))) { (visit.say("work-changes")) } }
                }
                p { a href=(visit.path(&format!("{}/delete", path_of(draft)))) { (visit.say("work-delete")) } }
            }
        }
    }

    fn dock(&self) -> Markup {
        let (visit, draft) = (self.at.visit, self.draft);
        let press = |what: &str, text: String, main: bool| {
            html! { button.btn.line[!main] form="edit" name="do" value=(what) { (text) } }
        };
        html! {
            section.dock aria-label=(visit.say("work-dock")) {
                div.wrap {
                    p {
                        b { (state_name(visit, draft.state)) } " "
                        span #saved.quiet {
                            (visit.tell("work-saved-when", &[("when", visit.ago_html(draft.saved_at).into())]))
                        }
                        span #said.vh role="status" {}
                    }
                    (press("preview", visit.say("work-preview"), false))
                    (press("save", visit.say("work-save"), false))
                    @if self.at.is_editor() {
                        @if draft.state == DraftState::Draft { (press("submit", visit.say("work-submit"), false)) }
                        (press("publish", visit.say("work-publish"), true))
                    } @else if draft.state == DraftState::Draft {
                        (press("submit", visit.say("work-submit"), true))
                    }
                }
            }
        }
    }
}

/// Draft, in review, published.
pub(super) fn steps(visit: &Visit, draft: &Draft) -> Markup {
    let is_draft = draft.state == DraftState::Draft;
    html! {
        ol.steps aria-label=(visit.say("work-steps")) {
            li aria-current=[is_draft.then_some("step")] { (visit.say("work-step-draft")) }
            li aria-current=[(!is_draft).then_some("step")] { (visit.say("work-step-review")) }
            li { (visit.say("work-step-published")) }
        }
    }
}

/// The state of a draft in a word.
pub(super) fn state_name(visit: &Visit, state: DraftState) -> String {
    match state {
        DraftState::Draft => visit.say("work-state-draft"),
        DraftState::InReview => visit.say("work-state-review"),
    }
}

/// Who reads a record, in words.
pub(super) fn audience_name(visit: &Visit, audience: Audience) -> String {
    match audience {
        Audience::Public => visit.say("work-audience-public"),
        Audience::Network => visit.say("work-audience-network"),
    }
}
