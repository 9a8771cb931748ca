//! Lists: filters, pages, counts, facets.

use nmirf_hub::graphql::Asker;
use nmirf_hub::record::{Kind, first_data};
use serde_json::{Value as Json, json};

use crate::hub::{Hub, MAURITIUS, practice, record, somebody, values};
use nmirf_hub::access::Role;

/// How many practices of the first data are listed: all but those of the suspended member.
fn listed(matches: impl Fn(&Json) -> bool) -> usize {
    first_data::practices().iter().filter(|each| each["country"] != "MU" && matches(each)).count()
}

fn has_theme(practice: &Json, theme: &str) -> bool {
    practice["themes"].as_array().is_some_and(|themes| themes.iter().any(|each| each == theme))
}

#[tokio::test]
async fn a_theme_is_found_across_countries() {
    let hub = Hub::new();
    let query = r#"{ practices(filter: { themes: ["consultation"] }, first: 100) {
        totalCount nodes { country themes { code label { text } } provenance { origin { country } } } } }"#;
    let found = hub.ask(query).await["practices"].clone();
    let expected = listed(|practice| has_theme(practice, "consultation"));
    assert_eq!(found["totalCount"], json!(expected));
    let nodes = found["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), expected);
    let codes = |node: &Json| values(&node["themes"], "/code");
    assert!(nodes.iter().all(|node| codes(node).contains(&json!("consultation"))));
    let mut countries = values(&found["nodes"], "/country");
    countries.sort_by_key(ToString::to_string);
    countries.dedup();
    assert!(countries.len() > 10, "{countries:?}");
}

#[tokio::test]
async fn unknown_codes_match_nothing_and_unwritten_countries_are_refused() {
    let hub = Hub::new();
    let none = hub.ask(r#"{ practices(filter: { themes: ["no-such"] }) { totalCount nodes { id } } }"#).await;
    assert_eq!(none["practices"], json!({"totalCount": 0, "nodes": []}));
    let answer = hub
        .answer(r#"{ practices(filter: { countries: ["Morocco"] }) { totalCount } }"#, json!({}), Asker::ANONYMOUS, &[])
        .await;
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("two capital letters"), "{answer}");
}

#[tokio::test]
async fn fields_of_a_filter_combine_and_not_takes_away() {
    let hub = Hub::new();
    let count = async |filter: &str| {
        let query = format!("{{ practices(filter: {filter}) {{ totalCount }} }}");
        hub.ask(&query).await["practices"]["totalCount"].as_u64().unwrap() as usize
    };
    assert_eq!(count("{}").await, listed(|_| true));
    let both = |practice: &Json| has_theme(practice, "consultation") && has_theme(practice, "coordination");
    let either = |practice: &Json| has_theme(practice, "consultation") || has_theme(practice, "coordination");
    assert_eq!(count(r#"{ themes: ["consultation", "coordination"] }"#).await, listed(either));
    let not = r#"{ themes: ["consultation"], not: { themes: ["coordination"] } }"#;
    assert_eq!(count(not).await, listed(|each| has_theme(each, "consultation") && !both(each)));
    let years = |each: &Json| each["startYear"].as_i64().is_some_and(|year| year <= 2014);
    let until = count("{ years: { to: 2014 } }").await;
    assert!(until > 0 && until <= listed(years), "{until}");
    assert_eq!(count("{ compiled: false, countries: [\"PT\"] }").await, 4);
    assert_eq!(count("{ compiled: true, countries: [\"PT\"] }").await, 0);
}

#[tokio::test]
async fn a_facet_counts_over_the_filter_without_its_own_field() {
    let hub = Hub::new();
    let query = r#"{ practices(filter: { themes: ["consultation"], countries: ["PT", "ZW"] }) {
        facets(fields: [THEME, COUNTRY, COMPILED]) { field buckets { value label(language: "en") { text } count } } } }"#;
    let found = hub.ask(query).await;
    let facets = &found["practices"]["facets"];
    assert_eq!(values(facets, "/field"), ["THEME", "COUNTRY", "COMPILED"]);
    let themes = values(&facets[0]["buckets"], "/value");
    assert!(themes.len() > 1, "other themes of the countries are still to choose: {themes:?}");
    let countries = &facets[1]["buckets"];
    let portugal = countries.as_array().unwrap().iter().find(|bucket| bucket["value"] == "PT").unwrap();
    assert_eq!(portugal["label"]["text"], "Portugal");
    assert!(values(countries, "/value").len() > 10, "other countries with the theme are still to choose");
    let zimbabwe = countries.as_array().unwrap().iter().find(|bucket| bucket["value"] == "ZW");
    assert!(zimbabwe.is_some(), "a value that is chosen stays, with 0 too");
}

#[tokio::test]
async fn buckets_are_the_same_whatever_else_is_asked_of_them() {
    let hub = Hub::new();
    let buckets = async |more: &str| {
        let query = format!(
            "{{ practices {{ facets(fields: [THEME, AFFECTED_GROUP]) {{ buckets {{ n: count {more} value again: value }} }} }} }}"
        );
        hub.ask(&query).await["practices"]["facets"].to_string()
    };
    let plain = buckets("").await;
    assert!(plain.contains(r#","again":"#) && plain.contains(r#""value":null"#), "{plain}");
    for more in ["... on FacetBucket { value }", "value @include(if: true)", "value @skip(if: true)"] {
        assert_eq!(buckets(more).await, plain, "{more}");
    }
    let named = buckets("__typename").await;
    assert_eq!(named.replace(r#""__typename":"FacetBucket","#, ""), plain);
}

#[tokio::test]
async fn pages_go_both_ways_and_meet() {
    let hub = Hub::new();
    let page = async |arguments: &str| {
        let query = format!(
            "{{ practices(orderBy: {{ field: YEAR, direction: DESC }}, {arguments}) {{
                edges {{ cursor node {{ id startYear }} }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
        );
        hub.ask(&query).await["practices"].clone()
    };
    let all = page("first: 100").await;
    let whole = values(&all["edges"], "/node/id");
    assert_eq!(whole.len(), listed(|_| true));
    let (mut forwards, mut after) = (Vec::new(), String::new());
    loop {
        let next = page(&format!("first: 7{after}")).await;
        forwards.extend(values(&next["edges"], "/node/id"));
        assert_eq!(next["pageInfo"]["hasPreviousPage"], json!(forwards.len() > 7));
        if next["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
        assert_eq!(next["edges"][6]["cursor"], next["pageInfo"]["endCursor"]);
        after = format!(", after: {}", next["pageInfo"]["endCursor"]);
    }
    assert_eq!(forwards, whole);
    let (mut backwards, mut before) = (Vec::new(), String::new());
    loop {
        let next = page(&format!("last: 7{before}")).await;
        let mut ids = values(&next["edges"], "/node/id");
        ids.append(&mut backwards);
        backwards = ids;
        if next["pageInfo"]["hasPreviousPage"] == json!(false) {
            break;
        }
        before = format!(", before: {}", next["pageInfo"]["startCursor"]);
    }
    assert_eq!(backwards, whole);
    let years: Vec<Option<i64>> = values(&all["edges"], "/node/startYear").iter().map(Json::as_i64).collect();
    let stated: Vec<i64> = years.iter().flatten().copied().collect();
    assert!(stated.is_sorted_by(|one, other| one >= other) && years[..stated.len()].iter().all(Option::is_some));
}

#[tokio::test]
async fn a_cursor_stays_valid_after_later_changes() {
    let hub = Hub::new();
    let first = hub.ask("{ practices(first: 3) { nodes { id } pageInfo { endCursor } } }").await["practices"].clone();
    let query = format!("{{ practices(first: 3, after: {}) {{ nodes {{ id }} }} }}", first["pageInfo"]["endCursor"]);
    let before = hub.ask(&query).await;
    hub.apply(2, vec![record(Kind::Practice, 9000, 2, &practice(0), 2)]);
    assert_eq!(hub.ask(&query).await, before);
}

#[tokio::test]
async fn a_suspended_origin_is_left_out_unless_it_is_asked_for() {
    let hub = Hub::new();
    let count = async |filter: &str| {
        let query =
            format!("{{ practices(filter: {{ countries: [\"MU\"] {filter} }}) {{ totalCount nodes {{ id }} }} }}");
        hub.ask(&query).await["practices"].clone()
    };
    assert_eq!(count("").await["totalCount"], json!(0));
    let shown = count(", includeSuspended: true").await;
    assert_eq!(shown["totalCount"], json!(2));
    let id = &shown["nodes"][0]["id"];
    let node = hub
        .ask(&format!(
            "{{ node(id: {id}) {{ ... on Practice {{ provenance {{ origin {{ entityId sync {{ state }} }} }} }} }} }}"
        ))
        .await;
    let origin = json!({"entityId": MAURITIUS, "sync": {"state": "SUSPENDED"}});
    assert_eq!(node["node"]["provenance"]["origin"], origin);
}

#[tokio::test]
async fn lists_below_mechanisms_countries_and_practices() {
    let hub = Hub::new();
    let followed = crate::hub::practice_of("MA").0;
    let mut body = practice(0);
    body["adoptedFrom"] =
        json!([{"iss": crate::hub::MOROCCO, "sub": format!("practice/{}", uuid::Uuid::from_u128(followed))}]);
    body["country"] = json!("PT");
    hub.apply(2, vec![record(Kind::Practice, 9001, 3, &body, 2)]);
    let query = r#"{
        mechanism(country: "MA") { practices { totalCount nodes { id adoptions { totalCount nodes { id adoptedFrom { id } mechanism { acronym } } } } } }
        country(code: "PT") { practices(filter: { countries: ["PT", "MA"] }) { totalCount facets(fields: [COUNTRY]) { buckets { value count } } } }
    }"#;
    let found = hub.ask(query).await;
    let practices = &found["mechanism"]["practices"];
    assert_eq!(practices["totalCount"], json!(1));
    let adoptions = &practices["nodes"][0]["adoptions"];
    assert_eq!(adoptions["totalCount"], json!(1));
    assert_eq!(adoptions["nodes"][0]["adoptedFrom"][0]["id"], practices["nodes"][0]["id"]);
    assert_eq!(adoptions["nodes"][0]["mechanism"]["acronym"], "CNDH");
    let portugal = &found["country"]["practices"];
    assert_eq!(portugal["totalCount"], json!(5));
    assert_eq!(portugal["facets"][0]["buckets"], json!([{"value": "PT", "count": 5}, {"value": "MA", "count": 0}]));
}

#[tokio::test]
async fn what_is_for_members_is_for_staff_only() {
    let hub = Hub::new();
    let mut body = practice(0);
    body["country"] = json!("PT");
    hub.apply(2, vec![record(Kind::Practice, 9002, 6, &body, 2)]);
    let query = "{ practices(filter: { audience: NETWORK }) { totalCount nodes { audience id } } }";
    assert_eq!(hub.ask(query).await["practices"]["totalCount"], json!(0));
    let staff = hub.ask_as(query, somebody(Role::Reader), &["en"]).await["practices"].clone();
    assert_eq!((&staff["totalCount"], &staff["nodes"][0]["audience"]), (&json!(1), &json!("NETWORK")));
    let node = format!("{{ node(id: {}) {{ id }} }}", staff["nodes"][0]["id"]);
    assert_eq!(hub.ask(&node).await["node"], Json::Null);
}

#[tokio::test]
async fn what_a_facet_or_a_figure_gives_goes_into_the_filter() {
    let hub = Hub::new();
    let counted = hub
        .ask(
            "{ events { facets(fields: [MODE]) { buckets { value label(language: \"en\") { text } count } } } \
             statistics { members(groupBy: [ROLE, STATUS]) { keys { value } count } } }",
        )
        .await;
    let modes = counted["events"]["facets"][0]["buckets"].as_array().unwrap();
    let stated: Vec<_> = modes.iter().filter(|bucket| !bucket["value"].is_null()).collect();
    assert!(stated.iter().any(|bucket| bucket["value"] == "IN_PERSON" && bucket["label"]["text"] == "In person"));
    for bucket in stated {
        let query = format!(
            "{{ events(filter: {{ modes: [{}] }}) {{ totalCount facets(fields: [MODE]) {{ buckets {{ value count }} }} }} }}",
            bucket["value"].as_str().unwrap()
        );
        let found = hub.ask(&query).await["events"].clone();
        assert_eq!(found["totalCount"], bucket["count"], "{query}");
        let again = json!({"value": bucket["value"], "count": bucket["count"]});
        assert!(found["facets"][0]["buckets"].as_array().unwrap().contains(&again), "{query}: {found}");
    }
    for row in counted["statistics"]["members"].as_array().unwrap() {
        let [role, status] = [0, 1].map(|place| row["keys"][place]["value"].as_str().unwrap());
        let query = format!("{{ members(filter: {{ roles: [{role}], statuses: [{status}] }}) {{ totalCount }} }}");
        assert_eq!(hub.ask(&query).await["members"]["totalCount"], row["count"], "{query}");
    }
}
