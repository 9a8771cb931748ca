//! What a listener hears of records.

use std::{collections::BTreeSet, time::Duration};

use nmirf_hub::{journal::revision::Act, record::Audience};
use serde_json::{Value, json};

use crate::{
    TRANSPORTS,
    served::{Node, Served, practice},
};

const CHANGES: &str = "subscription($filter: ChangeFilter, $since: String) { recordChanged(filter: $filter, since: \
                       $since) { cursor type kind record { ...on Practice { title { text } } } withdrawn { id } } }";

fn since(cursor: &str) -> Value {
    json!({"query": CHANGES, "variables": {"since": cursor}})
}

/// What happened to which title.
async fn change(node: &mut Node) -> (String, Value) {
    let data = node.data().await;
    let change = &data["recordChanged"];
    let title = change["record"]["title"]["text"].clone();
    (change["type"].as_str().unwrap().to_owned(), title)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_hears_what_is_added_updated_and_withdrawn() {
    let served = Served::start().await;
    for (number, (transport, method)) in [("ws", ""), ("sse", "POST"), ("sse", "GET")].into_iter().enumerate() {
        let number = number as u128;
        let mut told = since(&served.cursor());
        told["method"] = method.into();
        let mut node = Node::subscribe(&served, transport, told);
        served.put(number, "First").await;
        assert_eq!(change(&mut node).await, ("ADDED".into(), json!("First")), "{transport} {method}");
        served.put(number, "Second").await;
        assert_eq!(change(&mut node).await, ("UPDATED".into(), json!("Second")), "{transport} {method}");
        served.publish(Audience::Public, number, Act::Withdraw { superseded_by: None }).await;
        assert_eq!(change(&mut node).await, ("WITHDRAWN".into(), Value::Null), "{transport} {method}");
        node.stop();
        served.until_open(0, 0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_event_tells_of_its_own_moment() {
    let served = Served::start().await;
    let query = "subscription($since: String) { recordChanged(since: $since) { record { ...on Practice { title { text } \
                 history { number } mechanism { id } } } } }";
    let told = json!({"query": query, "variables": {"since": served.cursor()}});
    let mut node = Node::subscribe(&served, "ws", told);
    for (revisions, title) in ["First", "Second", "Third"].into_iter().enumerate() {
        served.put(1, title).await;
        let data = node.data().await;
        let record = &data["recordChanged"]["record"];
        assert_eq!(record["title"]["text"], title);
        assert_eq!(record["history"].as_array().unwrap().len(), revisions + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_cursor_only_what_comes_from_now_on_is_told() {
    let served = Served::start().await;
    served.put(1, "Before").await;
    for transport in TRANSPORTS {
        let mut node = Node::subscribe(&served, transport, json!({"query": CHANGES}));
        served.until_open(1, 1).await;
        // Nothing says when the stream has begun: something changes until it is heard.
        let mut heard = Value::Null;
        for number in 100.. {
            served.put(number, "After").await;
            heard = node.line_soon().await;
            if !heard.is_null() {
                break;
            }
        }
        assert_eq!(heard["next"]["data"]["recordChanged"]["record"]["title"]["text"], "After", "{heard}");
        node.stop();
        served.until_open(0, 0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_leaves_the_rest_out() {
    let served = Served::start().await;
    let mut told = since(&served.cursor());
    told["variables"]["filter"] = json!({"countries": ["PT"]});
    let mut node = Node::subscribe(&served, "ws", told);
    served.put(1, "Of Morocco").await;
    let Act::Put { mut body } = practice("Of Portugal") else { unreachable!() };
    body["country"] = "PT".into();
    served.publish(Audience::Public, 2, Act::Put { body }).await;
    assert_eq!(change(&mut node).await, ("ADDED".into(), json!("Of Portugal")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_a_filter_is_told_without_its_record_and_what_is_not_selected_is_no_null() {
    let served = Served::start().await;
    let mut told = since(&served.cursor());
    told["query"] = "subscription($since: String, $filter: ChangeFilter) {
        recordChanged(since: $since, filter: $filter) { type record { ... on Mechanism { id } } } }"
        .into();
    told["variables"]["filter"] = json!({"countries": ["MA"]});
    let mut node = Node::subscribe(&served, "ws", told);
    served.put(1, "Of Morocco").await;
    assert_eq!(node.data().await["recordChanged"], json!({"type": "ADDED", "record": {}}));
    let Act::Put { mut body } = practice("Of Portugal") else { unreachable!() };
    body["country"] = "PT".into();
    served.publish(Audience::Public, 1, Act::Put { body }).await;
    assert_eq!(node.data().await["recordChanged"], json!({"type": "HIDDEN", "record": null}));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_missed_or_doubled_across_reconnects() {
    const RECORDS: u128 = 120;
    let served = std::sync::Arc::new(Served::start().await);
    for transport in TRANSPORTS {
        let begin = served.cursor();
        let publishing = {
            let (served, transport) = (served.clone(), transport.to_owned());
            tokio::spawn(async move {
                for number in 0..RECORDS {
                    served.put(number, &format!("{transport} {number}")).await;
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            })
        };
        let (mut cursor, mut heard, mut connections) = (begin, Vec::new(), 0);
        while heard.len() < RECORDS as usize {
            connections += 1;
            let mut node = Node::subscribe(&served, transport, since(&cursor));
            for _ in 0..25 {
                if heard.len() == RECORDS as usize {
                    break;
                }
                let data = node.data().await;
                cursor = data["recordChanged"]["cursor"].as_str().unwrap().to_owned();
                heard.push(data["recordChanged"]["record"]["title"]["text"].as_str().unwrap().to_owned());
            }
            // Whatever is under way to it is lost with it.
            node.kill();
        }
        publishing.await.unwrap();
        assert!(connections > 3);
        let expected: BTreeSet<String> = (0..RECORDS).map(|number| format!("{transport} {number}")).collect();
        assert_eq!(heard.iter().cloned().collect::<BTreeSet<_>>(), expected);
        assert_eq!(heard.len(), expected.len(), "nothing twice");
        served.until_open(0, 0).await;
    }
}
