//! `POST hint`: a peer says that it has news (protocol §5).

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};

use super::{ONCE_A_MINUTE, Serving, problem::Problem};

pub(super) async fn take(State(serving): State<Arc<Serving>>, headers: HeaderMap) -> Result<StatusCode, Problem> {
    let caller = serving.active_caller(&headers)?;
    if caller != serving.hub.entity_id() {
        let now = serving.hub.now();
        let mut hints = serving.hints.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if has_effect(&mut hints, &caller, now) {
            drop(hints);
            serving.hub.want(&caller);
        }
    }
    Ok(StatusCode::ACCEPTED)
}

/// At most one hint a minute and peer. Older ones are forgotten, so that the memory is bounded by who is active now.
fn has_effect(hints: &mut HashMap<String, i64>, caller: &str, now: i64) -> bool {
    // One ahead of now was noted before the clock was set back.
    hints.retain(|_, at| (0..ONCE_A_MINUTE).contains(&now.saturating_sub(*at)));
    let first = !hints.contains_key(caller);
    if first {
        hints.insert(caller.to_owned(), now);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_hint_a_minute_and_peer_has_effect() {
        let mut hints = HashMap::new();
        assert!(has_effect(&mut hints, "a", 0));
        assert!(!has_effect(&mut hints, "a", 59_999));
        assert!(has_effect(&mut hints, "b", 59_999));
        assert!(has_effect(&mut hints, "a", 60_000));
        assert_eq!(hints.len(), 2);
        assert!(has_effect(&mut hints, "a", -1), "after the clock was set back");
    }
}
