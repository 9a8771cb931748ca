//! Records from a spreadsheet: a file is sent, every row of it is looked at, and what was looked at is published. Editors.

mod kept;
mod looking;
mod template;

use std::{path::Path, sync::Arc};

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use maud::{Markup, html};
use uuid::Uuid;

use super::{
    super::{
        answer::{Answer, Reply},
        content::Content,
        parts::text::shown,
        visit::{Refusal, Visit},
    },
    at::page,
    fields::KINDS,
    records::plural,
};
pub(super) use kept::Kept;
use kept::Looked;
pub(super) use looking::{publish, show as preview};
pub(super) use template::send as template;

use crate::{
    access::Role,
    hub::Hub,
    import::{self, Effect, Format, Outcome, kind_of_name},
    record::Kind,
};

/// Lets editors send a file; everybody else's form stays as small as any.
pub(super) async fn widen(State(hub): State<Arc<Hub>>, mut request: Request, next: Next) -> Response {
    let person = match hub.access().cookie_value(request.headers()) {
        // A database that does not answer is met by the page itself.
        Some(cookie) => hub.access().session(cookie, hub.now()).await.ok().flatten(),
        None => None,
    };
    if person.is_some_and(|person| person.role >= Role::Editor) {
        let most = usize::try_from(hub.config().listen.max_upload).unwrap_or(usize::MAX);
        DefaultBodyLimit::max(most).apply(&mut request);
    }
    next.run(request).await
}

/// `GET /workbench/import`.
pub(super) async fn ask(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Editor)?;
    Ok(form(&visit, None).into())
}

fn form(visit: &Visit, told: Option<Markup>) -> Content {
    let most = visit.number(visit.hub.config().listen.max_upload >> 20);
    let main = html! {
        div.head { h1 { (visit.say("work-import")) } p { (visit.say("work-import-lead")) } }
        @if let Some(told) = &told { div.note.bad #told role="alert" { (told) } }
        section.sec aria-labelledby="send" {
            h2 #send { (visit.say("work-import-send")) }
            form method="post" enctype="multipart/form-data" action=(visit.path("/workbench/import")) {
                p.text { (visit.say("work-import-nothing-yet")) }
                p {
                    label.label for="kind" { (visit.say("work-import-kind")) }
                    select #kind name="kind" {
                        option value="" { (visit.say("work-import-kind-of-file")) }
                        @for kind in KINDS { option value=(kind.as_str()) { (plural(visit, kind)) } }
                    }
                }
                p {
                    label.label for="file" { (visit.say("work-import-file")) }
                    span.quiet #file-hint { (visit.tell("work-import-file-hint", &[("size", (&most).into())])) }
                    br;
                    input #file name="file" type="file" required accept=".csv,.tsv,.xlsx,.json,.jsonl,.ndjson"
                        aria-describedby=(if told.is_some() { "file-hint told" } else { "file-hint" });
                }
                button.btn { (visit.say("work-import-look")) }
            }
        }
        section.sec aria-labelledby="templates" {
            h2 #templates { (visit.say("work-import-templates")) }
            div {
                p.text { (visit.say("work-import-templates-lead")) }
                ul.plain {
                    @for kind in KINDS {
                        li {
                            (plural(visit, kind)) (visit.say("colon"))
                            @for ending in ["xlsx", "csv"] {
                                a href=(visit.path(&format!("/workbench/import/template/{}.{ending}", kind.plural()))) {
                                    (ending.to_uppercase()) span.vh { (visit.say("colon")) (plural(visit, kind)) }
                                } " "
                            }
                        }
                    }
                }
            }
        }
    };
    page(visit, visit.say("work-import"), main)
}

/// What was sent.
#[derive(Default)]
struct Upload {
    kind: Option<Kind>,
    name: String,
    bytes: Vec<u8>,
}

/// `POST /workbench/import`: every row is looked at, nothing is written.
pub(super) async fn look(visit: Arc<Visit>, kept: Arc<Kept>) -> Answer {
    let (person, _) = visit.by(Role::Editor)?;
    let refused = |told: Markup| Ok(form(&visit, Some(told)).status(StatusCode::UNPROCESSABLE_ENTITY).into());
    let Some(upload) = upload(&visit).await else { return refused(html! { p { (visit.say("work-import-no-file")) } }) };
    if upload.bytes.is_empty() {
        return refused(html! { p { (visit.say("work-import-no-file")) } });
    }
    let Ok(_turn) = kept.turns.try_acquire() else { return Err(Refusal::Busy(10)) };
    let Upload { kind, name, bytes } = upload;
    let kind = kind.or_else(|| kind_of_name(Path::new(&name)));
    let size = bytes.len();
    let format = Format::of(Path::new(&name), &bytes);
    let read = tokio::task::spawn_blocking(move || import::read(format, &bytes, kind)).await;
    let rows = match read {
        Ok(Ok(rows)) => rows,
        Ok(Err(unreadable)) => return refused(unread(&visit, &unreadable.to_string())),
        Err(fault) => {
            tracing::error!("a file could not be read: {fault}");
            return Err(Refusal::Fault);
        }
    };
    let preview = import::preview(&visit.hub, kind, rows).await?;
    let effects = effects(&preview);
    let id = Uuid::new_v8(fastrand::u128(..).to_be_bytes());
    let looked =
        Looked { id, by: person.name.clone(), at: visit.now, name, size, preview, effects, outcome: None.into() };
    kept.keep(Arc::new(looked));
    Ok(Reply::Go(visit.path(&format!("/workbench/import/{id}")), Vec::new()))
}

/// What is said to do, of what can be published.
fn effects(preview: &import::Preview) -> Vec<Effect> {
    let taken = preview.rows.iter().filter_map(|row| match &row.outcome {
        Outcome::Taken(effect) => Some(effect.clone()),
        Outcome::Refused { .. } => None,
    });
    taken.collect()
}

/// The reader of files speaks English, as it does on the command line.
fn unread(visit: &Visit, why: &str) -> Markup {
    html! {
        p { b { (visit.say("work-import-unread")) } }
        p lang="en" dir="ltr" { (shown(why)) }
    }
}

/// The file and the kind, out of the form as browsers send files.
async fn upload(visit: &Visit) -> Option<Upload> {
    let mut request = Request::new(Body::from(visit.body.clone()));
    *request.headers_mut() = visit.headers.clone();
    // It was bounded when it came.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let mut upload = Upload::default();
    while let Some(field) = form.next_field().await.ok()? {
        match field.name() {
            Some("kind") => upload.kind = Kind::parse(&field.text().await.ok()?).filter(|kind| KINDS.contains(kind)),
            Some("file") => {
                let name: String = field.file_name().unwrap_or_default().chars().take(200).collect();
                (upload.name, upload.bytes) = (name, field.bytes().await.ok()?.to_vec());
            }
            _ => {}
        }
    }
    Some(upload)
}
