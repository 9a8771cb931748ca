//! `GET state`: the checkpoint of a journal and the entries since a `seq`, of one moment (protocol §5).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{Extensions, HeaderMap, Uri},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    Serving, accept,
    ask::Ask,
    bounded, conditional,
    problem::{Code, Problem},
};
use crate::journal::{checkpoint, encoding::base64url, entry::Entries, read};

const JSON: &str = "application/json";

#[derive(Serialize)]
struct Answer<'a> {
    checkpoint: &'a str,
    entries: String,
}

pub(super) async fn answer(
    State(serving): State<Arc<Serving>>,
    headers: HeaderMap,
    uri: Uri,
    extensions: Extensions,
) -> Result<Response, Problem> {
    accept::check(&headers, JSON)?;
    let ask = Ask::read(&uri, serving.hub.entity_id())?;
    let journal = serving.journal(&ask, &headers).await?;
    let etag = checkpoint::etag(&journal.checkpoint);
    if conditional::is_held(&headers, &etag) {
        return Ok(conditional::not_modified(&etag));
    }
    let turn = serving.turns.turn(&extensions).await?;
    let state = read::state(serving.hub.store(), journal.id, ask.since).await?;
    let (checkpoint, entries) =
        state.ok_or(Problem::new(Code::UnknownJournal, "this instance holds no such journal"))?;
    // It can be another one than a moment ago, and goes with these entries.
    let etag = checkpoint::etag(&checkpoint);
    // The list of a large journal takes its time: off the async threads.
    let written = tokio::task::spawn_blocking(move || write(&checkpoint, &entries)).await;
    let bytes = written.map_err(|_| Problem::new(Code::Internal, "the answer could not be written"))?;
    Ok((conditional::headers(JSON, etag), bounded::body(bytes, turn)).into_response())
}

fn write(checkpoint: &str, entries: &Entries) -> Bytes {
    let answer = Answer { checkpoint, entries: base64url(&entries.to_bytes()) };
    serde_json::to_vec(&answer).expect("two texts can be written as JSON").into()
}
