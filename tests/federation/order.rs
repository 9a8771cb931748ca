//! Which of two states counts: an older one, two of one number, one that goes back, one by a key that is retired, one
//! that a relay has changed.

use nmirf_hub::{
    catalog::SyncState,
    federation::rounds::RoundEnd,
    journal::{
        encoding::{base64url, from_base64url},
        key::{KeySet, KeyStatus},
        signing::SigningKey,
    },
};
use serde_json::json;

use crate::{
    forged::Forged,
    instance::{Instance, MINUTE, practices, put},
    lies::{the_round_fails, the_truth_heals, with_one_practice},
    support::{Answer, Deed},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_behind_is_no_failure() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let old = Forged::of(morocco).with(1..2);
    portugal.pull(morocco).await;
    let held = portugal.root(morocco).await;
    let mut old = old;
    old.seq -= 1_000_000;
    morocco.gate.say("/state", old.state());
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Behind), "{end:?}");
    let row = portugal.row(morocco).await;
    assert_eq!((row.failures, row.fault), (0, None));
    assert_eq!((portugal.state(morocco), portugal.root(morocco).await), (SyncState::Current, held));
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_states_of_one_seq_are_kept_as_evidence_until_the_case_is_closed() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    portugal.pull(morocco).await;
    let row = portugal.row(morocco).await;
    let held = row.checkpoint.clone().unwrap();
    let mut forged = Forged::of(morocco).with(1..6);
    forged.seq = row.seq.unwrap().unsigned_abs();
    let other = forged.checkpoint();
    morocco.gate.say("/state", forged.state());
    let sentence =
        "The origin signed two different states under one seq; both are kept as evidence. See `nmirf-hub peer show`.";
    the_round_fails(&network, SyncState::Conflict, sentence).await;
    assert_eq!(portugal.copy(morocco).conflict.unwrap().checkpoints, [held.clone(), other.clone()]);
    let conflict = portugal.ask("{ instances { nodes { country sync { state conflict { checkpoints } } } } }").await;
    let nodes = conflict["instances"]["nodes"].as_array().unwrap();
    let shown = nodes.iter().find(|node| node["country"] == "MA").unwrap();
    assert_eq!(shown["sync"], json!({"state": "CONFLICT", "conflict": {"checkpoints": [held, other]}}));
    // A higher seq is adopted again; the case stays open.
    morocco.gate.honest();
    network.later(MINUTE);
    morocco.publish(vec![put(1, "third")]).await;
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    assert_eq!(portugal.practices().await, practices(&[(1, "third"), (2, "second")]));
    assert_eq!(portugal.state(morocco), SyncState::Conflict);
    portugal.run(&["peer", "close-conflict", morocco.id()]).done();
    portugal.hub().catch_up().await.unwrap();
    assert_eq!(portugal.state(morocco), SyncState::Current);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_shows_a_second_state_of_one_seq_is_found_by_the_look() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    portugal.pull(morocco).await;
    let mut forged = Forged::of(morocco).with(1..6);
    forged.seq = portugal.row(morocco).await.seq.unwrap().unsigned_abs();
    let listed = json!([{"origin": morocco.id(), "audience": "public", "checkpoint": forged.checkpoint()}]);
    network.coordinator().gate.say("/journals", Answer::json(&listed));
    nmirf_hub::federation::look::look_at(portugal.hub(), network.coordinator().id()).await;
    portugal.hub().catch_up().await.unwrap();
    assert_eq!(portugal.state(morocco), SyncState::Conflict);
    assert_eq!(portugal.practices().await, practices(&[(1, "second"), (2, "second")]), "what was held stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_offers_a_second_state_of_one_seq_gives_the_evidence() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    network.coordinator().pull(morocco).await;
    portugal.pull(morocco).await;
    let mut forged = Forged::of(morocco).with(1..6);
    forged.seq = portugal.row(morocco).await.seq.unwrap().unsigned_abs();
    let (held, other) = (portugal.row(morocco).await.checkpoint.unwrap(), forged.checkpoint());
    morocco.gate.rule(|_| Deed::Drop);
    let (lie, id) = (forged.state(), morocco.id().replace(':', "%3A").replace('/', "%2F"));
    network.coordinator().gate.rule(move |asked| match asked.path.ends_with("/state") && asked.query.contains(&id) {
        true => Deed::Say(lie.clone()),
        false => Deed::Pass,
    });
    for _ in 0..3 {
        portugal.pull(morocco).await;
    }
    assert_eq!(portugal.state(morocco), SyncState::Conflict);
    assert_eq!(portugal.copy(morocco).conflict.unwrap().checkpoints, [held, other]);
    assert_eq!(portugal.practices().await, practices(&[(1, "second"), (2, "second")]), "what was held stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_origin_that_was_rolled_back_is_not_followed() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    portugal.pull(morocco).await;
    // Record 1 is held at revision 2; now revision 1 comes again under a newer checkpoint.
    let forged = Forged::of(morocco).with(1..3);
    forged.instead_of(morocco);
    let (held, before) = (portugal.root(morocco).await, portugal.practices().await);
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Failed(_)));
    assert_eq!((portugal.state(morocco), portugal.root(morocco).await), (SyncState::Diverged, held));
    assert_eq!(portugal.practices().await, before);
    let sentence = portugal.sentence(morocco);
    assert!(
        sentence.contains("goes back to revision 1, 2 was held: the origin was rolled back to an old state"),
        "{sentence}"
    );
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_answer_that_is_replayed_changes_nothing() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let saved: std::sync::Arc<std::sync::Mutex<Option<Answer>>> = std::sync::Arc::default();
    let keep = saved.clone();
    morocco.gate.change("/state", move |answer| {
        keep.lock().unwrap().get_or_insert(answer.clone());
        answer
    });
    portugal.pull(morocco).await;
    network.later(MINUTE);
    morocco.publish(vec![put(3, "third")]).await;
    portugal.pull(morocco).await;
    let held = portugal.root(morocco).await;
    let old = saved.lock().unwrap().clone().unwrap();
    morocco.gate.say("/state", old);
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Behind));
    assert_eq!(portugal.root(morocco).await, held);
    assert_eq!(portugal.count().await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_retired_signs_no_checkpoint_any_more() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let mut keys = KeySet::of(morocco.key().public().clone(), KeyStatus::Retired);
    keys.add(SigningKey::generate().public().clone(), KeyStatus::Current);
    network.coordinator().publish(vec![morocco.membership_with(1, "active", &keys)]).await;
    portugal.pull(network.coordinator()).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]), "what it signed before is shown");
    let sentence = "What was offered as a checkpoint is none: signed by a key that is retired.";
    the_round_fails(&network, SyncState::Failing, sentence).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_cannot_change_what_an_origin_said() {
    let mut network = with_one_practice().await;
    network.coordinator().pull(network.national("MA")).await;
    network.all[1].stop().await;
    let fresh = Instance::new(Some("PY"), Some(network.coordinator()), false).await;
    network.coordinator().publish(vec![fresh.membership(3, "active")]).await;
    network.all.push(fresh);
    network.all[3].answer().await;
    let (morocco, paraguay) = (network.national("MA"), network.national("PY"));
    paraguay.pull(network.coordinator()).await;
    // Each relay leaves a record out.
    let leave_out = |relay: &Instance| {
        let id = morocco.id().replace(':', "%3A").replace('/', "%2F");
        relay.gate.rule(move |asked| match asked.path.ends_with("/state") && asked.query.contains(&id) {
            true => Deed::Change(Box::new(|answer| {
                let mut value = answer.value();
                let bytes = from_base64url(value["entries"].as_str().unwrap()).unwrap();
                value["entries"] = base64url(&bytes[64..]).into();
                Answer::json(&value)
            })),
            false => Deed::Pass,
        });
    };
    leave_out(network.coordinator());
    leave_out(network.national("PT"));
    let end = paraguay.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Failed(_)), "{end:?}");
    assert_eq!(paraguay.count().await, 0);
    // One honest relay is enough.
    network.coordinator().gate.honest();
    paraguay.pull(morocco).await;
    assert_eq!(paraguay.practices().await, practices(&[(1, "second"), (2, "second")]));
}
