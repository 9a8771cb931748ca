//! What is pressed in the editor: all of it saves first, and then goes where the button says. A script saves at the same
//! address and is told in JSON what became of it.

use std::sync::Arc;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Map, Value, json};

use super::{
    super::{
        answer::{Answer, Reply},
        parts::entry::encoded,
        visit::{Refusal, Visit},
    },
    at::{At, expected, path_of},
    conflict, editor,
    mending::{self, first_needed},
    sent::{Sent, as_if, leave, leave_untouched, seen},
    tongues::Tongues,
    value,
};
use crate::{
    access::Role,
    editorial::{Check, DeskError, Draft, Patch},
    record::{Kind, LanguageTag},
};

/// Most fields of a form; the largest one has some hundreds.
const MOST_FIELDS: usize = 5_000;

/// `POST …/drafts/{draft}`.
pub(super) async fn save(visit: Arc<Visit>) -> Answer {
    let at = At::by(&visit, Role::Contributor)?;
    let draft = at.draft().await?;
    let sent = Sent(visit.form().take(MOST_FIELDS).collect());
    let (pressed, _) = sent.pressed();
    let reference = |id: &str, kind: Kind| named(&visit, &draft.body, id, kind);
    // Who types words to look for has not written an address that cannot be read.
    let is_looking = matches!(pressed, "look" | "autosave");
    let (mut patch, mut refused) = sent.patch(draft.record.kind(), is_looking, &reference);
    for (name, _) in sent.0.iter().filter(|(_, choice)| choice == "theirs") {
        if let Some(path) = name.strip_prefix("keep:") {
            leave(&mut patch, path);
        }
    }
    leave_untouched(&mut patch, &sent, &draft.body);
    let body = as_if(&patch, &draft.body);
    let saved = match refused.is_empty() {
        true => store(&at, &draft, &patch, &body).await,
        false => Err(DeskError::Refused(std::mem::take(&mut refused))),
    };
    match saved {
        Ok(saved) if pressed == "autosave" => Ok(Reply::Raw(told(&visit, &saved, &sent))),
        Ok(saved) => {
            // Who has saved nothing may not have seen what somebody else saved.
            let number = if saved.revision == draft.revision { expected(&visit) } else { saved.revision };
            after(&at, &saved, number, &sent).await
        }
        Err(fault) if pressed == "autosave" => not_told(&visit, &draft, fault),
        Err(DeskError::Conflict(conflict)) => Ok(conflict::page(&at, &draft, &sent, &conflict).into()),
        Err(DeskError::Refused(checks)) => editor::again(&at, &draft, &body, &sent, checks).await,
        Err(fault) => at.refused(fault, &path_of(&draft)),
    }
}

/// Saves where something was changed: a button alone takes no draft back from review and makes no new number.
async fn store(at: &At<'_>, draft: &Draft, patch: &Patch, body: &Map<String, Value>) -> Result<Draft, DeskError> {
    match *body == draft.body && patch.audience.is_none_or(|audience| audience == draft.audience) {
        true => Ok(draft.clone()),
        false => at.desk.save(&draft.record, patch, expected(at.visit)).await,
    }
}

/// How a body names the record of an id. What it names already stays, also where it is not shown here.
fn named(visit: &Visit, body: &Map<String, Value>, id: &str, kind: Kind) -> Option<Value> {
    let present = body.values().flat_map(|value| match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    });
    let mut present = present.filter(|value| value.is_string() || value.get("iss").is_some());
    let known = present.find(|value| value::key_of(visit, value).is_some_and(|key| key.to_string() == id));
    known.cloned().or_else(|| visit.hub.reference(id, kind))
}

/// Where the button leads.
async fn after(at: &At<'_>, draft: &Draft, number: u32, sent: &Sent) -> Answer {
    let (pressed, rest) = sent.pressed();
    let tongues = Tongues::of(at.visit, draft.record.kind(), &draft.body, sent.one("from"), sent.one("to"));
    let here = |query: &str| at.visit.path(&format!("{}?{}{query}", path_of(draft), tongues.query()));
    let go = |path: String| Ok(Reply::Go(path, Vec::new()));
    match pressed {
        "preview" => go(at.visit.path(&format!("{}/preview?language={}", path_of(draft), tongues.to))),
        "publish" => go(at.visit.path(&format!("{}/publish", path_of(draft)))),
        "submit" => submit(at, draft, number, sent, &tongues).await,
        "show" if !rest.is_empty() => {
            let (tag, id) = rest.split_once(':').unwrap_or((rest, ""));
            let Some(tag) = LanguageTag::parse(tag) else { return Err(Refusal::NotFound) };
            go(at.visit.path(&format!("{}?to={tag}#{}", path_of(draft), fragment(id))))
        }
        "more" => go(here(&format!("#{}", fragment(rest)))),
        "look" => {
            let words = sent.one(&format!("{rest}.add")).unwrap_or_default();
            go(here(&format!("&look={}&words={}#{}", encoded(rest), encoded(words), mending::id(rest))))
        }
        _ => go(here("&done=saved")),
    }
}

/// Only what ids of fields are made of.
fn fragment(id: &str) -> String {
    id.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(80).collect()
}

/// Hands it in; where something is missing it is shown, and the first of it is gone to.
async fn submit(at: &At<'_>, draft: &Draft, number: u32, sent: &Sent, tongues: &Tongues) -> Answer {
    match at.desk.submit(&draft.record, number).await {
        Ok(_) => Ok(Reply::Go(at.visit.path("/workbench?done=submitted"), Vec::new())),
        Err(DeskError::Refused(_)) => {
            let first = first_needed(draft, &draft.checks(), tongues);
            let (to, id) = first.unwrap_or((None, "main".to_owned()));
            let query = to.map_or_else(|| tongues.query(), |tag| format!("to={tag}"));
            let path = at.visit.path(&format!("{}?{query}&done=needed#{id}", path_of(draft)));
            Ok(Reply::Go(path, Vec::new()))
        }
        Err(DeskError::Conflict(conflict)) => Ok(conflict::page(at, draft, sent, &conflict).into()),
        Err(fault) => at.refused(fault, &path_of(draft)),
    }
}

/// What a script is told of a save.
fn told(visit: &Visit, draft: &Draft, sent: &Sent) -> Response {
    let tongues = Tongues::of(visit, draft.record.kind(), &draft.body, sent.one("from"), sent.one("to"));
    let checks = mending::list(visit, draft, &draft.checks(), &tongues).into_string();
    let state = editor::state_name(visit, draft.state);
    let seen = seen(draft.record.kind(), &draft.body, draft.audience, &tongues.to);
    answer(StatusCode::OK, &json!({ "revision": draft.revision, "seen": seen, "checks": checks, "state": state }))
}

/// What a script is told where nothing was saved: the page that the button leads to says it in full.
fn not_told(visit: &Visit, draft: &Draft, fault: DeskError) -> Answer {
    let (status, said) = match &fault {
        DeskError::Conflict(_) => (StatusCode::CONFLICT, conflict::sentence(visit, draft)),
        DeskError::Refused(checks) => {
            let said: Vec<String> = checks.iter().map(|check: &Check| check.message(visit.language)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, said.join(" "))
        }
        _ => {
            tracing::warn!("a draft could not be saved: {fault}");
            (StatusCode::SERVICE_UNAVAILABLE, visit.say("work-save-failed"))
        }
    };
    let see = visit.say("work-see-both");
    Ok(Reply::Raw(answer(status, &json!({ "said": said, "see": see }))))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}
