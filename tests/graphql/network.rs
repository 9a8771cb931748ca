//! Instances, journals, countries, vocabularies.

use serde_json::{Value as Json, json};

use crate::hub::{COORDINATOR, Hub, MAURITIUS, MOROCCO, PARAGUAY, PORTUGAL, somebody, values};
use nmirf_hub::access::Role;

#[tokio::test]
async fn this_instance_comes_first_and_lags_nothing() {
    let hub = Hub::new();
    let found = hub.ask("{ instance { entityId isSelf sync { state lagSeconds nextAttemptAt pulling } } instances { totalCount nodes { entityId sync { state lagSeconds pulling via { entityId } } } } }").await;
    let own = json!({"state": "CURRENT", "lagSeconds": 0, "nextAttemptAt": null, "pulling": false});
    assert_eq!(found["instance"], json!({"entityId": MOROCCO, "isSelf": true, "sync": own}));
    let all = &found["instances"]["nodes"];
    assert_eq!(values(all, "/entityId"), [MOROCCO, COORDINATOR, MAURITIUS, PORTUGAL, PARAGUAY]);
    assert_eq!(values(all, "/sync/lagSeconds"), [0, 60, 60, 60, 60]);
    assert_eq!(all[4]["sync"]["pulling"], json!(true));
    assert_eq!(all[4]["sync"]["via"]["entityId"], PORTUGAL);
}

#[tokio::test]
async fn instances_are_filtered_and_paged() {
    let hub = Hub::new();
    let suspended = hub.ask("{ instances(filter: { states: [SUSPENDED] }) { totalCount nodes { entityId } } }").await;
    assert_eq!(suspended["instances"], json!({"totalCount": 1, "nodes": [{"entityId": MAURITIUS}]}));
    let two = hub.ask("{ instances(filter: { countries: [\"PT\", \"PY\"] }) { nodes { country } } }").await;
    assert_eq!(values(&two["instances"]["nodes"], "/country"), ["PT", "PY"]);
    let page = async |arguments: &str| {
        let query = format!(
            "{{ instances({arguments}) {{ edges {{ cursor node {{ entityId }} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} }} }}"
        );
        hub.ask(&query).await["instances"].clone()
    };
    let first = page("first: 2").await;
    assert_eq!(first["pageInfo"]["hasNextPage"], json!(true));
    let rest = page(&format!("first: 100, after: {}", first["pageInfo"]["endCursor"])).await;
    assert_eq!(values(&rest["edges"], "/node/entityId"), [MAURITIUS, PORTUGAL, PARAGUAY]);
    assert_eq!(rest["pageInfo"]["hasPreviousPage"], json!(true));
    let before = page(&format!("last: 1, before: {}", rest["edges"][0]["cursor"])).await;
    assert_eq!(values(&before["edges"], "/node/entityId"), [COORDINATOR]);
}

#[tokio::test]
async fn what_is_for_the_operator_is_not_for_everybody() {
    let hub = Hub::new();
    let query = "{ instances(filter: { countries: [\"PT\"] }) { nodes {
        sync { state lastError notShown { sub reason } recordsHeld } journals { audience checkpoint { root } sync { state recordsHeld } } } } }";
    let portugal = |found: Json| found["instances"]["nodes"][0].clone();
    let anybody = portugal(hub.ask(query).await);
    assert_eq!(anybody["sync"], json!({"state": "CURRENT", "lastError": null, "notShown": null, "recordsHeld": 5}));
    assert_eq!(values(&anybody["journals"], "/audience"), ["PUBLIC"]);
    let staff = portugal(hub.ask_as(query, somebody(Role::Reader), &["en"]).await);
    assert_eq!(staff["sync"]["lastError"], "Portugal gave no answer within 10 s.");
    assert_eq!((&staff["sync"]["state"], &staff["sync"]["notShown"]), (&json!("FAILING"), &Json::Null));
    assert_eq!(values(&staff["journals"], "/sync/recordsHeld"), [5, 0]);
    let administrator = portugal(hub.ask_as(query, somebody(Role::Administrator), &["en"]).await);
    assert_eq!(administrator["sync"]["notShown"][0]["reason"], "summary: is missing");
}

#[tokio::test]
async fn countries_stand_in_the_order_of_the_readers_language() {
    let hub = Hub::new();
    let query = "{ countries(regions: [\"AFRICA\"]) { code name { text } inGroupOfFriends mechanism { compiled } } all: countries(withRecords: false) { code } }";
    let found = hub.ask_as(query, nmirf_hub::graphql::Asker::ANONYMOUS, &["fr"]).await;
    let place = |list: &str, code: &str| values(&found[list], "/code").iter().position(|each| each == code);
    assert!(place("all", "ZA") < place("all", "DZ"), "Afrique du Sud before Algérie");
    assert!(place("countries", "KE").is_some_and(|kenya| Some(kenya) < place("countries", "MA")), "Kenya before Maroc");
    assert_eq!(place("countries", "PT"), None, "another region");
    assert_eq!(place("countries", "SC"), None, "nothing here is about the Seychelles");
    assert!(place("all", "SC").is_some());
    assert_eq!(found["all"].as_array().unwrap().len(), 249);
    let unknown = hub.ask("{ country(code: \"XX\") { code } vocabulary(name: CAPACITIES) { code } }").await;
    assert_eq!((&unknown["country"], unknown["vocabulary"].as_array().unwrap().len()), (&Json::Null, 4));
}
