//! What is asked of these pages (src/pages/workbench): journeys of staff in a real browser.

use nmirf_hub::access::Role;
use serde_json::json;

use crate::{
    browser::{PASSWORD, add, browse},
    hub::Served,
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
    browse(&staffed().await, "workbench-axe.mjs", &[PASSWORD]).await;
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
