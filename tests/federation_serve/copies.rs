use nmirf_hub::{journal::key::KeyStatus, register::peers};
use sea_orm::ActiveValue::Set;

use crate::support::{Coordinator, MEMBER, network_practice, practice};

fn state(audience: &str) -> String {
    format!("/federation/v1/state?origin={MEMBER}&audience={audience}")
}

async fn listed(hub: &Coordinator) -> Vec<String> {
    let list = hub.get_as(&hub.assertion(), "/federation/v1/journals").await.json();
    let name = |row: &serde_json::Value| format!("{} {}", row["origin"].as_str()?, row["audience"].as_str()?).into();
    list.as_array().unwrap().iter().filter_map(name).filter(|name: &String| name.starts_with(MEMBER)).collect()
}

async fn with_copies() -> Coordinator {
    let hub = Coordinator::start().await;
    hub.copy_of_member(vec![practice(1)]).await;
    hub.copy_of_member(vec![network_practice(2)]).await;
    hub
}

#[tokio::test]
async fn copies_of_active_members_are_served() {
    let hub = with_copies().await;
    assert_eq!(hub.get(&state("public")).await.entries().len(), 1);
    assert_eq!(hub.get_as(&hub.assertion(), &state("network")).await.entries().len(), 1);
    assert_eq!(listed(&hub).await, [format!("{MEMBER} public"), format!("{MEMBER} network")]);
    assert_eq!(hub.get("/federation/v1/journals").await.json().as_array().unwrap().len(), 2, "the public ones");
}

#[tokio::test]
async fn a_copy_of_a_member_that_is_not_active_is_served_to_nobody() {
    let hub = with_copies().await;
    hub.change_member(KeyStatus::Current, "suspended").await;
    let answer = hub.get(&state("public")).await;
    assert_eq!(answer.outcome(), "503 not-proved");
    let public = hub.get("/federation/v1/journals").await.json();
    assert_eq!(public.as_array().unwrap().len(), 1, "only our own");
}

#[tokio::test]
async fn a_copy_under_a_compromised_key_is_served_to_nobody() {
    let hub = with_copies().await;
    hub.change_member(KeyStatus::Compromised, "active").await;
    let digests = Some(b"{\"digests\":[]}".to_vec());
    let path = format!("/federation/v1/revisions?origin={MEMBER}");
    for answer in [hub.get(&state("public")).await, hub.ask("POST", &path, &[], digests).await] {
        assert_eq!(answer.outcome(), "503 not-proved");
    }
}

#[tokio::test]
async fn a_copy_of_a_blocked_peer_is_served_to_nobody() {
    let hub = with_copies().await;
    peers::keep(hub.hub.store(), MEMBER, true, |row| row.blocked = Set(true)).await.unwrap();
    let answer = hub.get(&state("public")).await;
    assert_eq!(answer.outcome(), "503 not-proved");
    assert_eq!(hub.get_as(&hub.assertion(), &state("network")).await.status, 403, "nor to itself");
    assert!(listed(&hub).await.is_empty());
}

#[tokio::test]
async fn a_blocked_member_gets_no_journal_for_the_network() {
    let hub = with_copies().await;
    peers::keep(hub.hub.store(), MEMBER, true, |row| row.blocked = Set(true)).await.unwrap();
    let own = |audience: &str| format!("/federation/v1/state?origin={}&audience={audience}", hub.hub.entity_id());
    let answer = hub.get_as(&hub.assertion(), &own("network")).await;
    assert_eq!(answer.outcome(), "403 not-a-member");
    assert!(answer.text().contains("has blocked the caller"), "{}", answer.text());
    let list = hub.get_as(&hub.assertion(), "/federation/v1/journals").await.json();
    assert!(list.as_array().unwrap().iter().all(|row| row["audience"] == "public"), "{list}");
    assert_ne!(hub.get_as(&hub.assertion(), &own("public")).await.status, 403, "that is for everybody");
}
