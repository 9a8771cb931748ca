//! How often one client may ask.

use nmirf_hub::{access::Role, config::Rate};

use crate::{
    header, parts,
    support::{Served, query},
};

async fn limited(rate: &str, proxies: u8) -> Served {
    let rate = Rate::parse(rate).unwrap();
    Served::with(|config| {
        config.graphql.rate = Some(rate);
        config.listen.trusted_proxies = proxies;
    })
    .await
}

async fn ask(served: &Served, more: &str) -> (u16, String, String) {
    let head = format!("POST /graphql HTTP/1.1\r\ncontent-type: application/json{more}");
    parts(&served.send(&head, &query("{ __typename }")).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_says_how_the_client_stands() {
    let served = Served::start().await;
    let (status, head, _) = ask(&served, "").await;
    assert_eq!((status, header(&head, "ratelimit-policy")), (200, Some("\"default\";q=600;w=60")));
    assert_eq!(header(&head, "ratelimit"), Some("\"default\";r=599;t=1"));
    let off = Served::with(|config| config.graphql.rate = None).await;
    assert_eq!(header(&ask(&off, "").await.1, "ratelimit"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_clients_are_counted_by_their_own_address() {
    let served = limited("1/h", 1).await;
    let from = async |address: &str| ask(&served, &format!("\r\nx-forwarded-for: 203.0.113.9, {address}")).await;
    assert_eq!(from("192.0.2.1").await.0, 200);
    assert_eq!(from("192.0.2.2").await.0, 200);
    let (status, head, body) = from("192.0.2.1").await;
    assert_eq!(status, 429);
    assert!(body.contains("\"code\":\"RATE_LIMITED\""), "{body}");
    let wait: u64 = header(&head, "retry-after").unwrap().parse().unwrap();
    assert!((3590..=3600).contains(&wait), "{wait}");
    let open = limited("1/h", 0).await;
    let forged = async |address: &str| ask(&open, &format!("\r\nx-forwarded-for: {address}")).await.0;
    assert_eq!((forged("192.0.2.1").await, forged("192.0.2.2").await), (200, 429), "nobody chooses who they are");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_signed_in_has_a_rate_of_their_own() {
    let served = limited("2/h", 0).await;
    let (ana, rui) = (served.token("ana", Role::Reader).await, served.token("rui", Role::Reader).await);
    let by = async |token: &str| ask(&served, &format!("\r\nauthorization: Bearer {token}")).await.0;
    assert_eq!((by(&ana).await, by(&ana).await, by(&ana).await), (200, 200, 429));
    assert_eq!((by(&rui).await, by(&rui).await), (200, 200));
    assert_eq!((ask(&served, "").await.0, ask(&served, "").await.0, ask(&served, "").await.0), (200, 200, 429));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_doors_are_not_counted() {
    let served = limited("1/h", 0).await;
    for _ in 0..3 {
        assert_eq!(parts(&served.send("GET /health/live HTTP/1.1", "").await).0, 200);
    }
}
