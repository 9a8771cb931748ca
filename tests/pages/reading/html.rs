//! Pages taken apart as far as these tests look into them.

#[path = "../../support/markup.rs"]
mod markup;

use std::collections::BTreeMap;

use crate::hub::Served;
pub use markup::{between, plain};

/// A hub with the first data whose words can be searched.
pub async fn ready() -> Served {
    let served = Served::start().await;
    follow(&served).await;
    served
}

/// Shows what was published or adopted beside the hub, and finds it by its words.
pub async fn follow(served: &Served) {
    let hub = &served.coordinator.hub;
    hub.catch_up().await.unwrap();
    hub.index().follow(&hub.snapshot());
}

/// A page that must be there.
pub async fn page(served: &Served, path: &str) -> String {
    let answer = served.get(path).await;
    assert_eq!(answer.status, 200, "{path}\n{}", answer.text());
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
    answer.text()
}

/// Titles of the entries of a list.
pub fn titles(html: &str) -> Vec<String> {
    between(html, "<h3>", "</h3>").into_iter().map(plain).collect()
}

/// The values of a facet with their counts.
pub fn facet(html: &str, name: &str) -> BTreeMap<String, u64> {
    let ticks = between(html, "<label class=\"tick\">", "</label>");
    let of_name = ticks.into_iter().filter(|tick| tick.contains(&format!(" name=\"{name}\"")));
    let read = |tick: &str| {
        let value = between(tick, " value=\"", "\"").first().map(|value| (*value).to_owned())?;
        let count = between(tick, "<span class=\"n\">", "</span>").first()?.replace(',', "").parse().ok()?;
        Some((value, count))
    };
    of_name.filter_map(read).collect()
}

/// Where the links go whose text holds this.
pub fn links(html: &str, words: &str) -> Vec<String> {
    let links = html.split("<a ").skip(1).filter_map(|rest| rest.split_once("</a>"));
    let with = links.filter(|(link, _)| link.split_once('>').is_some_and(|(_, text)| plain(text).contains(words)));
    with.filter_map(|(link, _)| between(link, "href=\"", "\"").first().map(|href| href.replace("&amp;", "&"))).collect()
}

/// Bytes that a page and the style sheet take on the line.
pub async fn compressed(served: &Served, path: &str) -> usize {
    let gzip = [("accept-encoding", "gzip")];
    let answer = served.ask("GET", path, &gzip).await;
    assert_eq!((answer.status, answer.header("content-encoding")), (200, "gzip"), "{path}");
    let sheet = between(&page(served, path).await, "rel=\"stylesheet\" href=\"", "\"")[0].to_owned();
    let sheet = served.ask("GET", &sheet, &gzip).await;
    assert_eq!(sheet.header("content-encoding"), "gzip");
    answer.body.len() + sheet.body.len()
}
