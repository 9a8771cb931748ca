//! What the coordinator's door takes from who is not known (protocol §5).

use nmirf_hub::{
    federation::application::{Applicant, sign},
    journal::{jws::StatementType, signing::SigningKey},
};
use serde_json::{Value, json};

use crate::{instance::Instance, network::Network};

async fn post(coordinator: &Instance, body: String) -> (u16, String) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/federation/v1/applications", coordinator.id());
    outcome(client.post(url).body(body).send().await.unwrap()).await
}

async fn get(coordinator: &Instance, bearer: Option<&str>) -> (u16, String) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client.get(format!("{}/federation/v1/applications", coordinator.id()));
    if let Some(bearer) = bearer {
        request = request.header("authorization", format!("Bearer {bearer}"));
    }
    outcome(request.send().await.unwrap()).await
}

/// Status, and the code of a problem or else the body.
async fn outcome(answer: reqwest::Response) -> (u16, String) {
    let (status, retry) = (answer.status().as_u16(), answer.headers().contains_key("retry-after"));
    assert_eq!(retry, status == 429, "{status}");
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    let code = body["type"].as_str().and_then(|code| code.strip_prefix("urn:nmirf:problem:")).map(str::to_owned);
    (status, code.unwrap_or_else(|| body.to_string()))
}

fn application(coordinator: &Instance, key: &SigningKey, entity_id: &str) -> String {
    let applicant = Applicant { entity_id, country: "MU", name: "Mechanism", contact: None };
    sign(key, &applicant, coordinator.id(), coordinator.hub().now())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_case_a_key_five_a_block_of_addresses() {
    let network = Network::quiet(&["MA"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    let keys: Vec<SigningKey> = (0..6).map(|_| SigningKey::generate()).collect();
    let entity_id = "https://hub.example.mu";
    assert_eq!(post(coordinator, application(coordinator, &keys[0], entity_id)).await, (202, r#"{"number":1}"#.into()));
    let twice = post(coordinator, application(coordinator, &keys[0], entity_id)).await;
    assert_eq!(twice, (409, "already-applied".into()));
    for (number, key) in keys.iter().enumerate().take(5).skip(1) {
        let answer = post(coordinator, application(coordinator, key, entity_id)).await;
        assert_eq!(answer, (202, format!(r#"{{"number":{}}}"#, number + 1)));
    }
    let sixth = post(coordinator, application(coordinator, &keys[5], entity_id)).await;
    assert_eq!(sixth, (429, "too-many-requests".into()));
    let again = post(coordinator, application(coordinator, &keys[0], entity_id)).await;
    assert_eq!(again.0, 409, "that it has applied is said before that there are too many");
    let at_a_national = post(morocco, application(coordinator, &keys[5], entity_id)).await;
    assert_eq!(at_a_national, (404, "not-found".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_application_is_refused_and_opens_no_case() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    let key = SigningKey::generate();
    let good = application(coordinator, &key, "https://hub.example.mu");
    let mut forged = good.clone();
    forged.replace_range(good.len() - 6.., "AAAAAA");
    let other_type = {
        let claims = json!({"iss": "https://hub.example.mu", "sub": "https://hub.example.mu"});
        key.sign(StatementType::ClientAssertion, &claims)
    };
    for (what, body) in [
        ("a wrong signature", forged),
        ("another type", other_type),
        ("nothing", String::new()),
        ("no entityId", application(coordinator, &key, "https://hub.example.mu/")),
        ("the coordinator's entityId", application(coordinator, &key, coordinator.id())),
        ("a key of another member", application(coordinator, &morocco.key(), "https://hub.example.mu")),
        ("the coordinator's key", application(coordinator, &coordinator.key(), "https://hub.example.mu")),
        ("another country than the register's", application(coordinator, &key, morocco.id())),
        ("for another coordinator", application(morocco, &key, "https://hub.example.mu")),
    ] {
        assert_eq!(post(coordinator, body).await, (400, "bad-request".into()), "{what}");
    }
    assert_eq!(post(coordinator, "x".repeat(16 * 1024 + 1)).await, (413, "too-large".into()));
    let actor = crate::staff();
    let cases = coordinator.hub().register_desk(&actor).applications(&[], Default::default()).await.unwrap();
    assert_eq!(cases.total, 0);
    assert_eq!(post(coordinator, good).await.0, 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_key_of_an_application_reads_how_it_stands() {
    let network = Network::quiet(&[]).await;
    let coordinator = network.coordinator();
    let (key, other) = (SigningKey::generate(), SigningKey::generate());
    let entity_id = "https://hub.example.mu";
    post(coordinator, application(coordinator, &key, entity_id)).await;
    let assertion = |key: &SigningKey, called: &str, ago: i64| {
        let now = coordinator.hub().now() / 1000 - ago;
        let claims = json!({"iss": entity_id, "sub": entity_id, "aud": called, "iat": now});
        key.sign(StatementType::ClientAssertion, &claims)
    };
    let told = get(coordinator, Some(&assertion(&key, coordinator.id(), 0))).await;
    assert_eq!(told, (200, r#"{"number":1,"status":"applied","message":null}"#.into()));
    let mut forged = assertion(&key, coordinator.id(), 0);
    forged.replace_range(forged.len() - 6.., "AAAAAA");
    for (what, bearer, expected) in [
        ("nobody", None, (401, "unauthenticated")),
        ("nonsense", Some("x".to_owned()), (401, "unauthenticated")),
        ("for another", Some(assertion(&key, "https://other.example", 0)), (401, "unauthenticated")),
        ("too old", Some(assertion(&key, coordinator.id(), 400)), (401, "unauthenticated")),
        ("another key", Some(assertion(&other, coordinator.id(), 0)), (404, "not-found")),
        ("forged", Some(forged), (404, "not-found")),
    ] {
        let (status, code) = get(coordinator, bearer.as_deref()).await;
        assert_eq!((status, code.as_str()), expected, "{what}");
    }
}
