//! One practice, and what every record has besides its page.

use nmirf_hub::{
    journal::{publish::Publication, revision::Act},
    record::{Audience, Kind, RecordKey, Sub},
};
use serde_json::{Value, json};

use super::html::{between, compressed, follow, links, page, plain, ready};
use crate::{
    browser::browse,
    everywhere::withdrawn,
    hub::Served,
    support::{MEMBER, network_practice, practice, publication},
};

/// The key of a record of the coordinator.
fn own(publication: &Publication) -> RecordKey {
    RecordKey::of(RecordKey::COORDINATOR, &publication.sub)
}

async fn first_practice(served: &Served) -> String {
    let found = served.graphql("{ practices(search: \"standing delegation\", first: 1) { nodes { id } } }").await;
    found["practices"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}

fn copy() -> RecordKey {
    RecordKey::of(MEMBER, &practice(4).sub)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_says_its_text_its_facts_and_who_says_it() {
    let served = ready().await;
    let id = first_practice(&served).await;
    let html = page(&served, &format!("/en/practices/{id}")).await;
    let said = plain(&html);
    assert_eq!(between(&html, "<h1", "</h1>").len(), 1);
    for words in ["At a glance", "Sources", "Adopted by", "Related practices", "Cite", "For engineers"] {
        assert!(said.contains(words), "{words}");
    }
    // The first data is compiled: no page may say that a State speaks.
    assert!(said.contains("Compiled from public sources by the network coordinator"));
    assert!(said.contains("This is not a statement of"));
    assert!(html.contains(&format!(
        "<link rel=\"canonical\" href=\"{}/en/practices/{id}\"",
        served.coordinator.hub.entity_id()
    )));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_of_the_text_is_shown_while_the_page_stays_in_its_own() {
    let served = ready().await;
    let id = first_practice(&served).await;
    let html = page(&served, &format!("/en/practices/{id}?in=ar")).await;
    let heading = between(&html, "<h1", "</h1>")[0];
    assert!(heading.contains("lang=\"ar\" dir=\"rtl\""), "{heading}");
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\""));
    assert!(plain(&html).contains("You are reading the Arabic text"));
    // A language in which it does not exist.
    let html = page(&served, &format!("/en/practices/{id}?in=sw")).await;
    assert!(plain(&html).contains("Not published in Swahili."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_says_whose_it_is_and_as_of_when_it_is_proved() {
    let served = ready().await;
    let html = page(&served, &format!("/en/practices/{}", copy())).await;
    let said = plain(&html);
    assert!(said.contains("Published by"), "{said}");
    assert!(said.contains("This copy was last proved equal to the original"));
    assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{MEMBER}/id/{}\"", copy())));
    assert!(said.contains("No lessons learnt are published for this practice (Morocco)."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_the_network_is_no_page_for_the_public() {
    let served = ready().await;
    let key = own(&network_practice(3));
    for path in [
        "/en/practices/{}",
        "/id/{}",
        "/id/{}/jws",
        "/en/records/{}/history",
        "/en/records/{}/verify",
        "/en/records/{}/cite/x.bib",
    ] {
        let path = path.replace("{}", &key.to_string());
        assert_eq!(served.get(&path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_to_cite_leads_to_the_page_in_the_readers_language() {
    let served = ready().await;
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let asked = client.get(format!("{}/id/{}", served.base, copy())).header("accept-language", "fr-CA, en;q=0.5");
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"].to_str().unwrap(), format!("/fr/practices/{}", copy()));
    // The page of another kind leads to that of its own.
    let answer = client.get(format!("{}/en/practices/{}", served.base, mechanism(&served).await)).send().await.unwrap();
    assert_eq!(answer.status(), 301);
    assert!(answer.headers()["location"].to_str().unwrap().starts_with("/en/mechanisms/"));
}

async fn mechanism(served: &Served) -> String {
    let found = served.graphql("{ mechanisms(first: 1) { nodes { id } } }").await;
    found["mechanisms"]["nodes"][0]["id"].as_str().unwrap().to_owned()
}

fn withdrawal(sub: &Sub, superseded_by: Option<(String, Sub)>) -> Publication {
    Publication { sub: sub.clone(), audience: Audience::Public, act: Act::Withdraw { superseded_by }, expected: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_record_is_gone_or_leads_to_what_takes_its_place() {
    let served = ready().await;
    let (gone, old, new) = (practice(61), practice(62), practice(63));
    served.coordinator.publish(vec![practice(61), practice(62), practice(63)]).await;
    let place = (served.coordinator.hub.entity_id().to_owned(), new.sub.clone());
    served.coordinator.publish(vec![withdrawal(&gone.sub, None), withdrawal(&old.sub, Some(place))]).await;
    follow(&served).await;
    let answer = served.get(&format!("/en/practices/{}", own(&gone))).await;
    assert_eq!(answer.status, 410);
    assert!(plain(&answer.text()).contains("A practice was withdrawn"));
    let answer = served.get(&format!("/en/practices/{}", own(&old))).await;
    assert_eq!(answer.status, 200);
    assert!(plain(&answer.text()).contains("Practice 63"));
    for path in [
        format!("/id/{}", own(&gone)),
        format!("/id/{}/jws", own(&gone)),
        format!("/en/records/{}/history", own(&gone)),
    ] {
        assert_eq!(served.get(&path).await.status, 410, "{path}");
    }
}

/// What stands at an address: the status, and where it leads.
async fn leads(served: &Served, path: &str) -> (u16, String) {
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = client.get(format!("{}{path}", served.base)).header("accept-language", "ar").send().await.unwrap();
    let location = answer.headers().get("location").map(|way| way.to_str().unwrap().to_owned());
    (answer.status().as_u16(), location.unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_under_another_kinds_address_leads_to_its_own() {
    let served = ready().await;
    let (mechanism, practice) = (mechanism(&served).await, copy());
    for kind in ["mechanisms", "documents", "events"] {
        let found = leads(&served, &format!("/fr/{kind}/{practice}")).await;
        assert_eq!(found, (301, format!("/fr/practices/{practice}")), "{kind}");
    }
    for kind in ["practices", "documents", "events"] {
        let found = leads(&served, &format!("/fr/{kind}/{mechanism}")).await;
        assert_eq!(found, (301, format!("/fr/mechanisms/{mechanism}")), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_replaced_again_and_again_leads_on_eight_times_whatever_its_kind() {
    let served = ready().await;
    for kind in [Kind::Practice, Kind::Mechanism, Kind::Document, Kind::Event] {
        let chain: Vec<Publication> = (200..210).map(|number| publication(kind, number, least(kind, number))).collect();
        served.coordinator.publish(chain.clone()).await;
        let own_id = served.coordinator.hub.entity_id().to_owned();
        let replaced = |pair: &[Publication]| withdrawal(&pair[0].sub, Some((own_id.clone(), pair[1].sub.clone())));
        served.coordinator.publish(chain.windows(2).map(replaced).collect()).await;
        let at = |place: usize| format!("/ar/{}/{}", kind.plural(), own(&chain[place]));
        assert_eq!(leads(&served, &at(8)).await, (301, at(9)), "{kind:?}");
        assert_eq!(leads(&served, &at(1)).await, (301, at(9)), "{kind:?}: eight steps");
        assert_eq!(leads(&served, &format!("/id/{}", own(&chain[1]))).await, (301, at(9)), "{kind:?}");
        assert_eq!(leads(&served, &at(0)).await.0, 410, "{kind:?}: nine steps");
    }
}

/// The least that a record of a kind has.
fn least(kind: Kind, number: u64) -> Value {
    let words = json!({"en": format!("Record {number}")});
    match kind {
        Kind::Mechanism => json!({"country": "MA", "name": words, "type": "ministerial"}),
        Kind::Document => json!({"title": words, "type": "guide", "date": "2020"}),
        Kind::Event => json!({"title": words, "type": "seminar", "startsOn": "2020-05-08"}),
        _ => json!({"country": "MA", "title": words, "summary": words}),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_record_of_each_kind_says_what_it_was_and_leads_to_the_others() {
    let served = ready().await;
    for kind in [Kind::Practice, Kind::Mechanism, Kind::Document, Kind::Event] {
        let record = publication(kind, 300, least(kind, 300));
        served.coordinator.publish(vec![record.clone()]).await;
        served.coordinator.publish(vec![withdrawal(&record.sub, None)]).await;
        let answer = served.get(&format!("/id/{}", own(&record))).await;
        assert_eq!(answer.status, 410, "{kind:?}");
        let way = links(&answer.text(), "All ").into_iter().next().unwrap();
        page(&served, &way).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signed_record_and_references_are_files() {
    let served = ready().await;
    let id = copy();
    let jws = served.get(&format!("/id/{id}/jws")).await;
    assert_eq!((jws.status, jws.header("content-type")), (200, "application/jose"));
    let asked = served.graphql(&format!("{{ practice(id: \"{id}\") {{ provenance {{ jws }} }} }}")).await;
    assert_eq!(jws.text(), asked["practice"]["provenance"]["jws"].as_str().unwrap());
    for (ending, content_type, words) in [
        ("bib", "application/x-bibtex; charset=utf-8", "title = {{Practice 4}}"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TI  - Practice 4\r\n"),
        ("json", "application/vnd.citationstyles.csl+json", "\"title\":\"Practice 4\""),
    ] {
        let answer = served.get(&format!("/en/records/{id}/cite/practice.{ending}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, content_type));
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    assert_eq!(served.get(&format!("/en/records/{id}/cite/practice.pdf")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_shows_what_each_version_changed() {
    let served = ready().await;
    let text = |title: &str, summary: &str| {
        let body = json!({"country": "MA", "title": {"en": title}, "summary": {"en": summary}});
        publication(Kind::Practice, 71, body)
    };
    served.coordinator.publish(vec![text("A plan", "The plan of the State <b>here</b>")]).await;
    served.coordinator.publish(vec![text("A plan", "The new plan of the State <b>here</b>")]).await;
    follow(&served).await;
    let html = page(&served, &format!("/en/records/{}/history", own(&text("", "")))).await;
    let said = plain(&html);
    assert!(said.contains("Version 2") && said.contains("Version 1") && said.contains("What changed: 1 field"));
    let added = between(&html, "<ins>", "</ins>");
    assert_eq!(added.len(), 1);
    assert!(plain(added[0]).ends_with("new") && !html.contains("<b>here"));
    // Moments in Arabic are isolated, not written out.
    let arabic = page(&served, &format!("/ar/records/{}/history", own(&text("", "")))).await;
    assert!(!arabic.contains("class=\"ctl\""));
}

fn hostile() -> Value {
    json!({
        "country": "MA",
        "title": {"en": "<script>alert(1)</script> \u{2067}turned\u{2069} e\u{301}\u{302}", "fr": "W".repeat(1000)},
        "summary": {"en": "\u{202b}embedded <img src=x onerror=alert(1)>", "fr": "x".repeat(3000)},
        "description": {"en": "[a](javascript:alert(1)) <script>alert(2)</script> ![p](https://elsewhere.example/p.png)\n\n# Head"},
        "lessonsLearnt": {"en": "<iframe src=https://elsewhere.example></iframe>\n\n**bold** [b](https://good.example/)"},
        "links": [{"title": "\u{2066}<b>bold</b>", "url": "https://example.org/?a=1&b=%22"}],
        "sources": [{"title": "onclick=\"alert(1)\""}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_show_as_texts_on_a_page() {
    let served = ready().await;
    let publication = publication(Kind::Practice, 78, hostile());
    served.coordinator.publish(vec![publication.clone()]).await;
    follow(&served).await;
    let key = own(&publication);
    for path in [
        format!("/en/practices/{key}"),
        format!("/en/records/{key}/history"),
        format!("/en/records/{key}/verify"),
        format!("/en/practices/compare?id={key}"),
        "/en/search?q=embedded".to_owned(),
    ] {
        let html = page(&served, &path).await;
        let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        for words in
            ["<script", "<img", "<iframe", "javascript:", "<b>bold", "\u{2067}", "\u{202b}", "\u{2066}", " onclick=\""]
        {
            assert!(!main.contains(words), "{path}: {words}");
        }
    }
    let html = page(&served, &format!("/en/practices/{key}")).await;
    assert!(html.contains("<strong>bold</strong>") && html.contains("href=\"https://good.example/\""));
    assert!(html.contains("U+202B") && html.contains("<h3>Head</h3>"));
    let title = between(&html, "<title>", "</title>")[0];
    assert!(!title.contains('\u{2067}') && !title.contains("U+2067"), "{title}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_keeps_its_choice_in_the_address() {
    let served = ready().await;
    let found = served.graphql("{ practices(first: 3) { nodes { id } } }").await;
    let ids: Vec<&str> =
        found["practices"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    let path = format!("/en/practices/compare?id={}&id={}&id={}", ids[0], ids[1], ids[2]);
    let html = page(&served, &path).await;
    assert!(plain(&html).contains("Compare 3 practices"));
    assert_eq!(html.matches("<th scope=\"col\">").count(), 3);
    assert_eq!(links(&html, "Show only what differs"), [format!("{path}&differ=yes")]);
    assert_eq!(links(&html, "Remove")[0], format!("/en/practices/compare?id={}&id={}", ids[1], ids[2]));
    let differing = page(&served, &format!("{path}&differ=yes")).await;
    assert!(!differing.contains("<tr class=\"same\">"));
    assert!(differing.matches("<tr").count() <= html.matches("<tr").count());
    // A record that is not here is said to be so.
    let html = page(&served, &format!("/en/practices/compare?id={}&id=AAAAAAAAAAAAAAAAAAAAAA", ids[0])).await;
    assert!(plain(&html).contains("a record is not here"));
    let html = page(&served, &format!("/en/mechanisms/compare?id={}", mechanism(&served).await)).await;
    assert!(plain(&html).contains("Compare 1 mechanism"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_finds_as_the_api_does_in_all_kinds() {
    let served = ready().await;
    let asked = served.graphql("{ search(query: \"human rights\") { totalCount kinds { kind count } } }").await;
    let total = asked["search"]["totalCount"].as_u64().unwrap();
    let html = page(&served, "/en/search?q=human+rights").await;
    assert!(plain(&html).contains(&format!("{total} records for “human rights”")));
    for kind in asked["search"]["kinds"].as_array().unwrap() {
        let (kind, count) = (kind["kind"].as_str().unwrap().to_lowercase(), kind["count"].as_u64().unwrap());
        let way = format!("/en/search?q=human+rights&kind={kind}s");
        assert!(links(&html, &count.to_string()).contains(&way), "{way}");
        assert!(plain(&page(&served, &way).await).contains(&format!("{count} record")));
    }
    let suggested = served.get("/fr/suggest?q=mar").await;
    let suggested: Value = serde_json::from_str(&suggested.text()).unwrap();
    assert!(suggested.as_array().unwrap().iter().any(|found| found["href"] == "/fr/countries/MA"), "{suggested}");
    let nothing = page(&served, "/en/search?q=zzzzqqqq").await;
    assert!(plain(&nothing).contains("Nothing found for “zzzzqqqq”."));
    assert_eq!(served.get("/en/search?q=a&kind=nothing").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_one_record_is_light() {
    let served = ready().await;
    let id = first_practice(&served).await;
    for language in ["en", "ar", "zh", "ru"] {
        let size = compressed(&served, &format!("/{language}/practices/{id}")).await;
        assert!(size < 30_000, "{language}: {size} bytes with the style sheet");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_choose_by_keyboard_and_check_signatures_in_their_browser() {
    let served = ready().await;
    let (own, copy, gone) = (first_practice(&served).await, copy().to_string(), withdrawn(&served).await);
    browse(&served, "reading.mjs", &[&own, &copy, &gone]).await;
}
