//! What holds on every page, in every language.

use crate::{browser::browse, hub::Served};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_keeps_to_the_rules_of_accessibility_in_every_language_and_theme() {
    let served = Served::start().await;
    served.coordinator.hub.index().follow(&served.coordinator.hub.snapshot());
    let found = served.graphql("{ practices(first: 2) { nodes { id } } }").await;
    let ids = [0, 1].map(|place| found["practices"]["nodes"][place]["id"].as_str().unwrap().to_owned());
    browse(&served, "everywhere.mjs", &ids.each_ref().map(String::as_str)).await;
}
