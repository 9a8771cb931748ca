//! What a listener hears of rounds.

use nmirf_hub::{access::Role, hub::Phase, record::Audience};
use serde_json::{Value, json};

use crate::{
    TRANSPORTS,
    served::{Node, Served, until},
};

const PEER: &str = "https://hub.example.pt";
const PROGRESS: &str = "subscription($peer: String) { syncProgress(entityId: $peer) { instance { entityId } audience phase \
                        revisionsFetched revisionsNeeded } }";

fn round(served: &Served, peer: &str, audience: Audience) {
    let telling = served.hub.progresses().of_round(peer, audience);
    telling.asks();
    telling.needs(2);
    telling.came(2);
    telling.adopts();
    telling.ends(Phase::Done);
}

async fn phases(node: &mut Node) -> Vec<Value> {
    let mut phases = Vec::new();
    loop {
        let mut progress = node.data().await["syncProgress"].take();
        assert_eq!(progress["instance"]["entityId"], PEER);
        phases.push(json!([
            progress["audience"],
            progress["phase"],
            progress["revisionsFetched"],
            progress["revisionsNeeded"]
        ]));
        if progress["phase"].take() == "DONE" {
            return phases;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_told_from_its_start_to_its_end() {
    let served = Served::start().await;
    let (_, reader) = served.token(Role::Reader).await;
    for transport in TRANSPORTS {
        let told = json!({"query": PROGRESS, "variables": {"peer": PEER}});
        let mut anybody = Node::subscribe(&served, transport, told.clone());
        let mut with_token = told;
        with_token["token"] = reader.as_str().into();
        let mut somebody = Node::subscribe(&served, transport, with_token);
        until("two listeners", || served.hub.progresses().listeners() == 2).await;
        round(&served, "https://hub.example.fr", Audience::Public);
        round(&served, PEER, Audience::Network);
        round(&served, PEER, Audience::Public);
        let expected = |audience: &str| {
            vec![
                json!([audience, "ASKING", 0, null]),
                json!([audience, "FETCHING", 0, 2]),
                json!([audience, "ADOPTING", 2, 2]),
                json!([audience, "DONE", 2, 2]),
            ]
        };
        assert_eq!(phases(&mut somebody).await, expected("NETWORK"), "{transport}");
        assert_eq!(phases(&mut somebody).await, expected("PUBLIC"), "{transport}");
        assert_eq!(phases(&mut anybody).await, expected("PUBLIC"), "{transport}");
        drop((anybody, somebody));
        until("no listener", || served.hub.progresses().listeners() == 0).await;
    }
}
