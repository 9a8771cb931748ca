use nmirf_hub::{federation::assertion::make_assertion, journal::anchor, register::peers::EntityConfiguration};

use crate::support::{Coordinator, MEMBER, practice};

#[tokio::test]
async fn journals_lists_the_public_ones_to_everybody_and_all_to_members() {
    let hub = Coordinator::start().await;
    let public = hub.get("/federation/v1/journals").await.json();
    assert_eq!(public.as_array().unwrap().len(), 1);
    assert_eq!((&public[0]["origin"], &public[0]["audience"]), (&hub.base.as_str().into(), &"public".into()));
    assert_eq!(public[0]["checkpoint"], hub.get("/federation/v1/state").await.json()["checkpoint"]);
    let confirmed: jiff::Timestamp = public[0]["confirmedAt"].as_str().unwrap().parse().unwrap();
    assert_eq!(confirmed.as_millisecond(), hub.hub.now(), "its own: now");
    let all = hub.get_as(&hub.assertion(), "/federation/v1/journals").await.json();
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_eq!(all[1]["audience"], "network");
}

#[tokio::test]
async fn documents_have_an_etag_of_what_they_say() {
    let hub = Coordinator::start().await;
    for path in ["/federation/v1/journals", "/federation/v1/anchor", "/.well-known/openid-federation"] {
        let etag = hub.get(path).await.header("etag").to_owned();
        hub.later(1_000);
        let held = hub.ask("GET", path, &[("if-none-match", &etag)], None).await;
        assert_eq!((held.status, held.body.len(), held.header("etag")), (304, 0, &*etag), "{path}");
    }
    let etag = hub.get("/federation/v1/journals").await.header("etag").to_owned();
    hub.publish(vec![practice(1)]).await;
    assert_ne!(hub.get("/federation/v1/journals").await.header("etag"), etag);
}

#[tokio::test]
async fn the_anchor_is_served_from_link_one() {
    let hub = Coordinator::start().await;
    let answer = hub.get("/federation/v1/anchor").await.json();
    let links = answer["links"].as_array().unwrap();
    assert_eq!(links.len(), 1);
    assert_eq!(anchor::peek(links[0].as_str().unwrap()), Some((1, hub.base.clone())));
}

#[tokio::test]
async fn the_entity_configuration_proves_the_key() {
    let hub = Coordinator::start().await;
    let answer = hub.get("/.well-known/openid-federation").await;
    assert_eq!(answer.header("content-type"), "application/entity-statement+jwt");
    let (said, keys) = EntityConfiguration::read(&answer.text(), &hub.base).unwrap();
    assert_eq!(said.name.as_deref(), Some("Coordinator"));
    assert_eq!(keys[0].thumbprint(), hub.hub.author().key.public().thumbprint());
    hub.later(2 * 3600 * 1000);
    assert_ne!(hub.get("/.well-known/openid-federation").await.body, answer.body, "signed anew");
}

#[tokio::test]
async fn a_hint_has_effect_once_a_minute() {
    let hub = Coordinator::start().await;
    let mut wishes = hub.hub.take_wishes().unwrap();
    let hint = async || {
        let bearer = format!("Bearer {}", make_assertion(&hub.member, MEMBER, &hub.base, hub.hub.now()));
        let answer = hub.ask("POST", "/federation/v1/hint", &[("authorization", &bearer)], None).await;
        assert_eq!((answer.status, answer.body.len()), (202, 0));
    };
    hint().await;
    hint().await;
    assert_eq!(wishes.try_recv().ok().as_deref(), Some(MEMBER));
    assert!(wishes.try_recv().is_err(), "the second one had no effect");
    hub.later(60_000);
    hint().await;
    assert_eq!(wishes.try_recv().ok().as_deref(), Some(MEMBER));
}

#[tokio::test]
async fn the_coordinator_knows_of_no_application() {
    let hub = Coordinator::start().await;
    let answer = hub.get_as(&hub.assertion(), "/federation/v1/applications").await;
    assert_eq!(answer.outcome(), "404 not-found");
}
