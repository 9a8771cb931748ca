//! The door for others' data (protocol §6, step 5).

use nmirf_hub::{
    journal::{
        adopt::{self, AdoptError, Adopted, Circumstances},
        prove::Finding,
        read, stage,
    },
    record::Audience,
};

use super::{
    handwritten::Handwritten,
    instance::{MINUTE, NOW, Origin, Reader, entries, expected, journal, judged, pair, practice, put, told, withdraw},
    support::{Database, on_each_database},
};

#[tokio::test]
async fn a_state_moves_as_a_whole() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "one"), put(2, "two")]).await.unwrap();
        let adopted = reader.pull(&origin).await;
        assert!(matches!(adopted, Adopted::InPlace { changed: 2, erased: false, .. }), "{adopted:?}");
        assert_eq!(entries(reader.store()).await, entries(origin.store()).await);
        origin.publish(NOW + 2, vec![put(2, "two!"), put(3, "three")]).await.unwrap();
        let adopted = reader.pull(&origin).await;
        assert!(matches!(adopted, Adopted::InPlace { changed: 2, .. }), "{adopted:?}");
        let row = journal(reader.store(), Audience::Public).await;
        let theirs = origin.journal(Audience::Public).await;
        assert_eq!((row.checkpoint, row.seq, row.key_id), (theirs.checkpoint, theirs.seq, theirs.key_id));
        assert_eq!((row.confirmed_at, row.via), (Some(NOW), None));
        assert_eq!(reader.shown().await, expected(&[(1, "one"), (2, "two!"), (3, "three")]));
    })
    .await;
}

#[tokio::test]
async fn what_changed_after_a_change_is_told_once() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "one"), put(2, "two")]).await.unwrap();
        let Adopted::InPlace { number, .. } = reader.pull(&origin).await else { panic!() };
        assert_eq!(reader.store().number().await.unwrap(), number);
        origin.publish(NOW + 2, vec![put(2, "two!")]).await.unwrap();
        let Adopted::InPlace { number: next, .. } = reader.pull(&origin).await else { panic!() };
        assert!(next > number);
        let changed = judged(reader.store(), &reader.keys, None, number).await;
        let facts: Vec<_> = changed.iter().map(|judged| (told(judged).1, judged.revised, judged.change)).collect();
        assert_eq!(facts, [("two!".to_owned(), true, next)]);
        assert!(judged(reader.store(), &reader.keys, None, next).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn adopting_anything_twice_changes_nothing() {
    on_each_database(async |database| {
        let (origin, mut reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "one"), put(2, "two"), put(3, "three")]).await.unwrap();
        origin.publish(NOW + 2, vec![withdraw(3)]).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, usize::MAX, |_| true).await;
        reader.adopt(&round).await.unwrap();
        let held = judged(reader.store(), &reader.keys, None, 0)
            .await
            .iter()
            .map(|judged| (told(judged), judged.change))
            .collect::<Vec<_>>();
        let (before, number) = (reader.journal().await, reader.store().number().await.unwrap());
        reader.now += MINUTE;
        // The same proof again, a round that finds the same state, and one that finds it after the reader has it.
        let again = reader.prove(&origin).await.unwrap();
        for round in [&round, &again, &again] {
            let adopted = reader.adopt(round).await.unwrap();
            assert_eq!(adopted, Adopted::InPlace { number, changed: 0, erased: false });
            reader.stage(&origin, round, usize::MAX, |_| true).await;
        }
        let after = judged(reader.store(), &reader.keys, None, 0)
            .await
            .iter()
            .map(|judged| (told(judged), judged.change))
            .collect::<Vec<_>>();
        assert_eq!(after, held);
        assert_eq!(reader.store().number().await.unwrap(), number);
        assert_eq!(read::rebuild_since(reader.store()).await.unwrap(), 0, "nothing was forgotten");
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM revisions").await, 3);
        let row = reader.journal().await;
        assert_eq!((row.first_seen_at, row.change), (before.first_seen_at, before.change));
        assert_eq!(row.confirmed_at, Some(NOW + MINUTE), "only how fresh it is");
    })
    .await;
}

#[tokio::test]
async fn the_same_state_under_another_jws_keeps_when_it_was_seen_first() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "one");
        let mut keys = Origin::on(Database::sqlite().await).await.keys();
        let other = nmirf_hub::journal::signing::SigningKey::from_seed([2; 32]);
        keys.add(other.public().clone(), nmirf_hub::journal::key::KeyStatus::Current);
        let mut reader = Reader::on(database, keys);
        reader.take(&written).await;
        reader.now += MINUTE;
        written.key = other;
        assert!(matches!(reader.take(&written).await, Adopted::InPlace { changed: 0, .. }));
        let row = reader.journal().await;
        assert_eq!(row.first_seen_at, Some(NOW));
        assert_eq!(row.checkpoint, Some(written.checkpoint().jws), "the old key may be retired tomorrow");
    })
    .await;
}

#[tokio::test]
async fn a_state_proved_against_another_one_than_held_is_overtaken() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "one")]).await.unwrap();
        let early = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &early, usize::MAX, |_| true).await;
        origin.publish(NOW + 2, vec![put(1, "two"), put(2, "two")]).await.unwrap();
        reader.pull(&origin).await;
        // Nothing was held when this one was proved: it must not pass for the owner's state after a theft.
        assert_eq!(reader.adopt(&early).await.unwrap(), Adopted::Overtaken);
        let late = reader.prove(&origin).await.unwrap();
        origin.publish(NOW + 3, vec![put(1, "three")]).await.unwrap();
        reader.pull(&origin).await;
        assert_eq!(reader.adopt(&late).await.unwrap(), Adopted::Overtaken);
        assert_eq!(reader.shown().await, expected(&[(1, "three"), (2, "two")]));
        assert_eq!(entries(reader.store()).await, entries(origin.store()).await);
    })
    .await;
}

#[tokio::test]
async fn a_journal_that_was_purged_meanwhile_is_overtaken() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        let round = reader.prove(&origin).await.unwrap();
        reader.database.run("DELETE FROM journals").await;
        assert_eq!(reader.adopt(&round).await.unwrap(), Adopted::Overtaken);
    })
    .await;
}

#[tokio::test]
async fn no_record_goes_back_to_a_lesser_revision() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        let (_, reader) = pair(database).await;
        written.put(1, 5, "five");
        written.put(2, 1, "two");
        reader.take(&written).await;
        written.next();
        written.put(1, 4, "four");
        written.put(2, 2, "two!");
        let refused = reader.take_without(&written, &[]).await.unwrap_err();
        assert!(matches!(refused, AdoptError::GoesBack { offered: 4, held: 5, .. }), "{refused}");
        assert_eq!(reader.shown().await, expected(&[(1, "five"), (2, "two")]), "nothing has changed");
        written.next();
        written.put(1, 5, "five, said otherwise");
        reader.take(&written).await;
        assert_eq!(reader.shown().await, expected(&[(1, "five, said otherwise"), (2, "two!")]));
    })
    .await;
}

#[tokio::test]
async fn a_bad_revision_between_does_not_make_the_highest_one_forgotten() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        let (_, reader) = pair(database).await;
        written.put(1, 5, "five");
        reader.take(&written).await;
        written.next();
        written.put_text(1, "no revision at all");
        reader.take(&written).await;
        let shown = reader.shown().await;
        assert!(shown["?"].starts_with("hidden: not a signed statement"), "{shown:?}");
        written.next();
        written.put(1, 4, "four");
        let refused = reader.take_without(&written, &[]).await.unwrap_err();
        assert!(matches!(refused, AdoptError::GoesBack { offered: 4, held: 5, .. }), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn one_bad_record_never_stops_the_rest() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        let (_, reader) = pair(database).await;
        written.put(1, 1, "good");
        written.put_text(2, &written.jws(1));
        written.put_text(3, "");
        written.put(4, 1, "control \u{1} character");
        reader.take(&written).await;
        let shown = judged(reader.store(), &reader.keys, None, 0).await;
        assert_eq!(shown.len(), 4);
        assert_eq!(shown.iter().filter(|judged| told(judged).1 == "good").count(), 1);
        assert_eq!(shown.iter().filter(|judged| told(judged).1.starts_with("hidden")).count(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_was_staged_outlives_a_break_and_what_is_no_longer_listed_goes() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, (1..=4).map(|number| put(number, "x")).collect()).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, 3, |_| true).await;
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM staged_revisions").await, 3);
        origin.publish(NOW + 2, (1..=4).map(|number| put(number, "y")).collect()).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, 1, |_| true).await;
        assert_eq!(
            reader.database.number("SELECT COUNT(*) FROM staged_revisions").await,
            1,
            "the first three are gone"
        );
        let digests: Vec<_> = round.proved.entries().iter().map(|(_, digest)| *digest).collect();
        let missing = adopt::not_here(reader.store(), round.journal.id, &digests).await.unwrap();
        assert_eq!(missing.len(), 3, "one of four need not be fetched again");
        reader.pull(&origin).await;
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM staged_revisions").await, 0);
        assert_eq!(reader.shown().await, expected(&[(1, "y"), (2, "y"), (3, "y"), (4, "y")]));
    })
    .await;
}

#[tokio::test]
async fn a_staged_revision_that_no_entry_names_is_not_taken() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "to be erased")]).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, 9, |_| true).await;
        origin.publish(NOW + 2, vec![put(1, "later")]).await.unwrap();
        let later = reader.prove(&origin).await.unwrap();
        reader.adopt(&later).await.unwrap();
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM revisions").await, 0);
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM staged_revisions").await, 0);
    })
    .await;
}

#[tokio::test]
async fn only_revisions_that_are_listed_are_staged() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "x")]).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        let names = Default::default();
        let tokens = vec!["anything".to_owned()];
        adopt::stage(reader.store(), &round.journal, &reader.keys, &names, tokens).await.unwrap();
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM staged_revisions").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_copy_says_through_whom_it_came() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "x")]).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, 9, |_| true).await;
        let relay = "https://hub.example.py";
        let circumstances = Circumstances { via: Some(relay), now: NOW + MINUTE, confirmed_at: NOW };
        adopt::adopt(reader.store(), round.journal.id, &round.proved, &circumstances).await.unwrap();
        let shown = judged(reader.store(), &reader.keys, None, 0).await;
        assert_eq!((shown[0].via.as_deref(), shown[0].received_at), (Some(relay), NOW + MINUTE));
        let row = reader.journal().await;
        assert_eq!(
            (row.via.as_deref(), row.confirmed_at, row.first_seen_at),
            (Some(relay), Some(NOW), Some(NOW + MINUTE))
        );
    })
    .await;
}

#[tokio::test]
async fn a_relay_serves_what_came_to_it_since() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "x")]).await.unwrap();
        origin.publish(NOW + 2, vec![put(2, "x")]).await.unwrap();
        reader.pull(&origin).await;
        origin.publish(NOW + 3, vec![put(3, "x")]).await.unwrap();
        reader.pull(&origin).await;
        let journal = reader.journal().await.id;
        let now = NOW.unsigned_abs();
        // Both came here under NOW + 2.
        for (since, count) in [(0, 3), (now + 1, 3), (now + 2, 1), (now + 3, 0)] {
            let (_, changed) = read::state(reader.store(), journal, since).await.unwrap().unwrap();
            assert_eq!(changed.len(), count, "since {since}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_whose_key_left_the_list_still_bars_an_older_one() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        let (origin, mut reader) = pair(database).await;
        written.put(1, 1, "one");
        let old = written.seq;
        written.seq = old + 10;
        reader.take(&written).await;
        // The register names another key now, and the old one no more.
        let mut older = Handwritten::with_key(2);
        older.put_text(1, &written.jws(1));
        older.seq = old;
        reader.keys = nmirf_hub::journal::key::KeySet::of(
            older.key.public().clone(),
            nmirf_hub::journal::key::KeyStatus::Current,
        );
        let found = reader.prove_written(&older).await.err().expect("an old state is behind");
        assert_eq!(found, Finding::Behind { offered: old, held: old + 10 });
        drop(origin);
    })
    .await;
}

#[tokio::test]
async fn the_latest_revisions_of_a_journal_alone_are_served() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "old"), put(2, "other")]).await.unwrap();
        reader.pull(&origin).await;
        let old = *entries(reader.store()).await.get(&practice(1).name()).unwrap();
        origin.publish(NOW + 2, vec![put(1, "new")]).await.unwrap();
        reader.pull(&origin).await;
        let row = reader.journal().await.id;
        assert!(read::revisions(reader.store(), row, &[old]).await.unwrap().is_empty());
        let all: Vec<_> = entries(reader.store()).await.iter().map(|(_, digest)| *digest).collect();
        assert_eq!(read::revisions(reader.store(), row, &all).await.unwrap().len(), 2);
        let history = read::history(reader.store(), row, &practice(1).name(), 9).await.unwrap();
        assert_eq!(history.iter().map(|row| row.revision).collect::<Vec<_>>(), [Some(2), Some(1)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_and_what_counts_for_the_next_state_are_told_apart() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "old"), put(2, "other")]).await.unwrap();
        reader.pull(&origin).await;
        origin.publish(NOW + 2, vec![put(1, "newer"), put(3, "third")]).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, usize::MAX, |name| *name == practice(1).name()).await;
        let row = round.journal.id;
        let sum = async |from: &str| {
            reader.database.number(&format!("SELECT CAST(SUM(LENGTH(jws)) AS BIGINT) FROM {from}")).await.unsigned_abs()
        };
        let (held, staged) = (sum("revisions").await, sum("staged_revisions").await);
        assert_eq!(read::bytes_held(reader.store()).await.unwrap(), [(row, held + staged)], "all that is kept");
        let names = round.proved.entries().iter().map(|(name, digest)| (*digest, *name)).collect();
        let old = entries(reader.store()).await;
        let stays = old.get(&practice(2).name()).unwrap();
        let stays = read::revisions(reader.store(), row, &[*stays]).await.unwrap()[0].1.len() as u64;
        let here = stage::bytes_here(reader.store(), row, &names).await.unwrap();
        assert_eq!(here, stays + staged, "what is replaced makes room");
    })
    .await;
}

#[tokio::test]
async fn what_was_staged_and_taken_away_is_no_gap() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "one")]).await.unwrap();
        reader.pull(&origin).await;
        origin.publish(NOW + 2, vec![put(1, "two"), put(2, "two")]).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, usize::MAX, |_| true).await;
        // Another process with an older list of entries cleans up.
        adopt::keep_staged(reader.store(), round.journal.id, &Default::default()).await.unwrap();
        let (before, number) = (reader.journal().await, reader.store().number().await.unwrap());
        let circumstances = Circumstances { via: None, now: NOW + MINUTE, confirmed_at: NOW + MINUTE };
        let adopted = adopt::adopt(reader.store(), round.journal.id, &round.proved, &circumstances).await.unwrap();
        assert_eq!(adopted, Adopted::Overtaken);
        assert_eq!(reader.journal().await, before);
        assert_eq!(reader.store().number().await.unwrap(), number);
        assert_eq!(reader.shown().await, expected(&[(1, "one")]));
    })
    .await;
}
