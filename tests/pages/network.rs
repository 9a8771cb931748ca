//! What is asked of these pages (src/pages/network).

use std::sync::Arc;

use nmirf_hub::{
    access::Role,
    catalog::{FaultWord, SyncFault, SyncState, Update},
    record::{Kind, first_data},
    search::Question,
};
use serde_json::json;

use crate::{
    browser::{PASSWORD, add, browse},
    hub::{Answer, Served, publish},
    support::MEMBER,
};

const LANGUAGES: [&str; 6] = ["ar", "zh", "en", "fr", "ru", "es"];

/// A page that must be there.
async fn page(served: &Served, path: &str) -> String {
    let answer = served.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

/// The id of the first record that a question of the API finds.
async fn first_id(served: &Served, list: &str) -> String {
    let data = served.graphql(&format!("{{ {list} {{ nodes {{ id }} }} }}")).await;
    let (_, found) = data.as_object().unwrap().iter().next().unwrap();
    found["nodes"][0]["id"].as_str().unwrap().to_owned()
}

/// What somebody with this role is shown.
async fn as_staff(served: &Served, role: Role, path: &str) -> Answer {
    let (name, hub) = (format!("{role:?}"), &served.coordinator.hub);
    add(served, &name, role).await;
    let signed_in = hub.access().sign_in(&name, PASSWORD, None, None, hub.now()).await.unwrap();
    let cookie = format!("{}={}", hub.access().cookie_name(), signed_in.secret);
    served.ask("GET", path, &[("cookie", &cookie)]).await
}

/// The parts of a page that stand between two texts.
fn between<'p>(page: &'p str, before: &str, after: &str) -> Vec<&'p str> {
    page.split(before).skip(1).map(|rest| rest.split(after).next().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_to_try_find_something_in_every_language() {
    let served = Served::start().await;
    let hub = &served.coordinator.hub;
    let snapshot = hub.snapshot();
    hub.index().follow(&snapshot);
    let reader = hub.index().reader().unwrap();
    for language in LANGUAGES {
        let home = page(&served, &format!("/{language}/")).await;
        let tried = between(&home, &format!("href=\"/{language}/search?q="), "\"");
        assert_eq!(tried.len(), 4, "{language}");
        for words in tried {
            let query = format!("q={words}");
            let (_, text) = url::form_urlencoded::parse(query.as_bytes()).next().unwrap();
            let hits = reader.find(&snapshot, Question { text: &text, language: None, kinds: &[] });
            assert!(!hits.slots().is_empty(), "{language}: {text} finds nothing");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_with_records_is_on_the_map_and_in_its_list() {
    let served = Served::start().await;
    let home = page(&served, "/en/").await;
    let mut countries: Vec<String> =
        first_data::mechanisms().iter().map(|body| body["country"].as_str().unwrap().to_owned()).collect();
    countries.extend(first_data::practices().iter().map(|body| body["country"].as_str().unwrap().to_owned()));
    assert!(countries.len() > 100);
    for country in countries {
        let link = format!("href=\"/en/countries/{country}\"");
        assert!(home.contains(&format!("{link} tabindex=\"-1\"")), "{country} has no mark");
        assert!(home.contains(&format!("{link}>")), "{country} is not in the list");
    }
    assert!(home.contains("It implies no opinion on the legal status"));
}

#[tokio::test(flavor = "multi_thread")]
async fn home_weighs_little_and_counts_what_is_there() {
    let served = Served::start().await;
    let home = page(&served, "/en/").await;
    for (path, count) in [("mechanisms", 51), ("documents", 49), ("network", 2)] {
        let figures = between(&home, "id=\"figures\"", "</section>");
        let figure = between(figures[0], &format!("href=\"/en/{path}\""), "</dd>");
        assert!(figure[0].ends_with(&format!("<dd>{count}")), "{path}: {figure:?}");
    }
    let packed = served.ask("GET", "/en/", &[("accept-encoding", "gzip")]).await;
    assert!(packed.body.len() < 50_000, "{} bytes", packed.body.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coming_event_stands_on_the_home_page_and_a_past_one_only_where_none_comes() {
    let served = Served::start().await;
    assert!(page(&served, "/en/").await.contains("No event with a date ahead"));
    let event = json!({"title": {"en": "Seminar to come"}, "type": "seminar", "startsOn": "2090-05-08", "endsOn": "2090-05-09"});
    publish(&served.coordinator.hub, Kind::Event, vec![event]).await;
    let home = page(&served, "/en/").await;
    assert!(home.contains("Seminar to come") && home.contains("8–9 May 2090"));
    assert!(!home.contains("No event with a date ahead"));
    let id = first_id(&served, "events(first: 1)").await;
    let event = page(&served, &format!("/en/events/{id}")).await;
    assert!(event.contains("(ahead)") && event.contains("Registration"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_has_a_page_with_or_without_a_mechanism_and_an_unknown_code_has_none() {
    let served = Served::start().await;
    let kenya = page(&served, "/en/countries/KE").await;
    assert!(kenya.contains("National Committee on International") && kenya.contains("It runs no hub yet."));
    let sweden = page(&served, "/en/countries/SE").await;
    assert!(sweden.contains("No mechanism is described here yet.") && sweden.contains("Group of Friends"));
    assert!(sweden.contains("To be confirmed by the Group."), "the list stands with its note");
    assert!(!page(&served, "/en/countries/FR").await.contains("Group of Friends"));
    for nothing in ["/en/countries/XX", "/en/countries/1A", "/en/countries/KEN", "/xx/countries/KE"] {
        assert_eq!(served.get(nothing).await.status, 404, "{nothing}");
    }
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let small = client.get(format!("{}/en/countries/ke", served.base)).send().await.unwrap();
    assert_eq!((small.status().as_u16(), &small.headers()["location"]), (301, &"/en/countries/KE".parse().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_shows_every_name_with_its_own_language_and_direction() {
    let served = Served::start().await;
    let id = first_id(&served, r#"mechanisms(filter: {countries: ["MU"]})"#).await;
    let profile = page(&served, &format!("/en/mechanisms/{id}")).await;
    assert!(
        profile.contains("not a statement of this State") && !profile.contains("Only its author"),
        "it was compiled"
    );
    let profile = page(&served, &format!("/zh/mechanisms/{id}")).await;
    assert!(profile.contains("<h1 lang=\"zh\" dir=\"ltr\">国家报告和后续行动机制"));
    assert!(profile.contains("<bdi lang=\"ar\" dir=\"rtl\">الآلية الوطنية لتقديم التقارير والمتابعة</bdi>"));
    assert!(profile.contains("<bdi lang=\"en\" dir=\"ltr\">Human Rights Division, Ministry of Foreign Affairs"));
    assert!(profile.contains("未注明"), "what is not stated says so");
    assert!(
        profile.contains("id=\"provenance\"") && profile.contains("id=\"citation\""),
        "who says it, and how to cite it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_those_of_the_day_that_is_asked_for() {
    let served = Served::start().await;
    let today = page(&served, "/en/network").await;
    assert!(today.contains("2 members are listed on") && today.contains("(Suspended)"));
    let before = page(&served, "/en/network?asOf=2025-12-31").await;
    assert!(before.contains("0 members are listed on") && before.contains("31 December 2025"));
    let api = served.graphql(r#"{ members(asOf: "2026-01-01") { totalCount } }"#).await;
    let day = page(&served, "/en/network?asOf=2026-01-01").await;
    assert!(day.contains(&format!("{} members are listed on", api["members"]["totalCount"])));
    let wrong = served.get("/en/network?asOf=yesterday%22%3E").await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains("aria-invalid=\"true\"") && wrong.text().contains("This is not a day."));
    assert!(wrong.text().contains("value=\"yesterday&quot;&gt;\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_learns_a_failure_in_a_word_and_staff_in_a_sentence_as_from_the_api() {
    let served = Served::start().await;
    let hub = &served.coordinator.hub;
    let snapshot = hub.snapshot();
    let mut network = nmirf_hub::catalog::Network::clone(snapshot.network());
    for journal in network.journals.values_mut().filter(|journal| &*journal.origin == MEMBER) {
        journal.state = SyncState::Failing;
        journal.last_error = Some(SyncFault { word: FaultWord::Timeout, sentence: "No answer within 5 s.".into() });
    }
    let update = Update {
        number: snapshot.number(),
        at: hub.now(),
        forgotten: 0,
        network: Some(Arc::new(network)),
        records: Vec::new(),
    };
    hub.catalog().apply(update);
    let public = page(&served, "/en/network").await;
    assert!(public.contains("Has not answered since then") && public.contains("FAILING"));
    assert!(public.contains("<td>timeout</td>") && !public.contains("No answer within"));
    let staff = as_staff(&served, Role::Reader, "/en/network").await.text();
    assert!(staff.contains("No answer within 5 s."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_the_network_alone_is_neither_counted_nor_found_by_the_public() {
    let served = Served::start().await;
    let event =
        json!({"title": {"en": "Closed meeting"}, "type": "seminar", "startsOn": "2090-05-08", "audience": "network"});
    publish(&served.coordinator.hub, Kind::Event, vec![event]).await;
    assert!(!page(&served, "/en/").await.contains("Closed meeting"));
    let home = as_staff(&served, Role::Reader, "/en/").await.text();
    assert!(home.contains("Closed meeting"));
    let path = between(&home, "href=\"/en/events/", "\"")[0].to_owned();
    assert_eq!(served.get(&format!("/en/events/{path}")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_leads_to_each_edition_and_its_texts_cannot_act() {
    let served = Served::start().await;
    let document = json!({
        "title": {"en": "<script>alert(1)</script> \u{2067}turned"}, "type": "guide", "date": "2090", "symbol": "A/1/<b>",
        "issuedBy": "Council <i>", "languages": ["en", "fr", "ru"], "themes": ["coordination"],
        "editions": [{"language": "en", "url": "https://documents.example/en.pdf"}, {"language": "fr", "url": "https://documents.example/fr.pdf"}],
        "sources": [{"title": "Source <u>", "url": "https://source.example/?a=\"b"}],
    });
    publish(&served.coordinator.hub, Kind::Document, vec![document]).await;
    let id = first_id(&served, "documents(first: 1)").await;
    let shown = page(&served, &format!("/fr/documents/{id}")).await;
    for raw in ["<script>alert", "A/1/<b>", "Council <i>", "Source <u>", "a=\"b", "\u{2067}"] {
        assert!(!shown.contains(raw), "{raw}");
    }
    assert!(shown.contains("U+2067") && shown.contains("<time datetime=\"2090\">2090</time>"));
    assert!(shown.contains("href=\"https://documents.example/fr.pdf\" rel=\"noopener nofollow ugc\""));
    assert!(shown.contains("Existe en <bdi>russe</bdi>"), "a language without an address is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_narrows_as_the_api_does_and_events_ahead_stand_first() {
    let served = Served::start().await;
    let api = served.graphql(r#"{ mechanisms(filter: {regions: ["GRULAC"]}) { totalCount } }"#).await;
    let directory = page(&served, "/en/mechanisms?region=GRULAC").await;
    assert!(directory.contains(&format!("<b>{} mechanisms</b>", api["mechanisms"]["totalCount"])), "{directory}");
    assert!(directory.contains("Interministerial") && directory.contains("href=\"/en/countries/PY\""));
    let documents = page(&served, "/en/documents").await;
    assert!(documents.contains("A/HRC/RES/") && documents.contains("<b>49 documents</b>"));
    let event = json!({"title": {"en": "Seminar to come"}, "type": "seminar", "startsOn": "2090-05"});
    publish(&served.coordinator.hub, Kind::Event, vec![event]).await;
    let events = page(&served, "/en/events").await;
    assert_eq!(events.matches("Seminar to come").count(), 2, "ahead, and in the list of all");
    assert!(events.contains("<time datetime=\"2090-05\">May 2090</time>") && events.contains("webcal://"));
    assert!(!page(&served, "/en/events?mode=online").await.contains("id=\"ahead\""));
    assert_eq!(served.get("/en/mechanisms?colour=red").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_goes_through_the_home_page_and_the_network_by_the_keyboard_and_without_script() {
    let served = Served::start().await;
    browse(&served, "network.mjs", &[]).await;
}
