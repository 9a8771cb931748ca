//! A practice from its first word to its withdrawal.

use nmirf_hub::{access::Role, editorial::DraftState};
use serde_json::json;

use crate::staff::{audited, desk, morocco, practice, titled, whole};

#[tokio::test]
async fn a_practice_is_written_reviewed_sent_back_published_changed_and_withdrawn() {
    let instance = morocco().await;
    let hub = instance.hub();
    let (anna, edith) = (desk(hub, "anna", Role::Contributor), desk(hub, "edith", Role::Editor));
    let record = practice(1);
    let shown = "{ practices { nodes { title { text } country provenance { revision } } } }";

    anna.begin(&record, &whole()).await.unwrap();
    assert_eq!(anna.submit(&record, 1).await.unwrap().state, DraftState::InReview);
    let back = edith.return_to_author(&record, " Plus court.\r\n", 1).await.unwrap();
    assert_eq!((back.state, back.comment.as_deref()), (DraftState::Draft, Some("Plus court.")));
    anna.save(&record, &titled("Court"), 1).await.unwrap();
    let again = anna.submit(&record, 2).await.unwrap();
    assert_eq!((again.state, again.comment), (DraftState::InReview, None));
    edith.publish(&record, 2).await.unwrap();
    assert_eq!(edith.draft_of(&record).await.unwrap(), None);
    hub.catch_up().await.unwrap();
    let first = json!([{"title": {"text": "Court"}, "country": "MA", "provenance": {"revision": 1}}]);
    assert_eq!(instance.ask(shown).await["practices"]["nodes"], first);

    let draft = anna.save(&record, &titled("Changé"), 1).await.unwrap();
    assert_eq!(instance.ask(shown).await["practices"]["nodes"], first, "the published record stays as it is");
    edith.publish(&record, draft.revision).await.unwrap();
    hub.catch_up().await.unwrap();
    let second = json!([{"title": {"text": "Changé"}, "country": "MA", "provenance": {"revision": 2}}]);
    assert_eq!(instance.ask(shown).await["practices"]["nodes"], second);

    edith.withdraw(&record, 2, None).await.unwrap();
    hub.catch_up().await.unwrap();
    assert_eq!(instance.ask(shown).await["practices"]["nodes"], json!([]));
    let done = [
        "anna draft.begin",
        "anna draft.submit",
        "edith draft.return",
        "anna draft.save",
        "anna draft.submit",
        "edith practice.publish",
        "anna draft.begin",
        "edith practice.publish",
        "edith practice.withdraw",
    ];
    assert_eq!(audited(hub).await, done);
}
