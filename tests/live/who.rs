//! Who hears what, and for how long.

use std::time::Duration;

use nmirf_hub::{access::Role, audit::Actor, graphql::http::live::Terms, record::Audience};
use serde_json::{Value, json};

use crate::{
    TRANSPORTS,
    served::{Node, Served, practice},
};

const CHANGES: &str = "subscription($since: String) { recordChanged(since: $since) { record { audience ...on Practice { title { text } } } } }";

fn told(served: &Served, token: Option<&str>) -> Value {
    json!({"query": CHANGES, "variables": {"since": served.cursor()}, "token": token})
}

async fn title(node: &mut Node) -> Value {
    node.data().await["recordChanged"]["record"]["title"]["text"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_the_network_is_told_to_readers_alone() {
    let served = Served::start().await;
    let (_, reader) = served.token(Role::Reader).await;
    for (number, transport) in TRANSPORTS.into_iter().enumerate() {
        let number = 10 * number as u128;
        let mut somebody = Node::subscribe(&served, transport, told(&served, Some(&reader)));
        let mut anybody = Node::subscribe(&served, transport, told(&served, None));
        served.publish(Audience::Network, number + 1, practice("For members")).await;
        served.put(number + 2, "For all").await;
        assert_eq!(title(&mut somebody).await, "For members");
        assert_eq!(title(&mut somebody).await, "For all");
        assert_eq!(title(&mut anybody).await, "For all");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_ends_the_stream_at_its_next_event() {
    let served = Served::start().await;
    for transport in TRANSPORTS {
        let (id, reader) = served.token(Role::Reader).await;
        let mut node = Node::subscribe(&served, transport, told(&served, Some(&reader)));
        served.put(1, &format!("{transport} before")).await;
        assert_eq!(title(&mut node).await, format!("{transport} before"));
        served.revoke(&id).await;
        served.put(1, &format!("{transport} after")).await;
        assert_eq!(node.code().await, "UNAUTHENTICATED");
        until_no_operation(&served).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_ends_a_stream_on_which_nothing_happens() {
    let served = Served::on(Terms { ask_again: Duration::from_millis(100), ..Terms::default() }).await;
    for transport in TRANSPORTS {
        let (id, reader) = served.token(Role::Reader).await;
        let mut node = Node::subscribe(&served, transport, told(&served, Some(&reader)));
        served.put(1, transport).await;
        assert_eq!(title(&mut node).await, transport);
        served.revoke(&id).await;
        assert_eq!(node.code().await, "UNAUTHENTICATED");
        until_no_operation(&served).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_nobody_knows_opens_no_stream() {
    let served = Served::start().await;
    let mut node = Node::subscribe(&served, "ws", told(&served, Some("nobody's")));
    assert_eq!(node.code().await, "UNAUTHENTICATED");
    let mut node = Node::subscribe(&served, "sse", told(&served, Some("nobody's")));
    assert_eq!(node.line().await, json!({"error": {"status": 401}}));
    until_no_operation(&served).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cookie_counts_where_a_page_of_this_instance_opens_the_socket() {
    let served = Served::start().await;
    let (access, now) = (served.hub.access(), served.hub.now());
    let added = access.add_account("ana", Role::Reader, None, &Actor::operator(), now).await.unwrap();
    let secret = added.link.rsplit('/').next().unwrap();
    let signed_in = access.accept_invitation(secret, "correct horse battery", None, None, now).await.unwrap();
    let cookie = format!("{}={}", access.cookie_name(), signed_in.secret);
    let from = |origin: &str| {
        let mut told = told(&served, None);
        (told["cookie"], told["origin"]) = (cookie.as_str().into(), origin.into());
        Node::subscribe(&served, "ws", told)
    };
    let (mut own, mut other) = (from(&served.base()), from("https://elsewhere.example"));
    served.publish(Audience::Network, 1, practice("For members")).await;
    served.put(2, "For all").await;
    assert_eq!(title(&mut own).await, "For members");
    assert_eq!(title(&mut own).await, "For all");
    assert_eq!(title(&mut other).await, "For all");
    assert!(access.sign_out(&signed_in.secret, None, served.hub.now()).await.unwrap());
    served.put(2, "Later").await;
    assert_eq!(own.code().await, "UNAUTHENTICATED");
    assert_eq!(title(&mut other).await, "Later");
}

async fn until_no_operation(served: &Served) {
    crate::served::until("no operation", || served.hub.streams().open().operations == 0).await;
}
