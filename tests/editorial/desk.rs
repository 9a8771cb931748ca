//! What the desk promises: nothing is lost, nobody does more than they may, what is published keeps the rules of writers.

use nmirf_hub::{
    access::Role,
    editorial::{Change, DeskError, DraftState, DraftWindow, Obstacle, Rights, Target},
    journal::{publish::Publication, read, revision::Act},
    record::{Audience, Kind, Sub},
};
use serde_json::{Value, json};

use crate::{
    instance::uuid,
    staff::{conflict, desk, morocco, patch, person, practice, published, texts, titled, whole},
};

#[tokio::test]
async fn of_two_who_save_the_same_draft_one_wins_and_the_other_is_told_what_differs() {
    let instance = morocco().await;
    let (anna, edith) = (desk(instance.hub(), "anna", Role::Contributor), desk(instance.hub(), "edith", Role::Editor));
    let draft = anna.begin(&practice(1), &whole()).await.unwrap().unwrap();
    assert_eq!((draft.revision, draft.state), (1, DraftState::Draft));
    anna.save(&practice(1), &titled("D’Anna"), 1).await.unwrap();
    let late = edith.save(&practice(1), &titled("D’Edith"), 1).await;
    assert_eq!(conflict(late), (2, vec!["title.fr: \"D’Anna\" | \"D’Edith\"".to_owned()]));
    let kept = anna.draft_of(&practice(1)).await.unwrap().unwrap();
    assert_eq!((kept.revision, &kept.body["title"]["fr"]), (2, &json!("D’Anna")));
    let again = edith.save(&practice(1), &titled("Des deux"), 2).await.unwrap();
    assert_eq!((again.revision, again.author.as_str(), again.saved_by.as_str()), (3, "anna", "edith"));
}

#[tokio::test]
async fn of_two_who_change_the_published_record_one_begins_the_draft_and_the_other_is_told() {
    let instance = morocco().await;
    published(&instance, "Titre").await;
    let (eva, edith) = (desk(instance.hub(), "eva", Role::Editor), desk(instance.hub(), "edith", Role::Editor));
    let first = eva.save(&practice(1), &titled("D’Eva"), 1).await.unwrap();
    assert_eq!(first.base_revision, Some(1));
    let (present, differences) = conflict(edith.save(&practice(1), &titled("D’Edith"), 1).await);
    assert_eq!((present, differences.len()), (first.revision, 1));
    for stale in [0, 2, first.revision + 1] {
        assert_eq!(conflict(edith.save(&practice(1), &titled("x"), stale).await).0, first.revision, "{stale}");
    }
    // Who looked at the draft that has ended passes for nobody who has seen the next one.
    eva.publish(&practice(1), first.revision).await.unwrap();
    assert_eq!(conflict(edith.save(&practice(1), &titled("x"), first.revision).await).0, 2);
    let next = edith.save(&practice(1), &titled("D’Edith"), 2).await.unwrap();
    assert!(next.revision > first.revision);
}

#[tokio::test]
async fn a_draft_that_an_import_overtook_is_told_so_and_published_by_who_has_seen_it() {
    let instance = morocco().await;
    published(&instance, "Titre").await;
    let edith = desk(instance.hub(), "edith", Role::Editor);
    let draft = edith.save(&practice(1), &titled("Du brouillon"), 1).await.unwrap();
    let body = json!({"country": "MA", "title": {"fr": "Importé"}, "summary": {"fr": "Résumé"}});
    let import = Publication {
        sub: Sub::new(Kind::Practice, uuid(1)),
        audience: Audience::Public,
        act: Act::Put { body },
        expected: None,
    };
    instance.publish(vec![import]).await;
    let (present, differences) = conflict(edith.publish(&practice(1), draft.revision).await);
    assert_eq!(differences, ["title.fr: \"Importé\" | \"Du brouillon\""]);
    assert_eq!(conflict(edith.publish(&practice(1), draft.revision).await).0, present, "nobody else has seen it");
    let told = edith.draft_of(&practice(1)).await.unwrap().unwrap();
    assert!(told.overtaken && told.checks().iter().any(|check| !check.needed && check.field.is_empty()));
    edith.publish(&practice(1), present).await.unwrap();
    instance.hub().catch_up().await.unwrap();
    let shown = instance.ask("{ practices { nodes { title { text } provenance { revision } } } }").await;
    assert_eq!(
        shown["practices"]["nodes"][0],
        json!({"title": {"text": "Du brouillon"}, "provenance": {"revision": 3}})
    );
}

#[tokio::test]
async fn the_same_id_again_changes_nothing_and_gives_what_is_there() {
    let instance = morocco().await;
    let anna = desk(instance.hub(), "anna", Role::Contributor);
    let first = anna.begin(&practice(1), &whole()).await.unwrap().unwrap();
    let again = anna.begin(&practice(1), &titled("Autre")).await.unwrap().unwrap();
    assert_eq!(again, first);
    let other = desk(instance.hub(), "bea", Role::Contributor);
    assert!(matches!(other.begin(&practice(1), &whole()).await, Err(DeskError::NotFound)));
    desk(instance.hub(), "edith", Role::Editor).publish(&practice(1), 1).await.unwrap();
    assert_eq!(anna.begin(&practice(1), &titled("Autre")).await.unwrap(), None, "it is published");
}

#[tokio::test]
async fn a_contributor_publishes_nothing_and_sees_only_the_own_drafts() {
    let instance = morocco().await;
    let (anna, bea) = (desk(instance.hub(), "anna", Role::Contributor), desk(instance.hub(), "bea", Role::Contributor));
    let edith = desk(instance.hub(), "edith", Role::Editor);
    anna.begin(&practice(1), &whole()).await.unwrap();
    bea.begin(&practice(2), &whole()).await.unwrap();
    let forbidden = |done| assert!(matches!(done, Err(DeskError::Forbidden(Rights::Editor))));
    forbidden(anna.publish(&practice(1), 1).await);
    forbidden(anna.withdraw(&practice(1), 1, None).await);
    forbidden(anna.return_to_author(&practice(1), "x", 1).await.map(drop));
    for (desk, seen) in [(&anna, 1), (&bea, 1), (&edith, 2)] {
        let window = DraftWindow { most: 10, ..DraftWindow::default() };
        assert_eq!(desk.drafts(&[], window).await.unwrap().drafts.len(), seen);
        assert_eq!(desk.count(&[DraftState::Draft]).await.unwrap(), seen as u64);
        assert_eq!(desk.count(&[DraftState::InReview]).await.unwrap(), 0);
    }
    for done in [bea.save(&practice(1), &titled("x"), 1).await.map(drop), bea.discard(&practice(1), 1).await] {
        assert!(matches!(done, Err(DeskError::NotFound)));
    }
    assert!(instance.hub().editorial_desk(&person("rita", Role::Reader), nmirf_hub::audit::Actor::hub()).is_none());
}

#[tokio::test]
async fn who_cannot_see_the_draft_of_a_published_record_is_told_that_it_is_being_written() {
    let instance = morocco().await;
    published(&instance, "Titre").await;
    let (anna, bea) = (desk(instance.hub(), "anna", Role::Contributor), desk(instance.hub(), "bea", Role::Contributor));
    anna.save(&practice(1), &titled("x"), 1).await.unwrap();
    let refused = bea.save(&practice(1), &titled("y"), 1).await;
    assert!(matches!(refused, Err(DeskError::WrongState(Obstacle::BeingWritten))));
}

#[tokio::test]
async fn a_draft_is_in_no_journal_and_in_no_answer() {
    let instance = morocco().await;
    let hub = instance.hub();
    let before = hub.store().number().await.unwrap();
    let anna = desk(hub, "anna", Role::Contributor);
    let draft = anna.begin(&practice(1), &whole()).await.unwrap().unwrap();
    anna.submit(&practice(1), 1).await.unwrap();
    hub.catch_up().await.unwrap();
    assert_eq!(hub.store().number().await.unwrap(), before, "nothing that can be read has changed");
    let row = instance.row(&instance).await;
    assert_eq!(
        read::state(hub.store(), row.id, 0).await.unwrap().unwrap().1.root(),
        instance.root(&instance).await.unwrap()
    );
    assert!(read::latest(hub.store(), row.id, &practice(1).sub().name()).await.unwrap().is_none());
    let key = anna.key(practice(1).sub());
    let query = format!(
        "{{ node(id: \"{key}\") {{ id }} draft: node(id: \"draft:{}\") {{ id }} practices {{ totalCount }} }}",
        draft.id
    );
    assert_eq!(instance.ask(&query).await, json!({"node": null, "draft": null, "practices": {"totalCount": 0}}));
}

#[tokio::test]
async fn what_is_written_is_brought_to_the_form_of_writers_and_null_empties() {
    let instance = morocco().await;
    let edith = desk(instance.hub(), "edith", Role::Editor);
    let changes = vec![
        ("title", texts(&[("fr", " Cafe\u{301}\n"), ("en", "Coffee")])),
        ("summary", texts(&[("fr", "a\r\nb")])),
        ("startYear", Change::Set(2020.into())),
        ("themes", Change::Set(json!(["consultation"]))),
    ];
    let draft = edith.begin(&practice(1), &patch(changes)).await.unwrap().unwrap();
    let wanted = json!({"country": "MA", "title": {"fr": "Café", "en": "Coffee"}, "summary": {"fr": "a\nb"},
        "startYear": 2020, "themes": ["consultation"]});
    assert_eq!(Value::Object(draft.body), wanted);
    let changes = vec![("startYear", Change::Empty), ("themes", Change::Empty), ("title", texts(&[("en", "")]))];
    let draft = edith.save(&practice(1), &patch(changes), 1).await.unwrap();
    assert_eq!(Value::Object(draft.body), json!({"country": "MA", "title": {"fr": "Café"}, "summary": {"fr": "a\nb"}}));
}

#[tokio::test]
async fn another_state_is_not_spoken_of_and_a_published_record_keeps_its_audience() {
    let instance = morocco().await;
    published(&instance, "Titre").await;
    let edith = desk(instance.hub(), "edith", Role::Editor);
    let country = patch(vec![("country", Change::Set("PT".into()))]);
    let field = |done| match done {
        Err(DeskError::Refused(checks)) => {
            checks.into_iter().map(|check: nmirf_hub::editorial::Check| check.field).collect()
        }
        _ => Vec::new(),
    };
    assert_eq!(field(edith.begin(&practice(2), &country).await.map(drop)), ["country"]);
    let mut network = titled("x");
    network.audience = Some(Audience::Network);
    assert_eq!(field(edith.save(&practice(1), &network, 1).await.map(drop)), ["audience"]);
    let new = edith.begin(&practice(3), &network).await.unwrap().unwrap();
    assert_eq!(new.audience, Audience::Network);
}

#[tokio::test]
async fn what_is_needed_stops_a_submit_and_a_publication() {
    let instance = morocco().await;
    let edith = desk(instance.hub(), "edith", Role::Editor);
    edith.begin(&practice(1), &titled("Titre")).await.unwrap();
    for done in [edith.submit(&practice(1), 1).await.map(drop), edith.publish(&practice(1), 1).await] {
        let fault = done.unwrap_err();
        let mistakes = fault.mistakes("fr").unwrap();
        assert_eq!(mistakes.len(), 1);
        assert_eq!(
            (mistakes[0].field.as_deref(), mistakes[0].message.as_str()),
            (Some("summary"), "Remplissez ce champ.")
        );
    }
    assert_eq!(instance.count().await, 0);
}

#[tokio::test]
async fn a_save_of_its_author_takes_a_draft_out_of_review_and_one_of_an_editor_does_not() {
    let instance = morocco().await;
    let (anna, edith) = (desk(instance.hub(), "anna", Role::Contributor), desk(instance.hub(), "edith", Role::Editor));
    anna.begin(&practice(1), &whole()).await.unwrap();
    anna.submit(&practice(1), 1).await.unwrap();
    assert_eq!(anna.submit(&practice(1), 1).await.unwrap().state, DraftState::InReview, "once more is as once");
    let corrected = edith.save(&practice(1), &titled("Corrigé"), 1).await.unwrap();
    assert_eq!(corrected.state, DraftState::InReview);
    let taken_back = anna.save(&practice(1), &titled("Repris"), 2).await.unwrap();
    assert_eq!(taken_back.state, DraftState::Draft);
    let early = edith.return_to_author(&practice(1), "Pourquoi ?", 3).await;
    assert!(matches!(early, Err(DeskError::WrongState(Obstacle::NotInReview))));
}

#[tokio::test]
async fn a_record_that_is_withdrawn_takes_its_draft_with_it_for_good() {
    let instance = morocco().await;
    published(&instance, "Titre").await;
    let edith = desk(instance.hub(), "edith", Role::Editor);
    edith.save(&practice(1), &titled("x"), 1).await.unwrap();
    assert_eq!(conflict(edith.withdraw(&practice(1), 7, None).await).0, 1);
    edith.withdraw(&practice(1), 1, None).await.unwrap();
    assert_eq!(edith.draft_of(&practice(1)).await.unwrap(), None);
    edith.withdraw(&practice(1), 1, None).await.unwrap();
    for done in
        [edith.begin(&practice(1), &whole()).await.map(drop), edith.save(&practice(1), &whole(), 2).await.map(drop)]
    {
        assert!(matches!(done, Err(DeskError::WrongState(Obstacle::Withdrawn))));
    }
}

#[tokio::test]
async fn where_nothing_is_signed_a_draft_stays() {
    let instance = morocco().await;
    let hub = instance.hub();
    let edith = desk(hub, "edith", Role::Editor);
    edith.begin(&practice(1), &whole()).await.unwrap();
    let write = hub.store().write().await.unwrap();
    write.set(nmirf_hub::journal::publish::STOPPED, "a peer").await.unwrap();
    write.commit().await.unwrap();
    let refused = edith.publish(&practice(1), 1).await;
    assert!(matches!(refused, Err(DeskError::WrongState(Obstacle::SigningStopped))));
    assert!(edith.draft_of(&practice(1)).await.unwrap().is_some());
}

#[test]
fn a_foreign_record_cannot_be_given_to_the_desk() {
    let sub = practice(1).sub().clone();
    let of = |origin| Target::of("https://ma.example", origin, &sub).unwrap();
    assert_eq!(of("https://ma.example"), Target::Own(practice(1)));
    assert_eq!(of("https://pt.example"), Target::Foreign("https://pt.example".into()));
}
