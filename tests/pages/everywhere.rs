//! What holds on every page, in every language.

use crate::{browser::browse, hub::Served};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_keeps_to_the_rules_of_accessibility_in_every_language_and_theme() {
    let served = Served::start().await;
    browse(&served, "everywhere.mjs", &[]).await;
}
