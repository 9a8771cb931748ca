//! What an editor decides: the draft beside what is published, sending back with a reason, publishing.

use std::sync::Arc;

use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::Map;

use super::{
    super::{
        answer::{Answer, Reply},
        content::Content,
        visit::Visit,
    },
    at::{At, expected, page, path_of},
    differences::{self, Sides},
    drafts::{named, record},
    editor::{audience_name, steps},
    mending,
    tongues::Tongues,
};
use crate::{
    access::Role,
    editorial::{DeskError, Draft, DraftState, Present},
};

/// `GET …/drafts/{draft}/review`: for its author what changed, for editors the decision as well.
pub(super) async fn show(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let draft = at.draft().await?;
    Ok(content(&at, &draft, None).await?.into())
}

async fn content(
    at: &At<'_>,
    draft: &Draft,
    refused: Option<(&str, &[String])>,
) -> Result<Content, super::super::visit::Refusal> {
    let visit = at.visit;
    let published = at.desk.published(&draft.record).await?;
    let decides = at.is_editor() && draft.state == DraftState::InReview;
    let title = match (decides, &published) {
        (true, _) => visit.say("work-review"),
        (false, Some(_)) => visit.say("work-changes"),
        (false, None) => visit.say("work-this-draft"),
    };
    let tongues = Tongues::of(visit, draft.record.kind(), &draft.body, None, None);
    let main = html! {
        div.head { h1 { (title) } p { (named(visit, draft)) } }
        (steps(visit, draft))
        p.row {
            span { (visit.tell("work-saved-by", &[("name", (&*draft.saved_by).into())])) }
            (visit.ago_html(draft.saved_at))
            span { (visit.say("work-audience")) (visit.say("colon")) (audience_name(visit, draft.audience)) }
        }
        (told(visit, draft, published.as_ref(), &tongues))
        section.sec aria-labelledby="open" {
            h2 #open { (visit.say("work-checks")) }
            (mending_list(at, draft, &tongues))
        }
        @if decides { (decision(at, draft, refused)) }
        @if !decides {
            p { a.btn.line href=(visit.path(&path_of(draft))) { (visit.say("work-go-on")) } }
        }
    };
    Ok(page(visit, title, main).under(path_of(draft), visit.say("work-edit")))
}

/// A new record whole, of a published one what changed.
fn told(visit: &Visit, draft: &Draft, published: Option<&Present>, tongues: &Tongues) -> Markup {
    let kind = draft.record.kind();
    html! {
        @match published.and_then(|published| Some((published.number, published.body.as_ref()?))) {
            Some((number, body)) => section.sec aria-labelledby="changed" {
                h2 #changed { (visit.say("work-changed")) }
                div {
                    @let number = number.to_string();
                    @let sides = Sides {
                        before: visit.label("work-version-short", &[("number", (&number).into())]),
                        after: visit.say("work-this-draft"),
                    };
                    (differences::list(visit, kind, &crate::editorial::differences(body, &draft.body), &sides))
                }
            },
            None => {
                p.note { (visit.say("work-new-record")) }
                (record(visit, kind, &draft.body, &tongues.original))
                @for tag in tongues.present.iter().filter(|tag| **tag != tongues.original) {
                    details {
                        summary { (super::super::parts::terms::language(visit, tag)) }
                        (translation(visit, draft, tag))
                    }
                }
            }
        }
    }
}

/// The texts of one more language.
fn translation(visit: &Visit, draft: &Draft, tag: &crate::record::LanguageTag) -> Markup {
    let kind = draft.record.kind();
    let mut one = Map::new();
    for field in super::fields::fields(kind).iter().filter(|field| field.is_by_language()) {
        let texts = draft.body.get(field.member).and_then(serde_json::Value::as_object);
        if let Some(text) = texts.and_then(|texts| super::tongues::text(texts, tag)) {
            one.insert(field.member.to_owned(), serde_json::json!({ tag.as_str(): text }));
        }
    }
    let none = Map::new();
    let found = crate::editorial::differences(&none, &one);
    html! {
        @for found in &found {
            h3 { (differences::name(visit, kind, &found.field)) }
            (differences::side(visit, kind, &found.field, found.yours.as_ref()))
        }
    }
}

fn mending_list(at: &At<'_>, draft: &Draft, tongues: &Tongues) -> Markup {
    let checks = draft.checks();
    let visit = at.visit;
    html! {
        ul.plain {
            @for check in &checks {
                li.note.(if check.needed { "bad" } else { "warn" }) {
                    b { (visit.say(if check.needed { "work-needed" } else { "work-helpful" })) } " "
                    @if !check.field.is_empty() {
                        (differences::name(visit, draft.record.kind(), &check.field)) (visit.say("colon"))
                    }
                    (check.message(visit.language))
                }
            }
            @if checks.is_empty() { li.note.good { (visit.say("work-nothing-open")) } }
        }
        @if let Some((tag, id)) = mending::first_needed(draft, &checks, tongues) {
            @let to = tag.unwrap_or_else(|| tongues.to.clone());
            p { a href={ (visit.path(&format!("{}?to={to}", path_of(draft)))) "#" (id) } { (visit.say("work-mend")) } }
        }
    }
}

fn decision(at: &At<'_>, draft: &Draft, refused: Option<(&str, &[String])>) -> Markup {
    let visit = at.visit;
    let path = |end: &str| visit.path(&format!("{}{end}", path_of(draft)));
    let (comment, told) = refused.unwrap_or(("", &[]));
    html! {
        section.sec aria-labelledby="decide" {
            h2 #decide { (visit.say("work-decide")) }
            div {
                p.row {
                    a.btn href=(path("/publish")) { (visit.say("work-publish")) }
                    a.btn.line href=(path("")) { (visit.say("work-edit-first")) }
                }
                form method="post" action=(path("/review")) {
                    input type="hidden" name="revision" value=(draft.revision);
                    label.label for="comment" { (visit.say("work-return-label")) }
                    p.quiet #comment-hint { (visit.say("work-return-hint")) }
                    @if !told.is_empty() {
                        div.note.bad #comment-told { @for sentence in told { p { (sentence) } } }
                    }
                    textarea #comment name="comment" rows="4"
                        aria-describedby=(if told.is_empty() { "comment-hint" } else { "comment-hint comment-told" })
                        aria-invalid=[(!told.is_empty()).then_some("true")] { (comment) }
                    p { button.btn.line { (visit.say("work-return")) } }
                }
            }
        }
    }
}

/// `POST …/drafts/{draft}/review`: sends it back.
pub(super) async fn send_back(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Editor)?;
    let draft = at.draft().await?;
    let comment = visit.field("comment");
    match at.desk.return_to_author(&draft.record, &comment, expected(&visit)).await {
        Ok(_) => Ok(Reply::Go(visit.path("/workbench?done=returned"), Vec::new())),
        Err(DeskError::Refused(checks)) => {
            let told: Vec<String> = checks.iter().map(|check| check.message(visit.language)).collect();
            let content = content(&at, &draft, Some((&comment, &told))).await?;
            Ok(content.status(StatusCode::UNPROCESSABLE_ENTITY).into())
        }
        Err(fault) => at.refused(fault, &format!("{}/review", path_of(&draft))),
    }
}

/// `GET …/drafts/{draft}/publish`: asks once, and names the effect.
pub(super) async fn ask_to_publish(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Editor)?;
    let draft = at.draft().await?;
    let published = at.desk.published(&draft.record).await?;
    let tongues = Tongues::of(&visit, draft.record.kind(), &draft.body, None, None);
    let checks = draft.checks();
    let is_whole = checks.iter().all(|check| !check.needed);
    let main = html! {
        div.head { h1 { (visit.say("work-publish-title")) } p { (named(&visit, &draft)) } }
        (steps(&visit, &draft))
        @if is_whole {
            div.note {
                p { b { (visit.say("work-publish-effect")) } }
                p { (visit.say("work-publish-signed")) }
                p { (visit.say("work-audience")) (visit.say("colon")) (audience_name(&visit, draft.audience)) }
            }
            form method="post" action=(visit.path(&format!("{}/publish", path_of(&draft)))) {
                input type="hidden" name="revision" value=(draft.revision);
                p.row {
                    button.btn { (visit.say("work-publish-now")) }
                    a href=(visit.path(&path_of(&draft))) { (visit.say("work-go-on")) }
                }
            }
        } @else {
            div.note.bad { p { (visit.say("work-done-needed")) } }
            (mending_list(&at, &draft, &tongues))
        }
        (told(&visit, &draft, published.as_ref(), &tongues))
    };
    let content = page(&visit, visit.say("work-publish-title"), main);
    Ok(content.under(path_of(&draft), visit.say("work-edit")).into())
}

/// `POST …/drafts/{draft}/publish`.
pub(super) async fn publish(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Editor)?;
    let draft = at.draft().await?;
    match at.desk.publish(&draft.record, expected(&visit)).await {
        Ok(()) => {
            visit.after_change().await;
            let key = at.desk.key(draft.record.sub());
            Ok(Reply::Go(visit.path(&format!("/workbench?done=published&record={key}")), Vec::new()))
        }
        Err(fault) => at.refused(fault, &format!("{}/review", path_of(&draft))),
    }
}
