//! Lists: facets, chips, order, pages, ways on.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::html::{facet, follow, links, page, plain, ready, titles};
use crate::support::publication;
use nmirf_hub::record::Kind;

#[tokio::test(flavor = "multi_thread")]
async fn facets_count_as_the_api_does_and_leave_their_own_choice_out() {
    let served = ready().await;
    let asked = served
        .graphql(
            "{ practices(search: \"consultation\", filter: {capacities: [\"consultation\"], regions: [\"AFRICA\"]}) {
                totalCount facets(fields: [REGION CAPACITY THEME COUNTRY LANGUAGE MECHANISM_TYPE SDG_GOAL COMPILED])
                { field buckets { value count } } nodes { title { text } } } }",
        )
        .await;
    let html = page(&served, "/en/practices?q=consultation&capacity=consultation&region=AFRICA").await;
    let names = ["region", "capacity", "theme", "country", "language", "type", "goal", "compiled"];
    for (facet_asked, name) in asked["practices"]["facets"].as_array().unwrap().iter().zip(names) {
        let counted: BTreeMap<String, u64> = (facet_asked["buckets"].as_array().unwrap().iter())
            .filter_map(|bucket| Some((bucket["value"].as_str()?.to_owned(), bucket["count"].as_u64()?)))
            .collect();
        // One of two is offered only where there are two.
        if name != "compiled" || counted.len() > 1 {
            assert_eq!(facet(&html, name), counted, "{name}");
        }
    }
    let total = asked["practices"]["totalCount"].as_u64().unwrap();
    assert!(total > 1);
    assert!(html.contains(&format!("<b>{total} practices</b>")), "{total}");
    let first: Vec<String> = (asked["practices"]["nodes"].as_array().unwrap().iter())
        .map(|node| node["title"]["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(titles(&html), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_stands_as_chips_that_lead_to_the_list_without_it() {
    let served = ready().await;
    let html = page(&served, "/en/practices?region=AFRICA&country=KE&sort=country").await;
    assert_eq!(links(&html, "Region: African"), ["/en/practices?country=KE&sort=country"]);
    assert_eq!(links(&html, "Clear all"), ["/en/practices"]);
    // A choice that finds nothing stays, to be taken back.
    let html = page(&served, "/en/practices?theme=no-such-theme").await;
    assert_eq!(facet(&html, "theme").get("no-such-theme"), Some(&0));
    assert_eq!(links(&html, "remove: Theme: no-such-theme"), ["/en/practices"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_list_have_every_record_once_in_its_order() {
    let served = ready().await;
    let all = served.graphql("{ practices(orderBy: {field: COUNTRY, direction: ASC}, first: 100) { totalCount nodes { title { text } } } }").await;
    let all: Vec<String> = (all["practices"]["nodes"].as_array().unwrap().iter())
        .map(|node| node["title"]["text"].as_str().unwrap().to_owned())
        .collect();
    let (mut walked, mut path) = (Vec::new(), "/en/practices?sort=country".to_owned());
    loop {
        let html = page(&served, &path).await;
        walked.extend(titles(&html));
        assert!(walked.len() <= all.len());
        match links(&html, "Next page").first() {
            Some(next) => path = next.split('#').next().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(walked, all);
    // A page beyond the last is the last.
    let beyond = page(&served, "/en/practices?sort=country&page=99").await;
    assert_eq!(titles(&beyond).last(), all.last());
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_marked_and_the_list_can_be_taken_along_as_it_is() {
    let served = ready().await;
    let html = page(&served, "/en/practices?q=civil+society&country=CR").await;
    assert!(html.contains("<mark>civil</mark> <mark>society</mark>") || html.contains("<mark>civil society</mark>"));
    assert_eq!(links(&html, "CSV"), ["/export/practices.csv?q=civil+society&country=CR"]);
    assert_eq!(links(&html, "Follow as a feed"), ["/feeds/practices.atom?q=civil+society&country=CR"]);
    assert!(served.get("/export/practices.csv?q=civil+society&country=CR").await.status == 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_says_with_what_and_offers_ways_on_that_find_something() {
    let served = ready().await;
    let html = page(&served, "/en/practices?q=consultation&country=AD").await;
    let said = plain(&html);
    assert!(said.contains("Nothing found for “consultation”."));
    assert!(said.contains("Country: Andorra"));
    let way = links(&html, "Search without “Country”");
    assert_eq!(way, ["/en/practices?q=consultation"]);
    assert!(!titles(&page(&served, &way[0]).await).is_empty());
    assert_eq!(links(&html, "Search all records for “consultation”"), ["/en/search?q=consultation"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_cannot_be_meant_is_refused_in_words() {
    let served = ready().await;
    let answer = served.get("/fr/practices?themes=x").await;
    assert_eq!(answer.status, 400);
    assert!(plain(&answer.text()).contains("The nearest is \"theme\""));
}

fn hostile() -> Value {
    let long = "W".repeat(1000);
    json!({
        "country": "MA",
        "title": {"en": "<script>alert(1)</script> \u{2067}turned\u{2069} e\u{301}\u{302}", "fr": long},
        "summary": {"en": "\u{202b}embedded <img src=x onerror=alert(1)>", "fr": "x".repeat(3000)},
        "description": {"en": "[a](javascript:alert(1)) <script>alert(2)</script> ![p](https://elsewhere.example/p.png)\n\n# Head"},
        "links": [{"title": "\u{2066}<b>bold</b>", "url": "https://example.org/?a=1&b=%22"}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_texts_show_as_texts_in_lists() {
    let served = ready().await;
    served.coordinator.publish(vec![publication(Kind::Practice, 77, hostile())]).await;
    follow(&served).await;
    let html = page(&served, "/en/practices?country=MA&sort=-updated").await;
    assert!(!html.contains("<script>alert") && !html.contains("<img"), "{:?}", titles(&html));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{:?}", titles(&html));
    assert!(html.contains("<span class=\"ctl\">U+2067</span>") && html.contains("<span class=\"ctl\">U+202B</span>"));
    assert!(!html.contains('\u{2067}') && !html.contains('\u{202b}'));
    let french = page(&served, "/fr/practices?country=MA").await;
    let title = titles(&french).into_iter().find(|title| title.starts_with("WWW")).unwrap();
    assert_eq!((title.chars().count(), title.ends_with('…')), (240, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_in_another_language_than_the_page_says_so_also_below_a_title_in_its_own() {
    let served = ready().await;
    let body = json!({
        "country": "MA",
        "title": {"ar": "سجل التوصيات", "fr": "Registre des recommandations"},
        "summary": {"en": "A register of recommendations."},
    });
    served.coordinator.publish(vec![publication(Kind::Practice, 78, body)]).await;
    follow(&served).await;
    let entry = async |language: &str, words: &str| {
        let html = page(&served, &format!("/{language}/practices?country=MA")).await;
        let entries: Vec<String> = html.split("<li class=\"entry\">").skip(1).map(plain).collect();
        entries.into_iter().find(|entry| entry.contains(words)).unwrap()
    };
    let below = "النص أسفل العنوان بلغة: الإنجليزية";
    assert!(entry("ar", "سجل التوصيات").await.contains(below));
    // In English the title alone is another's; in Russian both are, each in a language of its own.
    let english = entry("en", "A register of").await;
    assert!(english.contains("Not published in English") && !english.contains("The text below"), "{english}");
    let russian = entry("ru", "A register of").await;
    assert!(
        russian.contains("Не опубликовано") && russian.contains("Текст под заголовком на языке: английский"),
        "{russian}"
    );
    let list = page(&served, "/ar/practices?country=MA").await;
    let entry_of = list.split("<li class=\"entry\">").find(|entry| plain(entry).contains("سجل التوصيات")).unwrap();
    let path = entry_of.split("href=\"").find(|rest| rest.starts_with("/ar/practices/")).unwrap();
    let own = page(&served, path.split('"').next().unwrap()).await;
    assert!(plain(&own).contains(below), "the record's own page says so, too: {own}");
    // What words found is a text like another.
    let html = page(&served, "/ar/practices?country=MA&q=register").await;
    assert!(plain(&html).contains(below), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_the_network_stands_in_no_public_list() {
    let served = ready().await;
    let html = page(&served, "/en/practices?q=%22Practice+3%22&audience=network").await;
    assert!(titles(&html).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_light() {
    let served = ready().await;
    for path in ["/en/practices", "/ar/practices?q=%D8%AD%D9%82%D9%88%D9%82", "/zh/practices", "/ru/practices"] {
        let size = super::html::compressed(&served, path).await;
        assert!(size < 30_000, "{path}: {size} bytes with the style sheet");
    }
}
