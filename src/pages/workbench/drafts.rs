//! Beginning a draft, looking at it as it would be published, throwing it away.

use std::sync::Arc;

use axum::response::IntoResponse as _;
use maud::{Markup, html};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    super::{
        answer::{Answer, Reply},
        parts::{
            terms,
            text::{attribute, direction, markdown, shown},
        },
        visit::{Refusal, Visit},
    },
    at::{At, expected, kind_name, page, path_of, title_of},
    editor::{audience_name, steps},
    fields::{Field, Form, KINDS, fields},
    tongues::Tongues,
    value,
};
use crate::{
    access::Role,
    editorial::{Change, Draft, OwnRecord, Patch},
    record::{Kind, LanguageTag},
};

/// `POST /workbench/drafts`: begins a record. The form has the name of the record in it, so that it is begun once however
/// often it is sent.
pub(super) async fn begin(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let kind = Kind::parse(&visit.field("kind")).filter(|kind| KINDS.contains(kind)).ok_or(Refusal::NotFound)?;
    let uuid = Uuid::try_parse(&visit.field("uuid")).unwrap_or_else(|_| Uuid::now_v7());
    let record = OwnRecord::new(kind, uuid);
    let patch = Patch { changes: vec![("originalLanguage", Change::Set(visit.language.into()))], audience: None };
    match at.desk.begin(&record, &patch).await {
        Ok(Some(draft)) => Ok(Reply::Go(visit.path(&format!("{}?to={}", path_of(&draft), visit.language)), Vec::new())),
        Ok(None) => Ok(Reply::Go(visit.path("/workbench/records"), Vec::new())),
        Err(fault) => at.refused(fault, "/workbench"),
    }
}

/// `GET …/drafts/{draft}/preview`: the record as readers will see it, in one language.
pub(super) async fn preview(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let draft = at.draft().await?;
    let kind = draft.record.kind();
    let tongues = Tongues::of(&visit, kind, &draft.body, None, None);
    let wanted = visit.asked("language").and_then(|tag| LanguageTag::parse(&tag));
    let wanted = wanted.unwrap_or_else(|| tongues.original.clone());
    let title = title_of(&visit, kind, &draft.body);
    let main = html! {
        div.head {
            h1 { (visit.say("work-preview-title")) }
            p { (value::title(&visit, title)) }
        }
        (steps(&visit, &draft))
        div.speak {
            span { (visit.say("work-preview-in")) }
            @for tag in &tongues.present {
                @let name = terms::language(&visit, tag);
                @if *tag == wanted { b { (name) } } @else {
                    a href=(visit.path(&format!("{}/preview?language={tag}", path_of(&draft)))) { (name) }
                }
            }
        }
        (record(&visit, kind, &draft.body, &wanted))
        p.quiet { (visit.say("work-audience")) (visit.say("colon")) (audience_name(&visit, draft.audience)) }
        p.row {
            a.btn href=(visit.path(&format!("{}?to={wanted}", path_of(&draft)))) { (visit.say("work-go-on")) }
        }
    };
    let content = page(&visit, visit.say("work-preview-title"), main);
    Ok(content.under(path_of(&draft), visit.say("work-edit")).into())
}

/// All that is stated: texts in this language or the one that readers would get, then the facts.
pub(super) fn record(visit: &Visit, kind: Kind, body: &Map<String, Value>, wanted: &LanguageTag) -> Markup {
    let stated = || fields(kind).iter().filter(|field| body.contains_key(field.member));
    let facts = stated().filter(|field| !field.is_by_language());
    html! {
        @for field in stated().filter(|field| field.is_by_language()) { (text(visit, field, body, wanted)) }
        dl.facts {
            @for field in facts {
                div.fact {
                    dt { (visit.say(field.label)) }
                    dd { (value::value(visit, field.form, body.get(field.member))) }
                }
            }
        }
    }
}

fn text(visit: &Visit, field: &Field, body: &Map<String, Value>, wanted: &LanguageTag) -> Markup {
    let texts = body.get(field.member).and_then(Value::as_object);
    let tags = || texts.into_iter().flatten().filter_map(|(tag, _)| LanguageTag::parse(tag));
    let shown_tag = tags().find(|tag| tag == wanted).or_else(|| tags().next());
    let text = shown_tag.as_ref().zip(texts).and_then(|(tag, texts)| super::tongues::text(texts, tag));
    let writing = if let Form::Texts(writing) = field.form { writing } else { super::fields::Writing::Short };
    html! {
        section.sec aria-labelledby={ "p-" (field.member) } {
            h2 id={ "p-" (field.member) } { (visit.say(field.label)) }
            div.text {
                @match (text, &shown_tag) {
                    (Some(text), Some(tag)) => {
                        (value::text_in(writing, text, tag))
                        @if tag != wanted {
                            p.quiet {
                                (visit.tell("entry-other-language", &[
                                    ("wanted", (&terms::language(visit, wanted)).into()),
                                    ("shown", (&terms::language(visit, tag)).into()),
                                ]))
                            }
                        }
                    }
                    // The same in all languages.
                    _ => p { (shown(&super::choices::text_of(body.get(field.member)))) },
                }
            }
        }
    }
}

/// `POST /workbench/markdown`: a text as its page will show it, for a script that shows it while it is written.
pub(super) async fn fragment(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Contributor)?;
    let language = LanguageTag::parse(&visit.field("language")).unwrap_or_else(LanguageTag::english);
    let made = html! {
        div lang=(language) dir=(direction(&language)) { (markdown(&visit.field("text"))) }
    };
    let html = axum::response::Html(made.into_string());
    Ok(Reply::Raw(([(axum::http::header::CACHE_CONTROL, "no-store")], html).into_response()))
}

/// `GET …/drafts/{draft}/delete`: asks once.
pub(super) async fn ask_to_delete(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let draft = at.draft().await?;
    let main = html! {
        div.head { h1 { (visit.say("work-delete-title")) } p { (named(&visit, &draft)) } }
        p.text {
            @if draft.base_revision.is_some() { (visit.say("work-delete-published-stays")) }
            @else { (visit.say("work-delete-final")) }
        }
        form method="post" action=(visit.path(&format!("{}/delete", path_of(&draft)))) {
            input type="hidden" name="revision" value=(draft.revision);
            p.row {
                button.btn { (visit.say("work-delete")) }
                a href=(visit.path(&path_of(&draft))) { (visit.say("work-keep")) }
            }
        }
    };
    let content = page(&visit, visit.say("work-delete-title"), main);
    Ok(content.under(path_of(&draft), visit.say("work-edit")).into())
}

/// `POST …/drafts/{draft}/delete`.
pub(super) async fn delete(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let draft = at.draft().await?;
    match at.desk.discard(&draft.record, expected(&visit)).await {
        Ok(()) => Ok(Reply::Go(visit.path("/workbench?done=deleted"), Vec::new())),
        Err(fault) => at.refused(fault, &path_of(&draft)),
    }
}

/// Kind and title of a draft.
pub(super) fn named(visit: &Visit, draft: &Draft) -> Markup {
    let kind = draft.record.kind();
    html! {
        (attribute(&kind_name(visit, kind))) (visit.say("colon")) (value::title(visit, title_of(visit, kind, &draft.body)))
    }
}
