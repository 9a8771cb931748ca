//! Gaps: what an origin's checkpoint vouches for and it cannot give (protocol §6, step 4).

use nmirf_hub::journal::{
    adopt::{self, Adopted},
    key::{KeySet, KeyStatus},
    read,
};

use super::{
    handwritten::Handwritten,
    instance::{NOW, Reader, expected, judged, practice, told},
    support::{Database, on_each_database},
};

fn reader(database: Database, written: &Handwritten) -> Reader {
    Reader::on(database, KeySet::of(written.key.public().clone(), KeyStatus::Current))
}

async fn gaps(reader: &Reader) -> Vec<[u8; 32]> {
    let journal = reader.journal().await.id;
    read::gaps(reader.store(), journal).await.unwrap().into_iter().map(|(_, digest)| digest).collect()
}

#[tokio::test]
async fn a_gap_is_listed_and_stops_nothing() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "one");
        written.put(2, 1, "missing");
        let reader = reader(database, &written);
        assert!(matches!(reader.take_without(&written, &[2]).await.unwrap(), Adopted::InPlace { changed: 2, .. }));
        assert_eq!(gaps(&reader).await, [written.digest(2)]);
        let shown = judged(reader.store(), &reader.keys, None, 0).await;
        let gap = shown.iter().find(|judged| judged.name == practice(2).name()).unwrap();
        assert!(gap.verdict.is_none());
        assert!(shown.iter().any(|judged| told(judged).1 == "one"));
    })
    .await;
}

#[tokio::test]
async fn a_gap_is_filled_when_its_revision_comes() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "one");
        written.put(2, 1, "two");
        let reader = reader(database, &written);
        reader.take_without(&written, &[2]).await.unwrap();
        assert_eq!(reader.fill_gaps().await, None, "nothing came");
        let before = reader.store().number().await.unwrap();
        let round = reader.prove_written(&written).await.unwrap();
        reader.stage_written(&written, &round, &[]).await;
        assert_eq!(reader.fill_gaps().await, Some(before + 1));
        assert!(gaps(&reader).await.is_empty());
        let changed = judged(reader.store(), &reader.keys, None, before).await;
        let facts: Vec<_> = changed.iter().map(|judged| (told(judged).1, judged.revised)).collect();
        assert_eq!(facts, [("two".to_owned(), false)]);
        let (_, changed) = read::state(reader.store(), round.journal.id, NOW.unsigned_abs()).await.unwrap().unwrap();
        assert!(changed.is_empty(), "the entry keeps the seq under which it came");
    })
    .await;
}

#[tokio::test]
async fn a_gap_is_filled_by_a_round_that_adopts_the_next_state() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "one");
        written.put(2, 7, "two");
        let reader = reader(database, &written);
        reader.take_without(&written, &[2]).await.unwrap();
        written.next();
        written.put(3, 1, "three");
        let before = reader.store().number().await.unwrap();
        reader.take(&written).await;
        assert!(gaps(&reader).await.is_empty());
        let changed = judged(reader.store(), &reader.keys, None, before).await;
        let mut facts: Vec<_> = changed.iter().map(|judged| told(judged).1).collect();
        facts.sort();
        assert_eq!(facts, ["three", "two"], "both are told as changed");
        // Its revision counts from now on.
        written.next();
        written.put(2, 6, "back");
        assert!(reader.take_without(&written, &[]).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_gap_is_filled_though_the_same_state_is_adopted_again() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "one");
        written.put(2, 1, "two");
        let reader = reader(database, &written);
        reader.take_without(&written, &[2]).await.unwrap();
        reader.take(&written).await;
        assert_eq!(reader.shown().await, expected(&[(1, "one"), (2, "two")]));
        assert!(gaps(&reader).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_tombstone_that_fills_a_gap_erases() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        let marker = "PleaseForgetThisText";
        written.put(1, 1, marker);
        let reader = reader(database, &written);
        reader.take(&written).await;
        written.next();
        written.withdraw(1, 2);
        reader.take_without(&written, &[1]).await.unwrap();
        assert_eq!(gaps(&reader).await, [written.digest(1)]);
        let round = reader.prove_written(&written).await.unwrap();
        reader.stage_written(&written, &round, &[]).await;
        assert!(reader.fill_gaps().await.is_some());
        assert_eq!(reader.shown().await, expected(&[(1, "withdrawn")]));
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM revisions").await, 1);
        let stored = nmirf_hub::journal::encoding::base64url(marker.as_bytes());
        assert!(!reader.database.files_contain(&stored.as_bytes()[4..stored.len() - 4]));
    })
    .await;
}

#[tokio::test]
async fn a_new_revision_closes_a_gap_without_the_old_one() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "lost");
        let reader = reader(database, &written);
        reader.take_without(&written, &[1]).await.unwrap();
        written.next();
        written.put(1, 2, "found");
        reader.take(&written).await;
        assert!(gaps(&reader).await.is_empty());
        assert_eq!(reader.shown().await, expected(&[(1, "found")]));
    })
    .await;
}

#[tokio::test]
async fn what_a_key_signed_that_was_not_listed_counts_once_it_is_listed() {
    on_each_database(async |database| {
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "one");
        written.put(2, 1, "two");
        let mut reader = reader(database, &written);
        reader.take(&written).await;
        let mut later = Handwritten::with_key(3);
        later.put(1, 7, "one!");
        later.withdraw(2, 2);
        later.put_text(3, "no revision at all");
        for number in [1, 2, 3] {
            written.put_text(number, &later.jws(number));
        }
        written.next();
        reader.take(&written).await;
        let journal = reader.journal().await;
        assert!(reader.shown().await.values().all(|told| told.starts_with("hidden: ")));
        assert_eq!(adopt::look_again(reader.store(), &journal, &reader.keys, NOW).await.unwrap(), None);
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM revisions").await, 5);

        reader.keys.add(later.key.public().clone(), KeyStatus::Retired);
        let before = reader.store().number().await.unwrap();
        let number = adopt::look_again(reader.store(), &journal, &reader.keys, NOW).await.unwrap();
        assert_eq!(number, Some(before + 1));
        let changed = judged(reader.store(), &reader.keys, None, before).await;
        let mut facts: Vec<_> = changed.iter().map(|judged| told(judged).1).collect();
        facts.sort();
        assert_eq!(facts, ["one!", "withdrawn"]);
        assert_eq!(reader.database.number("SELECT COUNT(*) FROM revisions").await, 4, "the body of 2 is erased");
        assert_eq!(adopt::look_again(reader.store(), &journal, &reader.keys, NOW).await.unwrap(), None);
        written.next();
        written.put(1, 6, "back");
        assert!(reader.take_without(&written, &[]).await.is_err(), "its revision bars a lesser one");
    })
    .await;
}
