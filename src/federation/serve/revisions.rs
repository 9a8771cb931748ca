//! `POST revisions`: the latest revisions of a journal by their digests, as NDJSON (protocol §5). They are read from
//! the database while they are sent, so that memory does not grow with what is asked for.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{Extensions, HeaderMap, Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::{Value, json};

use super::{
    Serving, accept,
    ask::Ask,
    body,
    bounded::{TooSlow, Turn},
    problem::{Code, Problem},
};
use crate::{
    journal::{
        encoding::{base64url, hash_from_base64url},
        entry::Digest,
        jws::MAX_JWS,
        read,
    },
    record::json as strict,
    store::StoreError,
};

const NDJSON: &str = "application/x-ndjson";

/// Most digests in one request (protocol §5).
const MOST_DIGESTS: usize = 1000;

/// So many digests always fit, whatever `[listen] max_body` says: 1,000 of them take 46 KB.
const LEAST_BODY: usize = 64 * 1024;

/// After so many bytes an answer ends (protocol §5).
const ENOUGH: usize = 8 * 1024 * 1024;

/// How many revisions are read at once: at 256 KiB each they take 8 MiB.
const AT_ONCE: usize = 32;

pub(super) async fn answer(
    State(serving): State<Arc<Serving>>,
    headers: HeaderMap,
    uri: Uri,
    extensions: Extensions,
    body: Body,
) -> Result<Response, Problem> {
    accept::check(&headers, NDJSON)?;
    let ask = Ask::read(&uri, serving.hub.entity_id())?;
    let most = usize::try_from(serving.hub.config().listen.max_body).unwrap_or(usize::MAX).max(LEAST_BODY);
    // Read before anything is refused: a connection closed over an unread body can lose the answer.
    let body = body::read(body, most).await;
    let journal = serving.journal(&ask, &headers).await?;
    let wanted = digests(&body?)?;
    let turn = serving.turns.turn(&extensions).await?;
    let batch =
        Batch { serving, journal: journal.id, left: wanted, passed: 0, missing: Vec::new(), ended: false, turn };
    Ok(([(CONTENT_TYPE, NDJSON)], Body::from_stream(stream::try_unfold(batch, Batch::next))).into_response())
}

/// The digests asked for, each once, in order.
fn digests(body: &[u8]) -> Result<VecDeque<Digest>, Problem> {
    let form = || Problem::bad_request("the body is not {\"digests\": [\"base64url of a SHA-256\", …]}");
    let asked = strict::parse(body, 8).map_err(|_| form())?;
    let asked = asked.get("digests").and_then(Value::as_array).ok_or_else(form)?;
    if asked.len() > MOST_DIGESTS {
        return Err(Problem::new(Code::TooLarge, "a request names at most 1,000 digests"));
    }
    let mut seen = HashSet::new();
    let mut wanted = VecDeque::with_capacity(asked.len());
    for text in asked {
        let digest = text.as_str().and_then(hash_from_base64url).ok_or_else(form)?;
        if seen.insert(digest) {
            wanted.push_back(digest);
        }
    }
    Ok(wanted)
}

/// An answer under way.
struct Batch {
    serving: Arc<Serving>,
    journal: i32,
    left: VecDeque<Digest>,
    passed: usize,
    missing: Vec<Digest>,
    ended: bool,
    turn: Turn,
}

/// Why an answer breaks off; its reader sees that the last line is missing.
#[derive(Debug, thiserror::Error)]
enum BrokenOff {
    #[error(transparent)]
    TooSlow(#[from] TooSlow),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Batch {
    /// The next lines.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, BrokenOff> {
        if self.ended {
            return Ok(None);
        }
        self.turn.check()?;
        let chunk: Vec<Digest> = self.left.drain(..self.left.len().min(AT_ONCE)).collect();
        let store = self.serving.hub.store();
        let mut found: HashMap<Digest, String> =
            read::revisions(store, self.journal, &chunk).await?.into_iter().collect();
        let mut lines = Vec::new();
        let mut left_off = false;
        for digest in chunk {
            if self.passed > ENOUGH {
                left_off = true;
                break;
            }
            match found.remove(&digest).filter(|jws| jws.len() <= MAX_JWS) {
                Some(jws) => self.passed += line(&mut lines, &json!({"jws": jws})),
                None => self.missing.push(digest),
            }
        }
        left_off |= self.passed > ENOUGH && !self.left.is_empty();
        if left_off || self.left.is_empty() {
            self.ended = true;
            let missing = || self.missing.iter().map(|digest| base64url(digest)).collect::<Vec<_>>();
            let last = if left_off { json!({"more": true}) } else { json!({"more": false, "missing": missing()}) };
            line(&mut lines, &last);
        }
        Ok(Some((lines.into(), self)))
    }
}

/// Puts a line at the end; gives its length.
fn line(lines: &mut Vec<u8>, value: &Value) -> usize {
    let before = lines.len();
    lines.extend_from_slice(value.to_string().as_bytes());
    lines.push(b'\n');
    lines.len() - before
}
