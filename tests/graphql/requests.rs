//! What is refused before anything runs.

use serde_json::json;

use crate::hub::{Hub, values};

#[tokio::test]
async fn wrong_arguments_are_refused_before_anything_runs() {
    let hub = Hub::new();
    let query = "{ practices(first: 1) { pageInfo { endCursor } } changes(first: 1) { pageInfo { endCursor } } instances(first: 1) { pageInfo { endCursor } } }";
    let cursors = hub.ask(query).await;
    let practices = &cursors["practices"]["pageInfo"]["endCursor"];
    let changes = &cursors["changes"]["pageInfo"]["endCursor"];
    let instances = &cursors["instances"]["pageInfo"]["endCursor"];
    let cases = [
        (format!("{{ practices(after: {practices}, orderBy: {{ field: YEAR }}) {{ totalCount }} }}"), "another order"),
        (format!("{{ mechanisms(after: {practices}) {{ totalCount }} }}"), "another order"),
        (format!("{{ practices(before: {changes}) {{ totalCount }} }}"), "order"),
        (format!("{{ changes(after: {practices}) {{ nodes {{ type }} }} }}"), "cursor"),
        (format!("{{ instances(after: {changes}) {{ totalCount }} }}"), "cursor of this list"),
        (format!("{{ events(before: {instances}) {{ totalCount }} }}"), "cursor"),
        ("{ practices(after: \"!\") { totalCount } }".to_owned(), "cursor of this list"),
        ("{ country(code: \"MA\") { practices(after: \"!\") { totalCount } } }".to_owned(), "cursor of this list"),
        ("{ practices { nodes { adoptions(before: \"\") { totalCount } } } }".to_owned(), "cursor of this list"),
        ("{ changes(after: \"AAAA\") { nodes { type } } }".to_owned(), "cursor"),
        ("{ practices(orderBy: { field: RELEVANCE }) { totalCount } }".to_owned(), "RELEVANCE"),
        ("{ events(orderBy: { field: RELEVANCE, direction: DESC }) { totalCount } }".to_owned(), "RELEVANCE"),
        ("{ practices(filter: { not: { not: { compiled: true } } }) { totalCount } }".to_owned(), "filter.not.not"),
        ("{ practices(first: 0) { totalCount } }".to_owned(), "first"),
        ("{ practices(first: 2, last: 2) { totalCount } }".to_owned(), "first and last"),
        ("{ statistics { practices(groupBy: []) { count } } }".to_owned(), "one or two"),
        ("{ statistics { practices(groupBy: [YEAR, YEAR, YEAR]) { count } } }".to_owned(), "one or two"),
        ("{ mechanism { id } }".to_owned(), "id or country"),
    ];
    for (query, says) in cases {
        let (code, message) = hub.refusal(&query).await;
        assert_eq!(code, "BAD_USER_INPUT", "{query}");
        assert!(message.contains(says), "{query}: {message}");
    }
}

#[tokio::test]
async fn cursors_in_variables_are_judged_too() {
    let hub = Hub::new();
    let query =
        "query($after: String, $order: PracticeOrder) { practices(after: $after, orderBy: $order) { totalCount } }";
    let ask = async |variables| hub.answer(query, variables, nmirf_hub::graphql::Asker::ANONYMOUS, &["en"]).await;
    assert_eq!(ask(json!({"after": "x"})).await["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(
        ask(json!({"order": {"field": "RELEVANCE"}})).await["errors"][0]["extensions"]["code"],
        "BAD_USER_INPUT"
    );
    assert!(ask(json!({"order": {"field": "COUNTRY"}})).await["data"]["practices"]["totalCount"].is_number());
}

#[tokio::test]
async fn the_measured_queries_are_within_the_bounds() {
    let hub = Hub::new();
    for query in [
        "{ practices(first: 20, orderBy: { field: YEAR, direction: DESC }) { nodes { id title { text } summary { text } themes { code } mechanism { name { text } country } } } }",
        "{ practices(filter: { themes: [\"consultation\"] }, first: 50, orderBy: { field: YEAR, direction: DESC }) { totalCount nodes { id title { text } startYear mechanism { country } } } }",
        "{ mechanisms(first: 10) { nodes { name { text } country practices(first: 10) { nodes { id title { text } } } } } }",
    ] {
        hub.ask(query).await;
    }
}

#[tokio::test]
async fn the_schema_tells_of_itself() {
    let hub = Hub::new();
    let query = "{ node: __type(name: \"Node\") { possibleTypes { name } } record: __type(name: \"Record\") { kind interfaces { name } possibleTypes { name } fields { name type { kind } } } }";
    let found = hub.ask(query).await;
    let records = ["Document", "Event", "Mechanism", "Member", "Practice"];
    let mut of_record = values(&found["record"]["possibleTypes"], "/name");
    of_record.sort_by_key(ToString::to_string);
    assert_eq!(of_record, records);
    assert_eq!(values(&found["node"]["possibleTypes"], "/name").len(), 11);
    let country = found["record"]["fields"].as_array().unwrap().iter().find(|field| field["name"] == "country");
    assert_eq!(country.unwrap()["type"]["kind"], "SCALAR", "a record need not be about a country");
}

#[tokio::test]
async fn an_object_of_which_nothing_is_selected_is_empty_and_not_null() {
    let hub = Hub::new();
    let practice = hub.ask("{ practices(first: 1) { nodes { id } } }").await["practices"]["nodes"][0]["id"].clone();
    let unknown = "AAAAAAAAAAAAAAAAAAAAAA";
    let entities = format!(
        "{{ _entities(representations: [{{ __typename: \"Practice\", id: {practice} }}]) {{ ... on Member {{ id }} }} }}"
    );
    for (query, expected) in [
        (
            "{ search(query: \"civil\", kinds: [PRACTICE], first: 2) { nodes { ... on Mechanism { id } } } }"
                .to_owned(),
            json!({"search": {"nodes": [{}, {}]}}),
        ),
        (
            format!(
                "{{ found: node(id: {practice}) {{ ... on Mechanism {{ id }} }} none: node(id: \"{unknown}\") {{ ...F }} }} fragment F on Mechanism {{ id }}"
            ),
            json!({"found": {}, "none": null}),
        ),
        (
            format!("{{ nodes(ids: [{practice}, \"{unknown}\"]) {{ ... on Instance {{ name }} }} }}"),
            json!({"nodes": [{}, null]}),
        ),
        (entities, json!({"_entities": [{}]})),
        (
            "{ changes(first: 1, filter: { kinds: [MECHANISM] }) { nodes { record { ... on Practice { id } } } } }"
                .to_owned(),
            json!({"changes": {"nodes": [{"record": {}}]}}),
        ),
        ("{ instance { sync { state @skip(if: true) } } }".to_owned(), json!({"instance": {"sync": {}}})),
        ("{ __typename @skip(if: true) }".to_owned(), json!({})),
        ("{ __type(name: \"Query\") { name @skip(if: true) } }".to_owned(), json!({"__type": {}})),
        (
            format!("{{ node(id: {practice}) {{ ... on Mechanism {{ id }} }} node(id: {practice}) {{ id }} }}"),
            json!({"node": {"id": practice}}),
        ),
    ] {
        assert_eq!(hub.ask(&query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn what_restricts_nothing_leaves_everything() {
    let hub = Hub::new();
    let query = "{ all: practices { totalCount } empty: practices(filter: { not: { themes: [] } }) { totalCount } \
                 countries(regions: []) { code } every: countries { code } }";
    let found = hub.ask(query).await;
    assert!(found["all"]["totalCount"].as_i64() > Some(0));
    assert_eq!(found["empty"], found["all"]);
    assert_eq!(found["countries"], found["every"]);
}

#[tokio::test]
async fn of_two_fields_under_one_key_none_goes_missing_without_a_word() {
    let hub = Hub::new();
    let titles = |key: &str| {
        format!(
            "{{ practices(first: 1) {{ nodes {{ title {{ text }} }} nodes {{ {key}title(language: \"fr\") {{ text }} }} }} }}"
        )
    };
    let (code, message) = hub.refusal(&titles("")).await;
    assert_eq!(code, "VALIDATION_FAILED");
    assert!(message.contains("\"title\" conflict because they have differing arguments"), "{message}");
    let both = hub.ask(&titles("french: ")).await["practices"]["nodes"][0].clone();
    assert!(both["title"]["text"].is_string() && both["french"]["text"].is_string(), "{both}");
}
