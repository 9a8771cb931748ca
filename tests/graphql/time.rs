//! What changes with time: members on a day, figures, changes, one moment a request.

use nmirf_hub::graphql::{Asker, Reading};
use nmirf_hub::record::Kind;
use serde_json::{Value as Json, json};

use crate::hub::{Hub, hiding, key, practice, practice_of, record, tag, values, withdrawal};

#[tokio::test]
async fn members_are_as_they_were_on_the_day() {
    let hub = Hub::new();
    let on = async |day: &str| {
        let query = format!(
            "{{ members(asOf: \"{day}\") {{ totalCount nodes {{ country role status since until }} facets(fields: [STATUS]) {{ buckets {{ value label {{ text }} count }} }} }} }}"
        );
        hub.ask(&query).await["members"].clone()
    };
    assert_eq!(on("2024-05-08").await["totalCount"], json!(0));
    let founded = on("2024-05-09").await;
    assert_eq!(values(&founded["nodes"], "/country"), ["MU", "MA", "PY", "PT"], "by the names of countries in English");
    let mauritius =
        json!({"country": "MU", "role": "MEMBER", "status": "ACTIVE", "since": "2024-05-09", "until": "2025-03-01"});
    assert_eq!(founded["nodes"][0], mauritius);
    let later = on("2025-03-01").await;
    assert_eq!((&later["nodes"][0]["role"], &later["nodes"][0]["status"]), (&json!("OBSERVER"), &json!("SUSPENDED")));
    assert_eq!(
        later["facets"][0]["buckets"][1],
        json!({"value": "SUSPENDED", "label": {"text": "Suspended"}, "count": 1})
    );
    let today = hub.ask("{ members(filter: { roles: [COORDINATOR] }) { nodes { country mechanism { acronym } } } country(code: \"MU\") { member { status course { from reason } instance { isSelf } keys { thumbprint status } } } }").await;
    assert_eq!(today["members"]["nodes"], json!([{"country": "MA", "mechanism": {"acronym": "DIDH"}}]));
    let member = &today["country"]["member"];
    assert_eq!((&member["status"], &member["course"][1]["reason"]), (&json!("SUSPENDED"), &json!("Asked for it.")));
    assert_eq!(
        member["keys"],
        json!([{"thumbprint": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "status": "CURRENT"}])
    );
}

#[tokio::test]
async fn figures_agree_with_lists() {
    let hub = Hub::new();
    let query = r#"{ statistics {
        practices(filter: { countries: ["PT", "KE"] }, groupBy: [COUNTRY, COMPILED]) { keys { dimension value label { text } } count }
        mechanisms(groupBy: [REGION]) { count }
        members(asOf: "2024-06-01", groupBy: [ROLE]) { keys { value } count }
        timeline(from: "2024-04-01", to: "2025-03-20") { date active suspended }
    } mechanisms { totalCount } }"#;
    let found = hub.ask(query).await;
    let rows = found["statistics"]["practices"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["count"], json!(4));
    assert_eq!(rows[0]["keys"][0], json!({"dimension": "COUNTRY", "value": "PT", "label": {"text": "Portugal"}}));
    assert_eq!(rows[0]["keys"][1]["label"]["text"], "Said by the State itself");
    let sum: i64 = values(&found["statistics"]["mechanisms"], "/count").iter().filter_map(Json::as_i64).sum();
    assert_eq!(json!(sum), found["mechanisms"]["totalCount"]);
    let timeline = found["statistics"]["timeline"].as_array().unwrap();
    assert_eq!(timeline.first().unwrap(), &json!({"date": "2024-04-01", "active": 0, "suspended": 0}));
    assert_eq!(timeline.last().unwrap(), &json!({"date": "2025-03-01", "active": 3, "suspended": 1}));
}

#[tokio::test]
async fn changes_go_on_from_a_cursor() {
    let hub = Hub::new();
    let query = "{ changes(first: 100, after: CURSOR) { edges { cursor } nodes { type recordId kind record { id } withdrawn { id } } pageInfo { hasNextPage endCursor } } }";
    let mut after = "null".to_owned();
    let mut seen = 0;
    loop {
        let page = hub.ask(&query.replace("CURSOR", &after)).await["changes"].clone();
        seen += page["nodes"].as_array().unwrap().len();
        assert!(values(&page["nodes"], "/type").iter().all(|each| each == "ADDED" || each == "HIDDEN"));
        after = page["pageInfo"]["endCursor"].to_string();
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    assert!(seen > 200, "{seen}");
    let nothing_new = hub.ask(&query.replace("CURSOR", &after)).await["changes"].clone();
    assert_eq!((&nothing_new["nodes"], nothing_new["pageInfo"]["endCursor"].to_string()), (&json!([]), after.clone()));
    let ((portugal, _), (kenya, _)) = (practice_of("PT"), practice_of("KE"));
    hub.apply(2, vec![withdrawal(Kind::Practice, portugal, 3, 2, None)]);
    hub.apply(3, vec![hiding(Kind::Practice, kenya, 1, 3)]);
    hub.apply(4, vec![record(Kind::Practice, practice_of("MA").0, 2, &practice(0), 4)]);
    let page = hub.ask(&query.replace("CURSOR", &after)).await["changes"].clone();
    assert_eq!(values(&page["nodes"], "/type"), ["WITHDRAWN", "HIDDEN", "UPDATED"]);
    assert_eq!(page["nodes"][0]["withdrawn"]["id"], json!(key(Kind::Practice, portugal, 3)));
    assert_eq!(page["nodes"][2]["record"]["id"], page["nodes"][2]["recordId"]);
    let only =
        hub.ask(&format!("{{ changes(filter: {{ kinds: [MEMBER] }}, after: {after}) {{ nodes {{ type }} }} }}")).await;
    assert_eq!(only["changes"]["nodes"], json!([]));
}

#[tokio::test]
async fn one_request_reads_one_moment() {
    let hub = Hub::new();
    let reading = Reading::new(hub.memory.clone(), Asker::ANONYMOUS, vec![tag("en")]);
    let count = "{ practices { totalCount } }";
    let before = hub.ask(count).await;
    hub.apply(2, vec![record(Kind::Practice, 9200, 2, &practice(0), 2)]);
    let held = hub.schema.execute(async_graphql::Request::new(count).data(reading)).await;
    assert_eq!(serde_json::to_value(held.data).unwrap(), before);
    assert_ne!(hub.ask(count).await, before);
}
