//! Commands beside a running server are seen like its own changes.

use nmirf_hub::{
    hub::next_key_file,
    journal::{encoding::base64url, key::in_groups_of_four, signing::SigningKey},
};
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};

use crate::{
    instance::{practices, put, sub, uuid},
    network::Network,
    support::until,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_import_beside_a_running_server_is_seen_there_and_at_its_peers() {
    let network = Network::awake(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first"), put(2, "first")]).await;
    until("at PT", async || (portugal.count().await == 2).then_some(())).await;
    let row = serde_json::json!({"id": uuid(1), "country": "MA", "title": {"en": "Practice 1"}, "summary": {"en": "imported"}});
    std::fs::write(morocco.path("practices.jsonl"), format!("{row}\n")).unwrap();
    let path = morocco.path("practices.jsonl").display().to_string();
    let ran = tokio::task::block_in_place(|| morocco.run(&["import", &path, "--json"])).done();
    let counts: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(counts["published"], 1, "{ran:?}");
    let expected = practices(&[(1, "imported"), (2, "first")]);
    let begun = std::time::Instant::now();
    until("in the serving process", async || (morocco.practices().await == expected).then_some(())).await;
    eprintln!("seen by the serving process after {} ms", begun.elapsed().as_millis());
    until("at PT", async || (portugal.practices().await == expected).then_some(())).await;
    eprintln!("seen by the peer after {} ms", begun.elapsed().as_millis());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_is_blocked_beside_a_running_server_is_not_shown_and_not_served() {
    let network = Network::awake(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    until("at PT", async || (portugal.count().await == 1).then_some(())).await;
    tokio::task::block_in_place(|| portugal.run(&["peer", "block", morocco.id()])).done();
    until("not shown", async || (portugal.count().await == 0).then_some(())).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/federation/v1/state?origin={}", portugal.id(), morocco.id());
    assert_eq!(client.get(url).send().await.unwrap().status().as_u16(), 503);
    morocco.publish(vec![put(2, "second")]).await;
    tokio::task::block_in_place(|| portugal.run(&["peer", "unblock", morocco.id()])).done();
    until("both", async || (portugal.count().await == 2).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_beside_a_running_server_is_seen_there() {
    let network = Network::awake_for_commands(std::time::Duration::from_secs(3600), &["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.until_state(morocco, nmirf_hub::catalog::SyncState::Current).await;
    // No hint reaches it.
    portugal.gate.rule(|_| crate::support::Deed::Drop);
    morocco.publish(vec![put(1, "first")]).await;
    assert_eq!(portugal.count().await, 0);
    tokio::task::block_in_place(|| portugal.run(&["sync", morocco.id()])).done();
    until("seen", async || (portugal.count().await == 1).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_theft_every_command_says_the_new_key_beside_the_stolen_one() {
    let network = Network::awake_for_commands(std::time::Duration::from_secs(3600), &["MA"]).await;
    let morocco = network.national("MA");
    morocco.until_state(network.coordinator(), nmirf_hub::catalog::SyncState::Current).await;
    let run = |arguments: &[&str]| tokio::task::block_in_place(|| morocco.run(arguments));
    let stolen = in_groups_of_four(morocco.key().public().thumbprint());
    let made = run(&["key", "compromised", "--yes"]).done();
    let new = SigningKey::read(&next_key_file(&morocco.config.key.file)).unwrap().public().thumbprint().to_string();
    let new = in_groups_of_four(&new);
    assert!(made.out.contains(&new), "{made:?}");
    assert!(run(&["key", "compromised", "--yes"]).done().out.contains(&new), "again it is the same");
    for (arguments, status) in
        [(&["key", "show"][..], 0), (&["member", "apply", "--status"], 0), (&["member", "apply"], 0), (&["doctor"], 1)]
    {
        let said = run(arguments);
        assert_eq!(said.status, Some(status), "{said:?}");
        assert!(said.out.contains(&new) && said.out.contains(&stolen), "{arguments:?}: {said:?}");
        assert!(!said.out.contains("Make a new key") && !said.out.contains("older copy"), "{said:?}");
        assert!(!said.out.contains("is admitted"), "{said:?}");
    }
    std::fs::write(morocco.path("practices.jsonl"), format!("{}\n", crate::instance::body(1, "first"))).unwrap();
    let refused = run(&["import", &morocco.path("practices.jsonl").display().to_string()]);
    assert_eq!((refused.status, refused.err.contains("its key is stolen")), (Some(1), true), "{refused:?}");
    let shown: serde_json::Value = serde_json::from_str(&run(&["key", "show", "--json"]).done().out).unwrap();
    assert_eq!(in_groups_of_four(shown["next"]["thumbprint"].as_str().unwrap()), new);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_command_withdrew_and_could_not_scrub_is_scrubbed_by_the_server() {
    let network = Network::awake(&["MA"]).await;
    let morocco = network.national("MA");
    morocco.publish(vec![put(1, "the word unmistakable"), put(2, "stays")]).await;
    let piece = (0..3).map(|shift| base64url(&b"the word unmistakable"[shift..18 + shift])).collect::<Vec<_>>();
    let stands = || piece.iter().any(|piece| morocco.database.files_contain(piece.as_bytes()));
    assert!(stands());
    // Somebody reads a moment of before, so that the write-ahead log cannot be emptied; the command waits for it, and
    // is killed while it waits.
    let reading = morocco.database.store.read().begin().await.unwrap();
    let count = sea_orm::Statement::from_string(morocco.database.store.backend(), "SELECT COUNT(*) FROM revisions");
    reading.query_one_raw(count).await.unwrap();
    let sub = sub(1).to_string();
    let mut child = morocco.command(&["record", "withdraw", &sub, "--yes"]).spawn().unwrap();
    until("the tombstone", async || (morocco.count().await == 1).then_some(())).await;
    child.kill().unwrap();
    child.wait().unwrap();
    reading.commit().await.unwrap();
    until("no byte of it", async || (!stands()).then_some(())).await;
    assert_eq!(morocco.practices().await, practices(&[(2, "stays")]));
}
