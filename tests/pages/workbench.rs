//! What is asked of these pages (src/pages/workbench): journeys of staff in a real browser.

use nmirf_hub::{
    access::Role,
    record::{Kind, RecordKey},
};
use serde_json::json;

use crate::{
    browser::{PASSWORD, add, add_at, browse, browse_at},
    hub::Served,
    support::{Coordinator, publication},
};

/// A hub with a contributor and an editor.
async fn staffed() -> Served {
    let served = Served::start().await;
    add(&served, "amina", Role::Contributor).await;
    add(&served, "joao", Role::Editor).await;
    served
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_is_written_reviewed_sent_back_published_and_withdrawn() {
    browse(&staffed().await, "workbench.mjs", &[PASSWORD, "with-script"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_journey_is_made_without_a_script() {
    browse(&staffed().await, "workbench.mjs", &[PASSWORD, "without-script"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_state_takes_over_what_was_compiled_about_it_and_publishes_it_as_its_own() {
    for script in ["with-script", "without-script"] {
        let coordinator = Coordinator::start().await;
        let compiled = |number, title: &str| {
            let body = json!({"country": "PT", "title": {"en": title}, "summary": {"en": "As public sources tell."},
                "compiled": true, "sources": [{"title": "A public report", "url": "https://reports.example/1"}]});
            publication(Kind::Practice, number, body)
        };
        let records = vec![compiled(701, "A register, as compiled"), compiled(702, "A meeting, as compiled")];
        let ids: Vec<String> =
            records.iter().map(|record| RecordKey::of(RecordKey::COORDINATOR, &record.sub).to_string()).collect();
        coordinator.publish(records).await;
        let national = coordinator.national().await;
        add_at(&national.hub, "amina", Role::Contributor).await;
        add_at(&national.hub, "joao", Role::Editor).await;
        browse_at(&national.base, "workbench-take-over.mjs", &[PASSWORD, script, &ids[0], &ids[1]]).await;
        let published = national.hub.snapshot();
        let own = published.everything().filter(|record| *record.origin == *national.base).count();
        assert_eq!(own, 1, "what is left is nobody's own");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_save_the_same_draft_lose_nothing() {
    browse(&staffed().await, "workbench-conflict.mjs", &[PASSWORD]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_is_saved_while_it_is_written() {
    browse(&staffed().await, "workbench-autosave.mjs", &[PASSWORD]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_editor_is_used_by_keyboard_alone() {
    browse(&staffed().await, "workbench-keyboard.mjs", &[PASSWORD]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_a_faulty_row_is_looked_at_and_published_without_it() {
    browse(&staffed().await, "workbench-import.mjs", &[PASSWORD]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_workbench_keeps_to_the_rules_of_accessibility() {
    browse(&staffed().await, "workbench-everywhere.mjs", &[PASSWORD]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_signed_in_is_led_there_and_back() {
    let served = Served::start().await;
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = client.get(format!("{}/fr/workbench/records?kind=event", served.base)).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let to = answer.headers()["location"].to_str().unwrap();
    assert_eq!(to, "/fr/sign-in?back=%2Ffr%2Fworkbench%2Frecords%3Fkind%3Devent");
    // A form of nobody changes nothing and says why.
    let form = client.post(format!("{}/en/workbench/drafts", served.base)).header("sec-fetch-site", "same-origin");
    let answer = form.header("content-type", "application/x-www-form-urlencoded").body("kind=practice").send().await;
    assert_eq!(answer.unwrap().status(), 401);
    let drafts = served.graphql("{ viewer { drafts(first: 1) { nodes { recordId } } } }").await;
    assert_eq!(drafts["viewer"]["drafts"], json!(null));
}
