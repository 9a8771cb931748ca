//! What holds on every page, in every language.

use nmirf_hub::{
    access::Role,
    audit::Actor,
    journal::{publish::Publication, revision::Act},
    record::RecordKey,
};

use crate::{browser::browse, hub::Served, support::practice};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_keeps_to_the_rules_of_accessibility_in_every_language_and_theme() {
    let served = Served::start().await;
    served.coordinator.hub.index().follow(&served.coordinator.hub.snapshot());
    let mut ids = Vec::new();
    for (kind, many) in [("practices", 2), ("mechanisms", 1), ("documents", 1), ("events", 1)] {
        let found = served.graphql(&format!("{{ {kind}(first: {many}) {{ nodes {{ id }} }} }}")).await;
        ids.extend((0..many).map(|place| found[kind]["nodes"][place]["id"].as_str().unwrap().to_owned()));
    }
    ids.push(withdrawn(&served).await);
    let (access, now) = (served.coordinator.hub.access(), served.coordinator.hub.now());
    let invited = access.add_account("invited", Role::Reader, None, &Actor::operator(), now).await.unwrap();
    ids.extend(invited.link.rsplit('/').next().map(str::to_owned));
    browse(&served, "everywhere.mjs", &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

/// The key of a practice that was withdrawn.
pub async fn withdrawn(served: &Served) -> String {
    let (written, act) = (practice(90), Act::Withdraw { superseded_by: None });
    let key = RecordKey::of(RecordKey::COORDINATOR, &written.sub).to_string();
    let withdrawal = Publication { act, ..practice(90) };
    served.coordinator.publish(vec![written]).await;
    served.coordinator.publish(vec![withdrawal]).await;
    key
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
