use nmirf_hub::{
    federation::assertion::{AssertionError, make_assertion, verify_assertion},
    journal::{jws::StatementType, key::KeyStatus, signing::SigningKey},
};
use serde_json::{Value, json};

use crate::support::{Coordinator, MEMBER, SUSPENDED};

const NETWORK: &str = "/federation/v1/state?audience=network";

#[tokio::test]
async fn an_active_member_is_served_network_journals() {
    let hub = Coordinator::start().await;
    let answer = hub.get_as(&hub.assertion(), NETWORK).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let lower_case = [("authorization", &*format!("bearer {}", hub.assertion()))];
    assert_eq!(hub.ask("GET", NETWORK, &lower_case, None).await.status, 200);
}

#[tokio::test]
async fn authorisation_comes_before_existence() {
    let hub = Coordinator::start().await;
    let nowhere = format!("{NETWORK}&origin=https://nowhere.example");
    let suspended = make_assertion(&hub.suspended, SUSPENDED, &hub.base, hub.hub.now());
    for (path, good) in [(NETWORK, "200"), (&*nowhere, "404 unknown-journal")] {
        assert_eq!(hub.get(path).await.outcome(), "401 unauthenticated");
        assert_eq!(hub.get_as("a.b.c", path).await.outcome(), "401 unauthenticated");
        assert_eq!(hub.get_as(&suspended, path).await.outcome(), "403 not-a-member");
        assert_eq!(hub.get_as(&hub.assertion(), path).await.outcome(), good);
    }
    for path in ["/federation/v1/journals", "/federation/v1/hint"] {
        let method = if path.ends_with("hint") { "POST" } else { "GET" };
        let bearer = format!("Bearer {suspended}");
        assert_eq!(hub.ask(method, path, &[("authorization", &bearer)], None).await.status, 403, "{path}");
        assert_eq!(hub.ask(method, path, &[("authorization", "Bearer a.b.c")], None).await.status, 401, "{path}");
        assert_eq!(hub.ask(method, path, &[("authorization", "Basic eDp5")], None).await.status, 401, "{path}");
    }
}

#[tokio::test]
async fn a_bad_assertion_of_any_sort_is_refused() {
    let hub = Coordinator::start().await;
    let now = hub.hub.now() / 1000;
    let good = json!({"iss": MEMBER, "sub": MEMBER, "aud": hub.base, "iat": now});
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        claims
    };
    let by = |key: &SigningKey, claims: &Value| key.sign(StatementType::ClientAssertion, claims);
    let (mine, other) = (hub.assertion(), by(&hub.member, &with("iat", (now - 1).into())));
    let signed = &mine[..mine.rfind('.').unwrap()];
    let mut bad = vec![
        ("for another instance", by(&hub.member, &with("aud", format!("{}/x", hub.base).into()))),
        ("aud a list", by(&hub.member, &with("aud", json!([hub.base])))),
        ("of an hour ago", by(&hub.member, &with("iat", (now - 3600).into()))),
        ("six minutes ahead", by(&hub.member, &with("iat", (now + 360).into()))),
        ("without iat", by(&hub.member, &with("iat", Value::Null))),
        ("iat a text", by(&hub.member, &with("iat", now.to_string().into()))),
        ("another sub", by(&hub.member, &with("sub", "https://x.example".into()))),
        ("no sub", by(&hub.member, &with("sub", Value::Null))),
        ("another's name", by(&hub.member, &json!({"iss": SUSPENDED, "sub": SUSPENDED, "aud": hub.base, "iat": now}))),
        ("a retired key", by(&hub.retired, &good)),
        ("a stranger's key", by(&SigningKey::generate(), &good)),
        ("a stranger", make_assertion(&SigningKey::generate(), "https://x.example", &hub.base, hub.hub.now())),
        ("our own name", make_assertion(&hub.member, &hub.base, &hub.base, hub.hub.now())),
        ("typ of a revision", hub.member.sign(StatementType::Revision, &good)),
        ("another signature", format!("{}{}", signed, &other[other.rfind('.').unwrap()..])),
        ("two", format!("{0} {0}", hub.assertion())),
        ("empty", String::new()),
    ];
    bad.push(("too long", by(&hub.member, &with("x", "x".repeat(9_000).into()))));
    for (what, token) in bad {
        let answer = hub.get_as(&token, NETWORK).await;
        assert_eq!(answer.outcome(), "401 unauthenticated", "{what}");
    }
    let first = ("authorization", &*format!("Bearer {}", hub.assertion()));
    assert_eq!(hub.ask("GET", NETWORK, &[first, first], None).await.status, 401, "two headers");
}

#[tokio::test]
async fn clocks_may_be_five_minutes_apart() {
    let hub = Coordinator::start().await;
    let trust = hub.hub.trust();
    let now = hub.hub.now();
    for (apart, good) in [(-300, true), (300, true), (-301, false), (301, false)] {
        let token = make_assertion(&hub.member, MEMBER, &hub.base, now + apart * 1000);
        let read = verify_assertion(&token, &hub.base, &trust, now);
        assert_eq!(read, if good { Ok(MEMBER.to_owned()) } else { Err(AssertionError::Clock) }, "{apart}");
    }
}

#[tokio::test]
async fn a_member_is_what_the_register_says_now() {
    let hub = Coordinator::start().await;
    assert_eq!(hub.get_as(&hub.assertion(), NETWORK).await.status, 200);
    hub.change_member(KeyStatus::Current, "suspended").await;
    assert_eq!(hub.get_as(&hub.assertion(), NETWORK).await.status, 403);
    hub.change_member(KeyStatus::Compromised, "active").await;
    assert_eq!(hub.get_as(&hub.assertion(), NETWORK).await.status, 401);
    hub.change_member(KeyStatus::Current, "active").await;
    assert_eq!(hub.get_as(&hub.assertion(), NETWORK).await.status, 401, "compromised is final");
}
