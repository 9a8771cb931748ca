//! Who is believed and served: the register and the anchor decide, within one round.

use nmirf_hub::{
    catalog::SyncState,
    config::{PinnedKey, PinnedStatus},
    federation::{look, rounds::RoundEnd},
    journal::{
        anchor::sign_link,
        checkpoint::Checkpoint,
        entry::Entries,
        key::{KeySet, KeyStatus},
        publish::{self, STOPPED},
        read,
        signing::SigningKey,
    },
    record::Audience,
};
use serde_json::{Value, json};

use crate::{
    forged::{Forged, state},
    instance::{Instance, MINUTE, practices, put},
    network::Network,
    support::{Answer, Deed, until},
};

/// The status with which an instance answers for a journal of another, and the code of the problem.
async fn served(server: &Instance, origin: &Instance) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/federation/v1/state?origin={}", server.id(), origin.id());
    let answer = client.get(url).send().await.unwrap();
    let status = answer.status().as_u16();
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    (status, body["type"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_members_copies_leave_the_lists_within_one_round_and_come_back() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.publish(vec![put(2, "own")]).await;
    portugal.pull_all().await;
    let id = portugal.ask("{ practices { nodes { id provenance { origin { isSelf } } } } }").await;
    let nodes = id["practices"]["nodes"].as_array().unwrap();
    let id = nodes.iter().find(|node| node["provenance"]["origin"]["isSelf"] == false).unwrap()["id"].clone();
    let by_id = format!("{{ node(id: {id}) {{ ... on Practice {{ title {{ text }} }} }} }}");
    assert_eq!(served(portugal, morocco).await.0, 200);

    for status in ["suspended", "withdrawn"] {
        network.later(MINUTE);
        network.set_status(1, status).await;
        portugal.pull(network.coordinator()).await;
        assert_eq!(portugal.practices().await, practices(&[(2, "own")]), "{status}");
        assert_eq!(portugal.ask(&by_id).await["node"]["title"]["text"], "Practice 1", "readable by its id: {status}");
        assert_eq!(portugal.state(morocco), SyncState::Suspended);
        let (code, problem) = served(portugal, morocco).await;
        assert_eq!((code, problem.as_str()), (503, Some("urn:nmirf:problem:not-proved")));
        morocco.gate.take_log();
        assert!(matches!(portugal.pull(morocco).await, RoundEnd::NotNow));
        assert_eq!(morocco.gate.take_log().len(), 0, "it is called no more");
    }

    network.later(MINUTE);
    network.set_status(1, "active").await;
    portugal.pull(network.coordinator()).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "first"), (2, "own")]));
    assert_eq!(served(portugal, morocco).await.0, 200);
    morocco.publish(vec![put(1, "second")]).await;
    portugal.pull(morocco).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "second"), (2, "own")]));
    assert_eq!(portugal.state(morocco), SyncState::Current);
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_run_follow_a_suspension_by_themselves() {
    let network = Network::awake(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    until("shown", async || (portugal.count().await == 1).then_some(())).await;
    network.set_status(1, "suspended").await;
    until("left the lists", async || (portugal.count().await == 0).then_some(())).await;
    portugal.until_state(morocco, SyncState::Suspended).await;
    network.set_status(1, "active").await;
    until("back", async || (portugal.count().await == 1).then_some(())).await;
    portugal.until_state(morocco, SyncState::Current).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_key_makes_the_register_be_pulled_first() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.pull_all().await;
    let new = SigningKey::generate();
    let mut forged = Forged::of(morocco);
    forged.key = std::sync::Arc::new(new);
    let forged = forged.with(1..3);
    let thumbprint = forged.key.public().thumbprint().to_string();
    let mut keys = KeySet::of(morocco.key().public().clone(), KeyStatus::Current);
    keys.add(forged.key.public().clone(), KeyStatus::Current);
    forged.instead_of(morocco);
    let registers = || {
        let log = network.coordinator().gate.take_log();
        log.iter().filter(|passed| passed.path.ends_with("/state") && passed.query.contains("since")).count()
    };
    registers();
    // The register was asked a moment ago: not again within the minute.
    let end = portugal.pull(morocco).await;
    let sentence =
        format!("What was offered as a checkpoint is none: signed by a key that is not listed ({thumbprint}).");
    assert_eq!((portugal.sentence(morocco), matches!(end, RoundEnd::Failed(_))), (sentence.clone(), true));
    network.later(MINUTE + 1000);
    portugal.pull(morocco).await;
    assert_eq!(portugal.sentence(morocco), sentence, "the register does not list it");
    network.coordinator().publish(vec![morocco.membership_with(1, "active", &keys)]).await;
    network.later(MINUTE + 1000);
    registers();
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert!(registers() >= 1);
    assert_eq!(portugal.practices().await, practices(&[(1, "first"), (2, "first")]));
}

/// Serves this chain, and the coordinator's present state under a checkpoint by this key.
fn rest_on(coordinator: &Instance, key: &SigningKey, links: Vec<String>, entries: &Entries, seq: u64) {
    let (now, entries, root) = (coordinator.hub().now(), entries.to_bytes(), entries.root());
    let checkpoint = Checkpoint::sign(key, coordinator.id(), Audience::Public, seq, root, now).jws;
    coordinator.gate.rule(move |asked| match &*asked.path {
        "/federation/v1/anchor" => Deed::Say(Answer::json(&json!({"links": links}))),
        "/federation/v1/state" => Deed::Say(state(&checkpoint, &entries)),
        _ => Deed::Pass,
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_is_walked_when_the_coordinators_key_is_unknown() {
    let network = Network::quiet(&["MA"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    morocco.pull_all().await;
    let (old, new) = (coordinator.key(), SigningKey::generate());
    let mut keys = KeySet::of(old.public().clone(), KeyStatus::Current);
    keys.add(new.public().clone(), KeyStatus::Current);
    let first: Vec<String> = coordinator.hub().trust().chain().tokens().map(str::to_owned).collect();
    let second = sign_link(&old, coordinator.id(), 2, &keys, coordinator.hub().now()).jws;
    let row = coordinator.row(coordinator).await;
    let entries = &read::state(coordinator.hub().store(), row.id, 0).await.unwrap().unwrap().1;
    let seq = row.seq.unwrap().unsigned_abs() + 10;
    // First without the link: nobody knows the key.
    rest_on(coordinator, &new, first.clone(), entries, seq);
    assert!(matches!(morocco.pull(coordinator).await, RoundEnd::Failed(_)));
    assert!(
        morocco.sentence(coordinator).contains("signed by a key that is not listed"),
        "{}",
        morocco.sentence(coordinator)
    );
    rest_on(coordinator, &new, [first.clone(), vec![second]].concat(), entries, seq);
    let end = morocco.pull(coordinator).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert_eq!(morocco.hub().trust().chain().len(), 2);
    assert_eq!(morocco.row(coordinator).await.key_id.as_deref(), Some(&**new.public().thumbprint()));
    // A second chain from the same link is a conflict: the one reached first stays.
    let other = KeySet::of(SigningKey::generate().public().clone(), KeyStatus::Current);
    let rival = sign_link(&old, coordinator.id(), 2, &other, coordinator.hub().now()).jws;
    rest_on(coordinator, &new, [first, vec![rival]].concat(), entries, seq);
    let wrong = look::walk_anchor(morocco.hub()).await.unwrap();
    assert!(wrong.contains("two links of the anchor have the number 2"), "{wrong}");
    let trust = morocco.hub().trust();
    let keys = &trust.chain().last().unwrap().keys;
    assert!(keys.get(old.public().thumbprint()).is_some() && keys.get(new.public().thumbprint()).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_is_said_clearly() {
    let network = Network::quiet(&["MA"]).await;
    let coordinator = network.coordinator();
    let mut stranger = Instance::new(Some("PT"), Some(coordinator), false).await;
    let wrong = PinnedKey::new(&SigningKey::generate().public().x(), PinnedStatus::Current).unwrap();
    stranger.config.trust.coordinator.key = Some(wrong);
    let ran = tokio::task::spawn_blocking(move || stranger.run(&["sync"])).await.unwrap();
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.err.contains("no link of the anchor is signed by the pinned key of the coordinator"), "{ran:?}");
    for words in
        ["The coordinator signs with a key that is not known here", "Compare the key pinned in [trust.coordinator]"]
    {
        assert!(ran.out.replace(['\n', ' '], "").contains(&words.replace(' ', "")), "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_a_checkpoint_of_its_own_that_it_never_signed_signs_nothing_more() {
    let mut network = Network::quiet(&["MA", "PT"]).await;
    network.all[2].stop().await;
    let portugal = network.national("PT");
    let now = network.coordinator().hub().now();
    let never = Checkpoint::sign(&portugal.key(), portugal.id(), Audience::Public, 1, [7; 32], now).jws;
    let listed = json!([{"origin": portugal.id(), "audience": "public", "checkpoint": never}]);
    network.coordinator().gate.say("/journals", Answer::json(&listed));
    // It knows the register from a round of before, so it has somebody to ask.
    network.all[2].answer().await;
    network.national("PT").pull(network.coordinator()).await;
    network.all[2].stop().await;
    network.all[2].later(2 * 60 * MINUTE);
    network.all[2].serve().await;
    let portugal = network.national("PT");
    until("it says that it stopped", async || {
        portugal.hub().store().setting(STOPPED).await.unwrap().filter(|peer| !peer.is_empty())
    })
    .await;
    let hub = portugal.hub();
    let refused = hub.publish(vec![put(1, "first")], &|_| {}).await.unwrap_err().to_string();
    assert!(
        refused.contains("this instance signs nothing more") && refused.contains("put the newest one back"),
        "{refused}"
    );
    let hourly = publish::sign_if_due(hub.store(), &hub.author(), hub.now() + 2 * 60 * MINUTE).await;
    assert!(matches!(hourly, Err(publish::PublishError::Stopped(_))), "{hourly:?}");
    assert_eq!(portugal.count().await, 0);
    std::fs::write(portugal.path("practices.jsonl"), "{\"title\": {\"en\": \"x\"}, \"summary\": {\"en\": \"x\"}}\n")
        .unwrap();
    let path = portugal.path("practices.jsonl").display().to_string();
    let ran = tokio::task::block_in_place(|| portugal.run(&["import", &path]));
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.err.contains("this instance signs nothing more"), "{ran:?}");
}
