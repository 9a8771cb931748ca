//! The door for own data (protocol §3 and §4).

use std::sync::Arc;

use nmirf_hub::{
    journal::{
        encoding::from_base64url,
        publish::{Author, Outcome, Publication, PublishError, SIGN_EVERY, STOPPED},
        read,
        revision::Act,
        signing::SigningKey,
    },
    record::{Audience, Kind, Sub},
};
use serde_json::{Value, json};

use super::{
    instance::{MINUTE, NOW, ORIGIN, Origin, entries, in_network, judged, practice, put, told, withdraw},
    support::on_each_database,
};

#[tokio::test]
async fn a_new_instance_has_both_journals_empty_and_signed() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        origin.assert_whole().await;
        for audience in Audience::ALL {
            let row = origin.journal(audience).await;
            assert_eq!((row.seq, row.signed_at), (Some(NOW), Some(NOW / 1000)));
        }
        assert_eq!(origin.sign_if_due(NOW + SIGN_EVERY - 1).await, None, "the last is younger than an hour");
    })
    .await;
}

#[tokio::test]
async fn revisions_count_from_1_and_the_same_words_are_no_revision() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        for (title, outcome) in [
            ("one", Outcome::Published(1)),
            ("one", Outcome::Unchanged),
            ("two", Outcome::Published(2)),
            ("one", Outcome::Published(3)),
        ] {
            let before = origin.store().number().await.unwrap();
            let receipt = origin.publish(NOW + MINUTE, vec![put(1, title)]).await.unwrap();
            assert_eq!(receipt.outcomes, [outcome]);
            let moved = outcome != Outcome::Unchanged;
            assert_eq!(receipt.number, moved.then_some(before + 1));
            assert_eq!(origin.store().number().await.unwrap(), before + u64::from(moved));
            origin.assert_whole().await;
        }
    })
    .await;
}

#[tokio::test]
async fn each_later_revision_carries_when_the_record_was_created() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        for (minutes, title) in [(1, "one"), (2, "two"), (3, "three")] {
            origin.publish(NOW + minutes * MINUTE, vec![put(1, title)]).await.unwrap();
        }
        let journal = origin.journal(Audience::Public).await;
        let history = read::history(origin.store(), journal.id, &practice(1).name(), 9).await.unwrap();
        let claims = |jws: &str| -> Value {
            serde_json::from_slice(&from_base64url(jws.split('.').nth(1).unwrap()).unwrap()).unwrap()
        };
        let told: Vec<_> = history
            .iter()
            .map(|row| claims(&row.jws))
            .map(|claims| {
                (claims["rev"].as_i64().unwrap(), claims["iat"].as_i64().unwrap(), claims["created"].as_i64())
            })
            .collect();
        let second = |minutes| (NOW + minutes * MINUTE) / 1000;
        let created = Some(second(1));
        assert_eq!(told, [(3, second(3), created), (2, second(2), created), (1, second(1), None)]);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_record_stays_withdrawn() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        origin.publish(NOW, vec![put(1, "one")]).await.unwrap();
        let receipt = origin.publish(NOW, vec![withdraw(1)]).await.unwrap();
        assert_eq!(receipt.outcomes, [Outcome::Published(2)]);
        let again = origin.publish(NOW, vec![withdraw(1)]).await.unwrap();
        assert_eq!(again.outcomes, [Outcome::Unchanged]);
        let refused = origin.publish(NOW, vec![put(2, "other"), put(1, "back")]).await.unwrap_err();
        assert!(matches!(refused, PublishError::Withdrawn(sub) if sub == practice(1)));
        assert_eq!(entries(origin.store()).await.len(), 1, "all of them or none");
        let shown = judged(origin.store(), &origin.keys(), None, 0).await;
        assert_eq!(told(&shown[0]), (practice(1).as_str().to_owned(), "withdrawn".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn what_was_never_published_cannot_be_withdrawn() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let refused = origin.publish(NOW, vec![withdraw(1)]).await.unwrap_err();
        assert!(matches!(refused, PublishError::NotFound(_)));
        assert!(entries(origin.store()).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn seq_rises_with_the_clock_and_also_when_the_clock_goes_back() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let mut seqs = Vec::new();
        for (place, now) in
            [NOW + 1, NOW + MINUTE, NOW - 90 * MINUTE, 0, NOW + MINUTE, NOW + 2 * MINUTE].iter().enumerate()
        {
            origin.publish(*now, vec![put(1, &place.to_string())]).await.unwrap();
            seqs.push(origin.journal(Audience::Public).await.seq.unwrap());
            origin.assert_whole().await;
        }
        let minute = NOW + MINUTE;
        assert_eq!(seqs, [NOW + 1, minute, minute + 1, minute + 2, minute + 3, NOW + 2 * MINUTE]);
    })
    .await;
}

#[tokio::test]
async fn an_hour_old_checkpoint_is_signed_anew_and_the_entries_keep_their_seq() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        origin.publish(NOW + 1, vec![put(1, "one")]).await.unwrap();
        let before = origin.journal(Audience::Public).await;
        assert_eq!(origin.sign_if_due(NOW + SIGN_EVERY - 1000).await, None);
        assert_eq!(origin.journal(Audience::Public).await, before);
        assert!(origin.sign_if_due(NOW + SIGN_EVERY + 1).await.is_some());
        let after = origin.journal(Audience::Public).await;
        assert_eq!(after.seq, Some(NOW + SIGN_EVERY + 1));
        origin.assert_whole().await;
        let since = before.seq.unwrap().unsigned_abs();
        let (checkpoint, changed) = read::state(origin.store(), after.id, since).await.unwrap().unwrap();
        assert_eq!(Some(checkpoint), after.checkpoint);
        assert!(changed.is_empty(), "nothing changed");
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_from_a_clock_that_ran_ahead_does_not_stop_the_hourly_one() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        origin.publish(NOW + 1000 * SIGN_EVERY, vec![put(1, "one")]).await.unwrap();
        // The clock is right again: readers would call the copy stale in a day.
        assert!(origin.sign_if_due(NOW + MINUTE).await.is_some());
        let row = origin.journal(Audience::Public).await;
        assert_eq!(row.signed_at, Some((NOW + MINUTE) / 1000));
        assert_eq!(row.seq, Some(NOW + 1000 * SIGN_EVERY + 1));
    })
    .await;
}

#[tokio::test]
async fn a_new_key_signs_at_once() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let origin = Origin::with_key(origin.database, 2).await;
        let kid = origin.author.key.public().thumbprint().to_string();
        assert_eq!(origin.journal(Audience::Public).await.key_id, Some(kid));
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn state_gives_the_entries_that_came_since() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        origin.publish(NOW + 1, vec![put(1, "one"), put(2, "two")]).await.unwrap();
        origin.publish(NOW + 2, vec![put(2, "two!"), put(3, "three")]).await.unwrap();
        let journal = origin.journal(Audience::Public).await.id;
        let now = NOW.unsigned_abs();
        for (since, numbers) in
            [(0, &[1, 2, 3][..]), (now, &[1, 2, 3]), (now + 1, &[2, 3]), (now + 2, &[]), ((1 << 53) - 1, &[])]
        {
            let (_, changed) = read::state(origin.store(), journal, since).await.unwrap().unwrap();
            let mut expected: Vec<_> = numbers.iter().map(|number| practice(*number).name()).collect();
            expected.sort_unstable();
            assert_eq!(changed.iter().map(|(name, _)| *name).collect::<Vec<_>>(), expected, "since {since}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_record_never_changes_its_journal() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        origin.publish(NOW, vec![put(1, "one"), in_network(put(2, "two"))]).await.unwrap();
        for (moved, stays_in) in [(in_network(put(1, "x")), Audience::Public), (put(2, "x"), Audience::Network)] {
            let sub_moved = moved.sub.clone();
            let refused = origin.publish(NOW, vec![moved]).await.unwrap_err();
            let PublishError::OtherJournal { sub, audience } = refused else { panic!("{refused}") };
            assert_eq!((sub, audience), (sub_moved, stays_in));
        }
        // Nor is it in both when both come at once, nor after it was withdrawn.
        let both = vec![put(3, "x"), in_network(put(3, "x"))];
        assert!(matches!(origin.publish(NOW, both).await, Err(PublishError::OtherJournal { .. })));
        origin.publish(NOW, vec![withdraw(1)]).await.unwrap();
        let moved = origin.publish(NOW, vec![in_network(put(1, "x"))]).await;
        assert!(matches!(moved, Err(PublishError::OtherJournal { .. })));
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn a_body_that_breaks_a_rule_is_refused_with_its_member() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let cases = [
            (json!({"country": "MA", "title": {"en": "x"}}), "summary: is missing"),
            (json!({"country": "MA", "title": {"en": "a\u{0}"}, "summary": {"en": "x"}}), "title.en: "),
            (json!("x"), "the body: "),
        ];
        for (body, expected) in cases {
            let act = Act::Put { body };
            let bad = Publication { sub: practice(2), audience: Audience::Public, act, expected: None };
            let refused = origin.publish(NOW, vec![put(1, "good"), bad]).await.unwrap_err().to_string();
            assert!(refused.starts_with(&format!("{}: {expected}", practice(2))), "{refused}");
            assert!(entries(origin.store()).await.is_empty(), "all of them or none");
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_coordinators_public_journal_takes_members() {
    on_each_database(async |database| {
        let mut origin = Origin::on(database).await;
        let sub = Sub::new(Kind::Member, practice(1).uuid());
        let body = json!({
            "country": "MA", "entityId": "https://hub.example.ma", "role": "member", "status": "active",
            "history": [{"from": "2025-01-01", "until": null, "role": "member", "status": "active"}],
            "keys": [origin.author.key.public().jwk(Some(nmirf_hub::journal::key::KeyStatus::Current))],
        });
        let member = Publication { sub, audience: Audience::Public, act: Act::Put { body }, expected: None };
        let refused = origin.publish(NOW, vec![member.clone()]).await.unwrap_err();
        assert!(matches!(refused, PublishError::NotTheRegister(_)), "{refused}");
        origin.author.is_coordinator = true;
        let refused = origin.publish(NOW, vec![in_network(member.clone())]).await.unwrap_err();
        assert!(matches!(refused, PublishError::NotTheRegister(_)), "{refused}");
        origin.publish(NOW, vec![member]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_first_publication_makes_the_journal() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        origin.database.run("DELETE FROM journals").await;
        origin.publish(NOW, vec![put(1, "one")]).await.unwrap();
        assert_eq!(entries(origin.store()).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_changes_of_one_record_in_one_call_come_one_after_the_other() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let changes = vec![put(1, "one"), put(1, "one"), put(1, "two"), put(2, "other"), withdraw(1)];
        let receipt = origin.publish(NOW, changes).await.unwrap();
        use Outcome::{Published, Unchanged};
        assert_eq!(receipt.outcomes, [Published(1), Unchanged, Published(2), Published(1), Published(3)]);
        origin.assert_whole().await;
        let journal = origin.journal(Audience::Public).await.id;
        let left = read::history(origin.store(), journal, &practice(1).name(), 9).await.unwrap();
        assert_eq!(left.iter().map(|row| row.revision).collect::<Vec<_>>(), [Some(3)], "the tombstone alone");
    })
    .await;
}

#[tokio::test]
async fn a_record_whose_revision_was_lost_goes_on_counting() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        for title in ["one", "two", "three"] {
            origin.publish(NOW, vec![put(1, title), put(2, title)]).await.unwrap();
        }
        origin.database.run("DELETE FROM revisions").await;
        let receipt = origin.publish(NOW, vec![put(1, "again"), withdraw(2)]).await.unwrap();
        assert_eq!(receipt.outcomes, [Outcome::Published(4), Outcome::Published(4)]);
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn publications_that_come_at_the_same_time_come_one_after_the_other() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let publications =
            (1..=8).map(|number| origin.publish(NOW, vec![put(number, "x"), put(99, &number.to_string())]));
        let receipts = futures_util::future::join_all(publications).await;
        let mut numbers: Vec<u64> = receipts.into_iter().map(|receipt| receipt.unwrap().number.unwrap()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 8);
        assert_eq!(entries(origin.store()).await.len(), 9);
        let journal = origin.journal(Audience::Public).await.id;
        let history = read::history(origin.store(), journal, &practice(99).name(), 99).await.unwrap();
        assert_eq!(
            history.iter().map(|row| row.revision.unwrap()).collect::<Vec<_>>(),
            (1..=8).rev().collect::<Vec<_>>()
        );
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn many_records_in_one_call() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let told = std::sync::atomic::AtomicUsize::new(0);
        let progress = |done: usize| {
            told.fetch_add(done, std::sync::atomic::Ordering::Relaxed);
        };
        let all = (0..700).map(|number| put(number, "x")).collect();
        let receipt =
            nmirf_hub::journal::publish::publish(origin.store(), &origin.author, NOW, all, &progress).await.unwrap();
        assert!(receipt.outcomes.iter().all(|outcome| *outcome == Outcome::Published(1)));
        assert_eq!(told.into_inner(), 700);
        assert_eq!(judged(origin.store(), &origin.keys(), None, 0).await.len(), 700);
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn an_instance_that_was_rolled_back_signs_nothing_more() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let write = origin.store().write().await.unwrap();
        write.set(STOPPED, "a peer holds a checkpoint that is not ours").await.unwrap();
        write.commit().await.unwrap();
        let refused = origin.publish(NOW, vec![put(1, "one")]).await;
        assert!(matches!(refused, Err(PublishError::Stopped(_))));
        let refused =
            nmirf_hub::journal::publish::sign_if_due(origin.store(), &origin.author, NOW + 2 * SIGN_EVERY).await;
        assert!(matches!(refused, Err(PublishError::Stopped(_))));
        assert_eq!(origin.journal(Audience::Public).await.seq, Some(NOW));
    })
    .await;
}

#[tokio::test]
async fn every_checkpoint_signed_is_remembered() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let first = origin.journal(Audience::Public).await.checkpoint.unwrap();
        origin.publish(NOW, vec![put(1, "one")]).await.unwrap();
        let second = origin.journal(Audience::Public).await.checkpoint.unwrap();
        for (jws, ours) in [(&*first, true), (&*second, true), ("another's", false)] {
            let digest = nmirf_hub::journal::encoding::sha256(jws.as_bytes());
            assert_eq!(read::has_signed(origin.store(), digest).await.unwrap(), ours);
        }
    })
    .await;
}

#[tokio::test]
async fn an_instance_that_never_signed_publishes_into_both_journals() {
    on_each_database(async |database| {
        let key = Arc::new(SigningKey::from_seed([1; 32]));
        let author =
            Author { entity_id: ORIGIN.into(), key, is_coordinator: false, max_entries: 1000, max_bytes: 1 << 28 };
        let origin = Origin { database, author };
        origin.publish(NOW, vec![put(1, "one"), in_network(put(2, "two"))]).await.unwrap();
        origin.assert_whole().await;
    })
    .await;
}
