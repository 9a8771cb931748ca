use nmirf_hub::{
    audit::{self, Actor, Wanted},
    config::{Config, Role},
    federation::assertion::make_assertion,
    journal::signing::SigningKey,
    record::Audience,
    register::pins,
};

use nmirf_hub::wire::{Conditional, JournalAsk, StateAnswer, Web, WebConfig};
use std::time::Duration;

use crate::support::{Coordinator, MEMBER, Served, network_practice, practice};

const DAY: i64 = 24 * 3600 * 1000;

fn assertion(coordinator: &Coordinator, called: &Served) -> String {
    make_assertion(&coordinator.member, MEMBER, &called.base, called.hub.now())
}

fn network_of(origin: &str) -> String {
    format!("/federation/v1/state?audience=network&origin={origin}")
}

#[tokio::test]
async fn a_copy_is_served_as_its_origin_signed_it() {
    let coordinator = Coordinator::start().await;
    coordinator.publish((0..10).map(practice).collect()).await;
    let national = coordinator.national().await;
    let path = format!("/federation/v1/state?origin={}", coordinator.base);
    let (copy, origin) = (national.get(&path).await, coordinator.get(&path).await);
    assert_eq!((copy.status, &copy.body, copy.header("etag")), (200, &origin.body, origin.header("etag")));
    let anchor = "/federation/v1/anchor";
    assert_eq!(national.get(anchor).await.body, coordinator.get(anchor).await.body);
}

#[tokio::test]
async fn a_stale_register_closes_the_network_journals_of_others_alone() {
    let coordinator = Coordinator::start().await;
    let national = coordinator.national().await;
    let member = coordinator.publish_as_member(vec![network_practice(1)]).await;
    national.adopt(&member, MEMBER, Audience::Network).await;
    national.adopt(&member, MEMBER, Audience::Public).await;
    assert_eq!(national.get_as(&assertion(&coordinator, &national), &network_of(MEMBER)).await.outcome(), "200");
    national.later(DAY + 60_000);
    let member = assertion(&coordinator, &national);
    assert_eq!(national.get_as(&member, &network_of(MEMBER)).await.outcome(), "503 not-proved");
    assert_eq!(national.get_as(&member, &network_of(&national.base)).await.outcome(), "200");
    assert_eq!(national.get(&format!("/federation/v1/state?origin={MEMBER}")).await.outcome(), "200");
    let listed = national.get_as(&member, "/federation/v1/journals").await.json();
    let network = |row: &&serde_json::Value| row["audience"] == "network";
    let network: Vec<_> = listed.as_array().unwrap().iter().filter(network).map(|row| row["origin"].clone()).collect();
    assert_eq!(network, [national.base.as_str()]);
}

#[tokio::test]
async fn without_a_register_nobody_but_the_coordinator_is_a_member() {
    let coordinator = Coordinator::start().await;
    let national = coordinator.national_without_register().await;
    let own = network_of(&national.base);
    assert_eq!(national.get_as(&assertion(&coordinator, &national), &own).await.outcome(), "401 unauthenticated");
    let key = &coordinator.hub.author().key;
    let by_coordinator = make_assertion(key, &coordinator.base, &national.base, national.hub.now());
    assert_eq!(national.get_as(&by_coordinator, &own).await.outcome(), "200");
}

#[tokio::test]
async fn an_unknown_key_asks_for_the_register_once_a_minute() {
    let coordinator = Coordinator::start().await;
    let national = coordinator.national().await;
    let mut wishes = national.hub.take_wishes().unwrap();
    let own = network_of(&national.base);
    let new_key = SigningKey::generate();
    let ask = async || {
        let unknown = make_assertion(&new_key, MEMBER, &national.base, national.hub.now());
        assert_eq!(national.get_as(&unknown, &own).await.outcome(), "401 unauthenticated");
    };
    ask().await;
    ask().await;
    assert_eq!(wishes.try_recv().ok(), Some(coordinator.base.clone()));
    assert!(wishes.try_recv().is_err(), "not twice in a minute");
    national.later(60_000);
    ask().await;
    assert_eq!(wishes.try_recv().ok(), Some(coordinator.base.clone()));
    let retired = make_assertion(&coordinator.retired, MEMBER, &national.base, national.hub.now());
    national.later(60_000);
    assert_eq!(national.get_as(&retired, &own).await.outcome(), "401 unauthenticated");
    assert!(wishes.try_recv().is_err(), "a key that is known to be retired asks for nothing");
}

#[tokio::test]
async fn who_is_not_the_coordinator_takes_no_applications() {
    let coordinator = Coordinator::start().await;
    let national = coordinator.national().await;
    assert_eq!(national.get("/federation/v1/applications").await.outcome(), "404 not-found");
    let posted = national.ask("POST", "/federation/v1/applications", &[], Some(b"x".to_vec())).await;
    assert_eq!(posted.outcome(), "404 not-found");
}

/// The client with which instances read each other.
fn web() -> Web {
    Web::new(WebConfig {
        allow_private_networks: true,
        allow_http: true,
        ca_file: None,
        proxy: None,
        connect: Duration::from_secs(5),
        idle: Duration::from_secs(30),
        user_agent: "test".to_owned(),
    })
    .unwrap()
}

#[tokio::test]
async fn instances_read_each_others_answers() {
    let coordinator = Coordinator::start().await;
    coordinator.publish((0..300).map(practice).chain([network_practice(400)]).collect()).await;
    let (web, base) = (web(), coordinator.base.as_str());
    let bearer = coordinator.assertion();
    let mut ask =
        JournalAsk { origin: base.to_owned(), audience: Audience::Public, since: 0, if_none_match: None, bearer: None };
    let StateAnswer::State { checkpoint, entries } = web.state(base, &ask).await.unwrap().value else {
        panic!("a state was asked for without an ETag")
    };
    assert_eq!(entries.len(), 302 * 64);
    let digests: Vec<[u8; 32]> = entries.chunks(64).map(|entry| entry[32..].try_into().unwrap()).collect();
    let mut came = Vec::new();
    let mut sink = |digest, _| {
        came.push(digest);
        Ok(())
    };
    let end = web.revisions(base, &ask, &digests, &mut sink).await.unwrap().value;
    assert_eq!((end.more, end.missing.len()), (false, 0));
    assert_eq!(came, digests);
    ask.if_none_match = Some(nmirf_hub::journal::checkpoint::etag(&checkpoint));
    assert_eq!(web.state(base, &ask).await.unwrap().value, StateAnswer::NotModified);
    let network = JournalAsk { audience: Audience::Network, if_none_match: None, bearer: Some(bearer.clone()), ..ask };
    assert!(matches!(web.state(base, &network).await.unwrap().value, StateAnswer::State { .. }));
    let Conditional::New { value, etag } = web.anchor(base, None).await.unwrap().value else {
        panic!("an anchor was asked for without an ETag")
    };
    assert_eq!(value.len(), 1);
    assert_eq!(web.anchor(base, etag.as_deref()).await.unwrap().value, Conditional::NotModified);
    let configuration = web.entity_configuration(base, None).await.unwrap().value;
    assert!(matches!(configuration, Conditional::New { etag: Some(_), .. }));
    let listed = web.journals(base, Some(&bearer), None).await.unwrap().value;
    assert!(matches!(listed, Conditional::New { value, .. } if value.len() == 2));
    web.hint(base, &bearer).await.unwrap();
}

#[tokio::test]
async fn who_is_pinned_by_hand_is_believed_at_once_and_no_more_once_taken_out() {
    let coordinator = Coordinator::start().await;
    let configure = |base: &str| Config::default_for(base, "National", Role::National, Some("PT"));
    let national = Served::start(configure, async |_| {}).await;
    let hub = &national.hub;
    let origin = coordinator.publish_as_member(vec![practice(1)]).await;
    let shown = || hub.snapshot().everything().filter(|record| *record.origin == *MEMBER).count();
    let (operator, key) = (Actor::operator(), coordinator.member.public());
    pins::pin(hub.store(), &operator, hub.now(), MEMBER, key).await.unwrap();
    hub.catch_up().await.unwrap();
    assert_eq!(hub.trust().peers(), [MEMBER]);
    national.adopt(&origin, MEMBER, Audience::Public).await;
    assert_eq!(shown(), 1);
    assert!(pins::unpin(hub.store(), &operator, hub.now(), MEMBER).await.unwrap());
    hub.catch_up().await.unwrap();
    assert_eq!((hub.trust().is_known(MEMBER), shown()), (false, 0));
    assert!(!pins::unpin(hub.store(), &operator, hub.now(), MEMBER).await.unwrap(), "once");
    pins::pin(hub.store(), &operator, hub.now(), MEMBER, key).await.unwrap();
    hub.catch_up().await.unwrap();
    assert_eq!(shown(), 1, "the copy was kept");
    let wanted = Wanted { oldest_first: true, ..Wanted::default() };
    let lines = audit::lines(hub.store(), &wanted, 10).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (&*line.action, line.detail.as_deref())).collect();
    let thumbprint = Some(&**key.thumbprint());
    assert_eq!(told, [("peer.add", thumbprint), ("peer.remove", None), ("peer.add", thumbprint)]);
}
