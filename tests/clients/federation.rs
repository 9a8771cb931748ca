//! The hub as a subgraph of Apollo Federation v2: entities by their keys, composition, a gateway.

use nmirf_hub::access::Role as Rank;
use nmirf_hub::graphql::{sdl, subgraph_sdl};
use serde_json::{Value, json};

use super::served::{Served, node};

const ENTITIES: &str = "query($of: [_Any!]!) { _entities(representations: $of) {
    __typename
    ... on Practice { id country title(language: \"en\") { text } }
    ... on Mechanism { id type { code } }
    ... on Member { id status }
} }";

async fn entities(served: &Served, of: Value) -> Value {
    served.post(&json!({"query": ENTITIES, "variables": {"of": of}})).await
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("no refusal: {answer}"))
}

#[test]
fn the_published_schema_knows_nothing_of_gateways_and_the_subgraphs_names_its_keys() {
    for word in ["_entities", "_service", "_Any", "_Entity", "@key", "@shareable", "@link"] {
        assert!(!sdl().contains(word), "{word}");
    }
    let subgraph = subgraph_sdl();
    for part in [
        "https://specs.apollo.dev/federation/v2",
        "type Mechanism implements Record & Node @key(fields: \"id\")",
        "type Practice implements Record & Node @key(fields: \"id\")",
        "type Member implements Record & Node @key(fields: \"id\")",
        "type PageInfo @shareable",
        "): Node @shareable",
        "): [Node]! @shareable",
    ] {
        assert!(subgraph.contains(part), "{part}");
    }
    assert_eq!(subgraph.matches("@key(").count(), 3);
    assert_eq!(subgraph.matches(" @shareable").count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supergraph_composes_and_a_gateway_answers_across_both() {
    let served = Served::start().await;
    let [practice, member, mechanism] = served.some_ids().await;
    let url = served.url();
    let said = node("tests/clients", &["gateway.mjs", &url, &practice, &member, &mechanism, &member]).await;
    let report: Value = serde_json::from_str(&said).unwrap_or_else(|fault| panic!("{fault}: {said}"));
    assert_eq!(report["errors"], json!([]), "{said}");
    for answer in ["fromHub", "fromMinistry", "node"] {
        assert_eq!(report[answer].get("errors"), None, "{answer}: {said}");
    }
    let hub = &report["fromHub"]["data"]["practices"];
    assert!(hub["totalCount"].as_u64() > Some(0), "{said}");
    for practice in hub["nodes"].as_array().unwrap() {
        assert_eq!(practice["ministryNotes"], json!([format!("seen {}", practice["id"].as_str().unwrap())]));
        assert!(practice["title"]["text"].is_string(), "{said}");
    }
    let ministry = &report["fromMinistry"]["data"];
    assert_eq!(ministry["recentlyNoted"][0]["id"], json!(practice));
    assert_eq!(ministry["recentlyNoted"][0]["history"], json!([{"number": 1}]));
    assert!(ministry["recentlyNoted"][0]["title"]["text"].is_string(), "{said}");
    // What the ministry noted once and the hub does not show any more.
    assert_eq!(ministry["recentlyNoted"][1], Value::Null, "{said}");
    assert_eq!(ministry["membersToCall"][0]["telephone"], json!("+1 555 0100"));
    assert!(ministry["membersToCall"][0]["countryName"]["text"].is_string(), "{said}");
    assert_eq!(ministry["mechanismsToVisit"][0]["lastVisit"], json!(2026));
    assert!(ministry["mechanismsToVisit"][0]["name"]["text"].is_string(), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entity_comes_by_its_key_in_the_order_asked_and_null_where_there_is_none() {
    let served = Served::start().await;
    let [practice, member, mechanism] = served.some_ids().await;
    let of = json!([
        {"__typename": "Member", "id": member},
        {"__typename": "Practice", "id": mechanism},
        {"__typename": "Practice", "id": practice, "more": {"than": ["the", "key"]}},
        {"__typename": "Mechanism", "id": "no id at all"},
        {"__typename": "Mechanism", "id": mechanism},
    ]);
    let answer = entities(&served, of).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    let found = answer["data"]["_entities"].as_array().unwrap();
    let ids: Vec<&Value> = found.iter().map(|entity| &entity["id"]).collect();
    assert_eq!(json!(ids), json!([member, null, practice, null, mechanism]));
    let types: Vec<&Value> = found.iter().map(|entity| &entity["__typename"]).collect();
    assert_eq!(json!(types), json!(["Member", null, "Practice", null, "Mechanism"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entity_that_the_viewer_may_not_see_is_null_and_so_is_a_withdrawn_one() {
    let served = Served::start().await;
    let for_members = served.publish_for_members().await;
    let withdrawn = served.publish_and_withdraw().await;
    let of = json!([{"__typename": "Practice", "id": for_members}, {"__typename": "Practice", "id": withdrawn}]);
    let answer = entities(&served, of.clone()).await;
    assert_eq!((answer.get("errors"), &answer["data"]), (None, &json!({"_entities": [null, null]})));
    let token = served.token(Rank::Reader).await;
    let body = json!({"query": ENTITIES, "variables": {"of": of}});
    let answer = served.post_as(&token, &body).await;
    let found = &answer["data"]["_entities"];
    assert_eq!((&found[0]["id"], &found[1]), (&json!(for_members), &Value::Null), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_representations_are_refused_with_a_sentence() {
    let served = Served::start().await;
    for (of, says) in [
        (json!([{"__typename": "Country", "id": "MA"}]), "representations[0] has a __typename that is no entity here"),
        (json!([{"id": "x"}]), "representations[0] has no __typename"),
        (json!([{"__typename": ["Practice"], "id": "x"}]), "representations[0] has no __typename"),
        (json!([{"__typename": "Practice", "id": 7}]), "representations[0] has no id that is a text"),
        (json!([{"__typename": "Practice", "id": {"id": "x"}}]), "representations[0] has no id that is a text"),
        (json!([{"__typename": "Practice"}]), "representations[0] has no id that is a text"),
        (json!(["Practice"]), "representations[0] is no object"),
        (json!([[{"__typename": "Practice", "id": "x"}]]), "representations[0] is no object"),
    ] {
        let answer = entities(&served, of).await;
        assert_eq!(code(&answer), "BAD_USER_INPUT", "{answer}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains(says), "{answer}");
        assert!(answer["data"].is_null(), "{answer}");
    }
    assert_eq!(code(&entities(&served, json!([null])).await), "BAD_USER_INPUT");
    let deep = (0..40).fold(json!("x"), |inner, _| json!([inner]));
    assert_eq!(code(&entities(&served, json!([{"__typename": "Practice", "id": deep}])).await), "BAD_USER_INPUT");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_representations_is_refused() {
    let served = Served::with(|config| config.listen.max_body = 8 << 20).await;
    let [practice, ..] = served.some_ids().await;
    let many = |count: usize| json!(vec![json!({"__typename": "Practice", "id": practice}); count]);
    let answer = entities(&served, many(100)).await;
    assert_eq!(answer["data"]["_entities"].as_array().map(Vec::len), Some(100), "{}", answer["errors"]);
    assert_eq!(code(&entities(&served, many(101)).await), "BAD_USER_INPUT");
    assert_eq!(code(&entities(&served, many(10_000)).await), "TOO_COMPLEX");
    // The same few bytes below each of them are counted for each.
    let query =
        "query($of: [_Any!]!) { _entities(representations: $of) { ... on Practice { history(first: 100) { jws } } } }";
    let answer = served.post(&json!({"query": query, "variables": {"of": many(100)}})).await;
    assert_eq!(code(&answer), "TOO_COMPLEX");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_subgraph_is_told_as_the_introspection_is_and_costs_as_much() {
    let served = Served::start().await;
    let told = served.post(&json!({"query": "{ _service { sdl } }"})).await;
    assert!(told["data"]["_service"]["sdl"] == json!(subgraph_sdl()), "{}", told["errors"]);
    let flood: String = (0..20).map(|number| format!("s{number}: _service {{ sdl }} ")).collect();
    assert_eq!(code(&served.post(&json!({"query": format!("{{ {flood} }}")})).await), "TOO_COMPLEX");
    let closed = Served::with(|config| config.graphql.introspection = false).await;
    let refused = closed.post(&json!({"query": "{ _service { sdl } }"})).await;
    assert_eq!(code(&refused), "VALIDATION_FAILED");
    let [practice, ..] = closed.some_ids().await;
    let found = entities(&closed, json!([{"__typename": "Practice", "id": practice}])).await;
    assert_eq!(found["data"]["_entities"][0]["id"], json!(practice));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_asks_about_the_schema_is_answered_alike_every_time() {
    let served = Served::with(|config| config.graphql.answer_cache = 0).await;
    let [practice, ..] = served.some_ids().await;
    let entity = format!(
        r#"{{ _entities(representations: [{{ __typename: "Practice", id: "{practice}" }}]) {{ __typename }} }}"#
    );
    for query in ["{ _service { sdl } }", r#"{ __type(name: "Query") { fields { name description } } }"#, &entity] {
        let first = served.post(&json!({ "query": query })).await;
        assert!(first.get("errors").is_none(), "{query}: {}", first["errors"]);
        assert!(served.post(&json!({ "query": query })).await == first, "{query}");
    }
}
