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

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_scripts_reads_chooses_and_keeps_its_theme() {
    let served = Served::start().await;
    browse(&served, "without-script.mjs", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_on_https_keeps_its_cookies_to_https() {
    use nmirf_hub::config::{Config, Role};
    let configure = |_: &str| Config::default_for("https://hub.example", "National", Role::National, Some("PT"));
    let served = crate::support::Served::start(configure, async |_| {}).await;
    let request = served.client.post(format!("{}/preferences", served.base)).body("theme=dark&back=/en/about");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.header("origin", "https://hub.example").send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    for word in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    assert!(answer.headers()["strict-transport-security"].to_str().unwrap().contains("max-age="));
}
