//! What an origin signs against the rules of records: each reader keeps it, tells its operator which record and which
//! rule, and shows it nowhere else.

use nmirf_hub::{access::Role, record::RecordKey};
use serde_json::{Value, json};

use crate::{
    forged::Forged,
    instance::{body, put, sub},
    network::Network,
    reader::Page,
};

/// Stands in every text of a planted record and nowhere else.
const WORD: &str = "Quillwort";
/// How many refused records the page of a hub tells at most.
const TOLD: usize = 100;

/// A body with the word in all its texts, and one member that breaks a rule.
fn planted(member: &str, value: Value) -> Value {
    let mut body = json!({
        "country": "MA", "title": {"en": format!("{WORD} title")}, "summary": {"en": format!("{WORD} summary")},
        "description": {"en": format!("{WORD} description")}, "themes": ["coordination"], "startYear": 2019,
    });
    body[member] = value;
    body
}

/// Number, body, and the rule that the operator reads.
fn cases() -> [(u64, Value, &'static str); 5] {
    let override_ = format!("{WORD} turned \u{202e}around");
    let override_rule = "holds a control character or a direction override";
    let url_rule = "is not an http or https address of at most 2,048 bytes";
    let link = json!([{"title": format!("{WORD} link"), "url": "javascript:alert(1)"}]);
    [
        (10, planted("title", json!({"en": override_})), override_rule),
        (11, planted("lessonsLearnt", json!({"fr": override_})), override_rule),
        (12, planted("links", link.clone()), url_rule),
        (13, planted("sources", link), url_rule),
        (14, planted("title", json!({"en": WORD.repeat(1112)})), "is longer than 1000 characters"),
    ]
}

fn signed(forged: &Forged, number: u64, rev: u32, body: Value) -> String {
    let mut claims = forged.claims(number);
    (claims["body"], claims["rev"]) = (body, rev.into());
    forged.signed(&claims)
}

/// PT holds a practice of MA, and beside it what MA signs against the rules.
async fn with_refused() -> Network {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.publish(vec![put(2, "own")]).await;
    portugal.pull(network.coordinator()).await;
    let mut forged = Forged::of(morocco).with(1..2);
    for (number, body, _) in cases() {
        let jws = signed(&forged, number, 1, body);
        forged.put(number, jws);
    }
    forged.instead_of(morocco);
    portugal.pull(morocco).await;
    portugal.index().await;
    network
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_against_the_rules_is_told_to_the_operator_with_its_rule() {
    let network = with_refused().await;
    let (morocco, portugal) = network.two();
    assert_eq!(portugal.count().await, 2, "the good one is shown");
    let id: String = url::form_urlencoded::byte_serialize(morocco.id().as_bytes()).collect();
    let overview = portugal.read_as(Role::Administrator, "/en/admin").await;
    assert!(overview.said().contains("5 records are held and not shown"), "{}", overview.said());
    let arabic = portugal.read_as(Role::Administrator, "/ar/admin").await;
    assert!(arabic.said().contains("سجلات محفوظة وغير معروضة"), "{}", arabic.said());
    let page = portugal.read_as(Role::Administrator, &format!("/en/admin/hub?id={id}")).await;
    let printed = tokio::task::block_in_place(|| portugal.run(&["peer", "show", morocco.id()])).done().out;
    let query = "{ instances { nodes { entityId sync { notShown { sub reason } } } } }";
    let told = portugal.ask_as(Role::Administrator, query).await;
    let nodes = told["instances"]["nodes"].as_array().unwrap();
    let told = &nodes.iter().find(|node| node["entityId"] == morocco.id()).unwrap()["sync"]["notShown"];
    assert_eq!(told.as_array().unwrap().len(), cases().len());
    for (number, _, rule) in cases() {
        let name = sub(number).to_string();
        let line = |text: &str| text.lines().any(|line| line.contains(&name) && line.contains(rule));
        assert!(line(&page.said().replace(&name, &format!("\n{name}"))), "{number} {rule}: {}", page.said());
        assert!(line(&printed), "{number} {rule}: {printed}");
        let in_api = |one: &Value| one["sub"] == name.as_str() && one["reason"].as_str().unwrap().contains(rule);
        assert!(told.as_array().unwrap().iter().any(in_api), "{number} {rule}: {told}");
    }
    for text in [&page.text, &overview.text, &printed] {
        assert!(!text.contains(WORD) && !text.contains('\u{202e}'), "not its words: {text}");
    }
    for role in [Role::Reader, Role::Editor] {
        for path in ["/en/admin".to_owned(), format!("/en/admin/hub?id={id}")] {
            assert_eq!(portugal.read_as(role, &path).await.status, 403, "{role:?} {path}");
        }
    }
    let public = portugal.ask(query).await;
    assert!(public["instances"]["nodes"].as_array().unwrap().iter().all(|node| node["sync"]["notShown"].is_null()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_against_the_rules_is_shown_nowhere() {
    let network = with_refused().await;
    let (morocco, portugal) = network.two();
    let keys: Vec<RecordKey> = cases().iter().map(|(number, ..)| morocco.key_of(&sub(*number))).collect();
    let lists = [
        "/en/",
        "/ar/",
        "/en/practices",
        "/en/practices?country=MA&theme=coordination",
        "/en/practices?q=quillwort",
        "/en/search?q=quillwort",
        "/en/suggest?q=quillwort",
        "/en/countries/MA",
        "/en/network",
        "/en/figures",
        "/embed/practices-by-theme?language=en",
        "/sitemap.xml",
        "/sitemap/practices-1.xml",
        "/feeds/practices.atom",
        "/export/practices.csv",
        "/export/practices.jsonl",
        "/catalog.jsonld",
    ];
    for path in lists {
        for page in [portugal.read(path).await, portugal.read_as(Role::Administrator, path).await] {
            assert_eq!(page.status, 200, "{path}");
            has_nothing(path, &page.text, &keys);
        }
    }
    for key in &keys {
        for path in [
            "/en/practices/{}",
            "/id/{}",
            "/id/{}/jws",
            "/en/records/{}/history",
            "/en/records/{}/verify",
            "/en/records/{}/cite/x.bib",
        ] {
            let path = path.replace("{}", &key.to_string());
            for page in [portugal.read(&path).await, portugal.read_as(Role::Administrator, &path).await] {
                assert_eq!((page.status, page.text.contains(WORD)), (404, false), "{path}");
            }
        }
        let compared = portugal.read(&format!("/en/practices/compare?id={key}&id={}", morocco.key_of(&sub(1)))).await;
        assert!(compared.said().contains("a record is not here") && !compared.text.contains(WORD), "{compared:?}");
        let query = format!("{{ practice(id: \"{key}\") {{ id }} node(id: \"{key}\") {{ id }} }}");
        assert_eq!(portugal.ask(&query).await, json!({"practice": null, "node": null}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_counts_and_finds_no_revision_against_the_rules_and_changes_name_no_word_of_it() {
    let network = with_refused().await;
    let (morocco, portugal) = network.two();
    let query = "{ practices(search: \"quillwort\") { totalCount } search(query: \"quillwort\") { totalCount }
        all: practices { totalCount facets(fields: [THEME]) { buckets { value count } } }
        changes(first: 100) { edges { node { type recordId record { __typename } } } } }";
    let found = portugal.ask(query).await;
    assert_eq!((&found["practices"]["totalCount"], &found["search"]["totalCount"]), (&json!(0), &json!(0)));
    assert_eq!(found["all"]["totalCount"], 2);
    assert!(!found["all"]["facets"].to_string().contains("coordination"), "{found}");
    // Who harvests hears that these ids are not shown, and nothing more (schema: HIDDEN).
    let keys: Vec<String> = cases().iter().map(|(number, ..)| morocco.key_of(&sub(*number)).to_string()).collect();
    let changes = found["changes"]["edges"].as_array().unwrap();
    let of_refused = changes.iter().map(|edge| &edge["node"]);
    let of_refused: Vec<&Value> =
        of_refused.filter(|node| keys.iter().any(|key| node["recordId"] == key.as_str())).collect();
    assert_eq!(of_refused.len(), keys.len());
    assert!(of_refused.iter().all(|node| node["type"] == "HIDDEN" && node["record"].is_null()), "{of_refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_leaves_with_a_version_against_the_rules_and_comes_back_with_a_good_one() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.pull(network.coordinator()).await;
    let forged = Forged::of(morocco).with(1..2).instead_of(morocco);
    portugal.pull(morocco).await;
    portugal.index().await;
    let path = format!("/en/practices/{}", morocco.key_of(&sub(1)));
    assert_eq!(portugal.read(&path).await.status, 200);
    let publish = async |rev: u32, body: Value| {
        let jws = signed(&forged.lock().unwrap(), 1, rev, body);
        forged.lock().unwrap().put(1, jws);
        portugal.pull(morocco).await;
        portugal.index().await;
    };
    publish(2, planted("title", json!({"en": format!("{WORD} \u{202e}around")}))).await;
    assert_eq!((portugal.read(&path).await.status, portugal.count().await), (404, 0));
    assert!(portugal.read("/en/search?q=quillwort").await.said().contains("Nothing found"));
    publish(3, body(1, "third")).await;
    assert!(portugal.read(&path).await.said().contains("third"));
    let history: Page = portugal.read(&format!("/en/records/{}/history", morocco.key_of(&sub(1)))).await;
    assert!(history.said().contains("Version 2") && history.said().contains("Version 3"), "{}", history.said());
    assert!(!history.text.contains(WORD) && !history.text.contains('\u{202e}'), "{}", history.said());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_very_many_refused_records_the_page_tells_the_first_and_how_many_there_are() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    portugal.pull(network.coordinator()).await;
    let mut forged = Forged::of(morocco);
    for number in 100..350 {
        let jws = signed(&forged, number, 1, planted("startYear", json!(1)));
        forged.put(number, jws);
    }
    forged.instead_of(morocco);
    portugal.pull(morocco).await;
    let id: String = url::form_urlencoded::byte_serialize(morocco.id().as_bytes()).collect();
    let page = portugal.read_as(Role::Administrator, &format!("/en/admin/hub?id={id}")).await;
    assert_eq!(page.text.matches("startYear: is not a year").count(), TOLD);
    assert!(page.said().contains("150 more"), "{}", page.said());
}

fn has_nothing(place: &str, text: &str, keys: &[RecordKey]) {
    // The words that were searched for stand in the form.
    let text = text.replace("quillwort", "");
    assert!(
        !text.contains(WORD) && !text.contains('\u{202e}') && !text.contains("javascript:alert"),
        "{place}: {text}"
    );
    for key in keys {
        assert!(!text.contains(&key.to_string()), "{place}: {key}");
    }
}
