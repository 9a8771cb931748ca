//! A network at work: all say the same, a change arrives, a withdrawal too, one that stops leaves its records, and a
//! second start costs nothing.

use nmirf_hub::{catalog::SyncState, federation::look, journal::encoding::base64url};
use serde_json::Value;

use crate::{
    instance::{HOUR, Instance, MINUTE, practices, put, withdraw},
    network::Network,
    support::until,
};

const FOUR: [&str; 4] = ["MA", "PT", "PY", "MU"];

/// Every national publishes three practices of its own, the coordinator one.
async fn publish_everywhere(network: &Network) {
    for (place, instance) in (0..).zip(&network.all) {
        let numbers = if place == 0 { 1..2 } else { place * 10..place * 10 + 3 };
        instance.publish(numbers.map(|number| put(number, "first")).collect()).await;
    }
}

async fn until_all_show(network: &Network, count: u64) {
    for instance in &network.all {
        until(&format!("{count} practices at {}", instance.id()), async || {
            (instance.count().await == count).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_instances_reach_the_same_list() {
    let network = Network::awake(&FOUR).await;
    publish_everywhere(&network).await;
    until_all_show(&network, 13).await;
    let coordinator = network.coordinator();
    for national in &network.all[1..] {
        coordinator.until_state(national, SyncState::Current).await;
    }
    let instances =
        coordinator.ask("{ instances { nodes { entityId country sync { state lagSeconds recordsHeld } } } }").await;
    let nodes = instances["instances"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 5);
    for node in nodes {
        assert_eq!(node["sync"]["state"], "CURRENT", "{node}");
        assert!(node["sync"]["lagSeconds"].as_i64().is_some_and(|lag| (0..10).contains(&lag)), "{node}");
    }
    let held: Vec<&Value> =
        nodes.iter().filter(|node| !node["country"].is_null()).map(|node| &node["sync"]["recordsHeld"]).collect();
    assert_eq!(held, [3, 3, 3, 3]);
    let list = coordinator.practices().await;
    for national in &network.all[1..] {
        assert_eq!(national.practices().await, list, "{}", national.id());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_shows_after_the_next_round() {
    let network = Network::quiet(&["MA", "PY"]).await;
    let (morocco, paraguay) = (network.national("MA"), network.national("PY"));
    morocco.publish(vec![put(1, "first"), put(2, "first")]).await;
    paraguay.pull_all().await;
    assert_eq!(paraguay.practices().await, practices(&[(1, "first"), (2, "first")]));
    morocco.publish(vec![put(1, "second")]).await;
    assert_eq!(paraguay.practices().await, practices(&[(1, "first"), (2, "first")]));
    morocco.gate.take_log();
    paraguay.pull(morocco).await;
    assert_eq!(paraguay.practices().await, practices(&[(1, "second"), (2, "first")]));
    let log = morocco.gate.take_log();
    assert_eq!(log.iter().map(|passed| passed.revisions).sum::<usize>(), 1, "one revision came: {log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_record_disappears_everywhere() {
    let network = Network::awake(&["MA", "PT", "PY"]).await;
    let morocco = network.national("MA");
    morocco.publish(vec![put(1, "the word unmistakable"), put(2, "stays")]).await;
    morocco.publish(vec![put(1, "the word unmistakable again")]).await;
    until_all_show(&network, 2).await;
    let jws = {
        let query = "{ practices { nodes { id history(first: 5) { jws } } } }";
        let data = morocco.ask(query).await;
        let nodes = data["practices"]["nodes"].as_array().unwrap().clone();
        let node = nodes.into_iter().max_by_key(|node| node["history"].as_array().map_or(0, Vec::len)).unwrap();
        assert_eq!(node["history"].as_array().unwrap().len(), 2);
        node
    };
    let id = jws["id"].as_str().unwrap().to_owned();
    // A piece of the body as it stands in the signed text, wherever the three bytes of base64url begin.
    let traces = |instance: &Instance| {
        (0..3).any(|shift| {
            let piece = base64url(&b"the word unmistakable"[shift..18 + shift]);
            instance.database.files_contain(piece.as_bytes())
        }) || instance.database.files_contain(b"unmistakable")
    };
    for instance in &network.all {
        assert!(traces(instance), "it stands in the files of {} before", instance.id());
    }
    morocco.publish(vec![withdraw(1)]).await;
    until_all_show(&network, 1).await;
    for instance in &network.all {
        let gone = instance
            .ask(&format!("{{ node(id: \"{id}\") {{ __typename ... on Practice {{ history {{ number }} }} }} }}"))
            .await;
        assert_ne!(gone["node"]["__typename"], "Practice", "{gone}");
        until(&format!("no byte of it in the files of {}", instance.id()), async || (!traces(instance)).then_some(()))
            .await;
        assert_eq!(instance.practices().await, practices(&[(2, "stays")]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_records_of_one_that_stops_stay_and_grow_old() {
    let mut network = Network::quiet(&["MA", "PT", "PY"]).await;
    network.national("MA").publish(vec![put(1, "first")]).await;
    for reader in &network.all {
        reader.pull_all().await;
    }
    network.all[1].stop().await;
    network.all[1].gate.shut();
    let (morocco, portugal) = network.two();
    let lag = async || {
        let query =
            "{ practices { nodes { provenance { isStale origin { country sync { state lagSeconds lastError } } } } } }";
        let data = portugal.ask(query).await;
        data["practices"]["nodes"][0]["provenance"].clone()
    };
    assert_eq!(lag().await["origin"]["sync"]["state"], "CURRENT");
    network.later(10 * MINUTE);
    portugal.pull(morocco).await;
    let after = lag().await;
    let sync = &after["origin"]["sync"];
    assert_eq!((&sync["state"], &sync["lastError"]), (&"FAILING".into(), &"refused".into()), "{after}");
    assert!(sync["lagSeconds"].as_i64().unwrap() >= 600, "{after}");
    assert_eq!(portugal.sentence(morocco), "No connection to the server: it refuses connections.");
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]));
    network.later(25 * HOUR);
    portugal.pull(morocco).await;
    let after = lag().await;
    assert_eq!(after["isStale"], true, "{after}");
    assert!(after["origin"]["sync"]["lagSeconds"].as_i64().unwrap() >= 25 * 3600, "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_nobody_confirms_turns_stale_at_an_instance_that_runs() {
    let mut network = Network::awake(&["MA", "PT"]).await;
    network.national("MA").publish(vec![put(1, "first")]).await;
    until_all_show(&network, 1).await;
    let portugal = network.all.pop().unwrap();
    let morocco = network.all.pop().unwrap();
    portugal.until_state(&morocco, SyncState::Current).await;
    // Paused, so that nothing but the clock moves it.
    nmirf_hub::register::peers::keep(portugal.hub().store(), morocco.id(), true, |row| {
        row.paused = sea_orm::ActiveValue::Set(true)
    })
    .await
    .unwrap();
    portugal.until_state(&morocco, SyncState::Paused).await;
    assert!(!portugal.copy(&morocco).stale);
    portugal.later(25 * HOUR);
    until("stale", async || portugal.copy(&morocco).stale.then_some(())).await;
    assert_eq!(portugal.count().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_brings_the_records_of_one_that_stopped_to_one_that_is_new() {
    let mut network = Network::quiet(&["MA", "PT", "PY"]).await;
    network.national("MA").publish(vec![put(1, "first"), put(2, "first")]).await;
    network.national("PT").pull_all().await;
    network.coordinator().pull_all().await;
    network.all[1].stop().await;
    let (morocco, paraguay) = (network.national("MA"), network.national("PY"));
    paraguay.pull_all().await;
    assert_eq!(paraguay.practices().await, practices(&[(1, "first"), (2, "first")]));
    assert_eq!(paraguay.root(morocco).await, network.national("PT").root(morocco).await);
    let query = "{ practices { nodes { provenance { via { entityId } origin { sync { via { entityId } } } } } } }";
    for node in paraguay.ask(query).await["practices"]["nodes"].as_array().unwrap() {
        assert_eq!(node["provenance"]["via"]["entityId"], network.coordinator().id());
        assert_eq!(node["provenance"]["origin"]["sync"]["via"]["entityId"], network.coordinator().id());
    }
    assert_eq!(paraguay.state(morocco), SyncState::Failing, "that the origin itself does not answer is not hidden");
    network.all[1].answer().await;
    let (morocco, paraguay) = (network.national("MA"), network.national("PY"));
    paraguay.pull(morocco).await;
    assert_eq!(paraguay.state(morocco), SyncState::Current);
    assert_eq!(paraguay.row(morocco).await.via, None, "straight again after one good answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_transfers_no_entry_and_no_revision() {
    let mut network = Network::awake(&FOUR).await;
    publish_everywhere(&network).await;
    until_all_show(&network, 13).await;
    for reader in &network.all {
        // Also what is for members: a journal that comes later would stand in the lists as new.
        until("both journals of all five", async || {
            let rows = nmirf_hub::journal::read::journals(reader.hub().store()).await.unwrap();
            (rows.iter().filter(|row| row.checkpoint.is_some()).count() == 10).then_some(())
        })
        .await;
    }
    for reader in &network.all {
        for origin in network.all.iter().filter(|origin| origin.id() != reader.id()) {
            reader.until_state(origin, SyncState::Current).await;
            // The hourly look, so that the lists are known as they are now.
            look::look_at(reader.hub(), origin.id()).await;
        }
    }
    for instance in &mut network.all {
        instance.stop().await;
    }
    for instance in &network.all {
        instance.gate.take_log();
    }
    // One after the other, as after an upgrade; each looks at those that are there.
    for instance in &mut network.all {
        instance.serve().await;
    }
    until_all_show(&network, 13).await;
    for origin in &network.all {
        until(&format!("four readers confirmed {}", origin.id()), async || {
            let mut confirmed = 0;
            for reader in network.all.iter().filter(|reader| reader.id() != origin.id()) {
                let row = reader.row(origin).await;
                confirmed += usize::from(
                    row.fault.is_none() && row.last_success_at.is_some_and(|at| row.last_attempt_at == Some(at)),
                );
            }
            (confirmed == 4).then_some(())
        })
        .await;
    }
    let mut asked = std::collections::BTreeMap::<String, Vec<u16>>::new();
    for instance in &network.all {
        for passed in instance.gate.take_log() {
            assert_eq!(passed.revisions, 0, "{passed:?}");
            asked.entry(passed.path.clone()).or_default().push(passed.status);
        }
    }
    assert!(!asked.contains_key("/federation/v1/revisions"), "{asked:?}");
    // The gate of one that is not started yet says nothing (0).
    for path in
        ["/federation/v1/state", "/federation/v1/anchor", "/federation/v1/journals", "/.well-known/openid-federation"]
    {
        let statuses = asked.get(path).cloned().unwrap_or_default();
        assert!(statuses.contains(&304), "{path} {asked:?}");
        assert!(statuses.iter().all(|status| matches!(status, 0 | 304)), "{path} {asked:?}");
    }
}
