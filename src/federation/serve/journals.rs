//! `GET journals`: what this instance serves (protocol §5).

use std::{collections::HashSet, sync::Arc};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Serving, accept, conditional, problem::Problem, served::refusal};
use crate::{journal::read, record::Audience, register::peers, store::journals};

const JSON: &str = "application/json";

pub(super) async fn list(State(serving): State<Arc<Serving>>, headers: HeaderMap) -> Result<Response, Problem> {
    accept::check(&headers, JSON)?;
    let member = match serving.active_caller_if_any(&headers)? {
        Some(caller) => !serving.has_blocked(&caller).await?,
        None => false,
    };
    let rows = served(&serving, member).await?;
    // Without `confirmedAt`, which moves on although nothing has changed.
    let mut list: Vec<Value> = rows
        .iter()
        .map(|row| json!({"origin": row.origin, "audience": row.audience, "checkpoint": row.checkpoint}))
        .collect();
    let etag = conditional::etag_of(Value::from(list.clone()).to_string().as_bytes());
    if conditional::is_held(&headers, &etag) {
        return Ok(conditional::not_modified(&etag));
    }
    for (listed, row) in list.iter_mut().zip(&rows) {
        listed["confirmedAt"] = confirmed_at(&serving, row).into();
    }
    Ok((conditional::headers(JSON, etag), Value::from(list).to_string()).into_response())
}

async fn served(serving: &Serving, member: bool) -> Result<Vec<journals::Model>, Problem> {
    let store = serving.hub.store();
    let blocked: HashSet<String> =
        peers::all(store).await?.into_iter().filter(|peer| peer.blocked).map(|peer| peer.entity_id).collect();
    let stale = member && serving.register_is_stale().await?;
    let trust = serving.hub.trust();
    let mut rows = read::journals(store).await?;
    rows.retain(|row| {
        let audience_may = member || row.audience == Audience::Public.as_str();
        audience_may && row.checkpoint.is_some() && refusal(&trust, row, blocked.contains(&row.origin), stale).is_none()
    });
    Ok(rows)
}

/// When this instance last knew the checkpoint to be the origin's latest: of its own, now.
fn confirmed_at(serving: &Serving, row: &journals::Model) -> Option<String> {
    let now = serving.hub.now();
    let milliseconds = match row.origin == serving.hub.entity_id() {
        true => now,
        false => row.confirmed_at.or(row.signed_at.map(|seconds| seconds.saturating_mul(1000).min(now)))?,
    };
    Some(format!("{:.3}", Timestamp::from_millisecond(milliseconds).ok()?))
}
