//! A stolen key (protocol §2, theft).

use nmirf_hub::journal::{
    adopt::Adopted,
    key::{KeySet, KeyStatus},
    read,
    signing::SigningKey,
};

use super::{
    handwritten::Handwritten,
    instance::{NOW, ORIGIN, Reader, expected, judged, practice, told},
    support::{Database, on_each_database},
};

/// A reader that has the owner's records 1 and 2 and then took the thief's state: 1 changed, 2 withdrawn, 3 added.
async fn robbed(database: Database) -> (Handwritten, Handwritten, Reader) {
    let mut owner = Handwritten::with_key(1);
    owner.put(1, 1, "one");
    owner.put(2, 1, "two");
    let keys = KeySet::of(owner.key.public().clone(), KeyStatus::Current);
    let reader = Reader::on(database, keys);
    reader.take(&owner).await;
    let mut thief = Handwritten::with_key(1);
    thief.put(1, 9, "lies");
    thief.withdraw(2, 2);
    thief.put(3, 1, "more lies");
    thief.seq = NOW.unsigned_abs() + 1_000_000_000;
    reader.take(&thief).await;
    assert_eq!(reader.shown().await, expected(&[(1, "lies"), (2, "withdrawn"), (3, "more lies")]));
    (owner, thief, reader)
}

/// The register marks the key and lists another.
async fn marked(reader: &mut Reader, stolen: &Handwritten, new: &Handwritten) {
    let kid = stolen.key.public().thumbprint();
    reader.keys.compromise(kid);
    reader.keys.add(new.key.public().clone(), KeyStatus::Current);
    let insert = format!("INSERT INTO compromised_keys (entity_id, key_id) VALUES ('{ORIGIN}', '{kid}')");
    reader.database.run(&insert).await;
}

/// The owner's journal under the new key: the same revisions as before the theft.
fn signed_anew(owner: &Handwritten) -> Handwritten {
    let mut anew = Handwritten::with_key(2);
    for number in [1, 2] {
        anew.put_text(number, &owner.jws(number));
    }
    anew.seq = owner.seq + 1;
    anew
}

#[tokio::test]
async fn nothing_is_shown_under_a_compromised_checkpoint() {
    on_each_database(async |database| {
        let (owner, thief, mut reader) = robbed(database).await;
        marked(&mut reader, &thief, &signed_anew(&owner)).await;
        let shown = reader.shown().await;
        assert_eq!(shown.len(), 3);
        let reason = "hidden: the key of the journal's checkpoint is compromised";
        assert!(shown.values().all(|told| told == reason), "{shown:?}");
        let row = reader.journal().await;
        let held = read::held(reader.store(), &row, &reader.keys).await.unwrap();
        assert!(held.checkpoint.is_none(), "it gives no since and bars nothing");
        assert!(reader.prove_written(&thief).await.is_err(), "nor does it come in again");
    })
    .await;
}

#[tokio::test]
async fn a_compromised_key_that_left_the_list_is_no_unknown_one() {
    on_each_database(async |database| {
        let (owner, thief, mut reader) = robbed(database).await;
        let anew = signed_anew(&owner);
        reader.keys = KeySet::of(anew.key.public().clone(), KeyStatus::Current);
        reader.keys.compromise(thief.key.public().thumbprint());
        let row = reader.journal().await;
        let held = read::held(reader.store(), &row, &reader.keys).await.unwrap();
        assert!(held.checkpoint.is_none(), "it gives no since and bars nothing");
        // Older revisions, by a key that is listed still.
        reader.keys.add(SigningKey::from_seed([3; 32]).public().clone(), KeyStatus::Retired);
        let mut older = Handwritten::with_key(3);
        older.put(1, 1, "old");
        reader.database.run("UPDATE revisions SET verified_key_id = NULL").await;
        let jws = older.jws(1);
        reader.database.run(&format!("UPDATE revisions SET jws = '{jws}'")).await;
        let shown = judged(reader.store(), &reader.keys, None, 0).await;
        assert!(shown.iter().all(|judged| told(judged).1.starts_with("hidden: ")));
        assert!(reader.keys.get(thief.key.public().thumbprint()).is_none(), "it is not listed");
    })
    .await;
}

#[tokio::test]
async fn the_owners_state_takes_its_place_and_the_thiefs_records_are_forgotten() {
    on_each_database(async |database| {
        let (owner, thief, mut reader) = robbed(database).await;
        let anew = signed_anew(&owner);
        marked(&mut reader, &thief, &anew).await;
        // A lower seq, a lower rev, and an entry fewer: none of it is barred.
        let Adopted::InPlace { number, .. } = reader.take(&anew).await else { panic!() };
        assert_eq!(reader.shown().await, expected(&[(1, "one"), (2, "two")]));
        assert_eq!(read::rebuild_since(reader.store()).await.unwrap(), number, "rows have left the tables");
        let row = reader.journal().await;
        let (checkpoint, entries) = read::state(reader.store(), row.id, 0).await.unwrap().unwrap();
        assert_eq!((checkpoint, entries), (anew.checkpoint().jws, anew.entries()));
        assert!(read::history(reader.store(), row.id, &practice(3).name(), 9).await.unwrap().is_empty());
        assert!(read::gaps(reader.store(), row.id).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_thief_withdrew_is_fetched_again_and_may_be_withdrawn_again() {
    on_each_database(async |database| {
        let (owner, thief, mut reader) = robbed(database).await;
        let mut anew = signed_anew(&owner);
        marked(&mut reader, &thief, &anew).await;
        reader.take(&anew).await;
        anew.next();
        anew.put(2, 2, "two!");
        reader.take(&anew).await;
        assert_eq!(reader.shown().await, expected(&[(1, "one"), (2, "two!")]));
        anew.next();
        anew.withdraw(2, 3);
        reader.take(&anew).await;
        anew.next();
        anew.put(2, 4, "back");
        reader.take(&anew).await;
        let hidden = "hidden: the record was withdrawn before";
        assert_eq!(reader.shown().await, expected(&[(1, "one"), (2, hidden)]));
    })
    .await;
}

#[tokio::test]
async fn the_thiefs_words_are_no_part_of_a_records_history() {
    on_each_database(async |database| {
        let (owner, thief, mut reader) = robbed(database).await;
        let anew = signed_anew(&owner);
        marked(&mut reader, &thief, &anew).await;
        reader.take(&anew).await;
        let row = reader.journal().await;
        for number in [1, 2] {
            let history = read::history(reader.store(), row.id, &practice(number).name(), 9).await.unwrap();
            assert_eq!(history.iter().map(|row| row.revision).collect::<Vec<_>>(), [Some(1)], "practice {number}");
        }
    })
    .await;
}

#[tokio::test]
async fn after_the_owners_state_the_order_counts_again() {
    on_each_database(async |database| {
        let (owner, thief, mut reader) = robbed(database).await;
        let mut anew = signed_anew(&owner);
        marked(&mut reader, &thief, &anew).await;
        anew.seq += 5;
        reader.take(&anew).await;
        anew.seq -= 1;
        assert!(reader.prove_written(&anew).await.is_err());
        anew.seq += 2;
        anew.remove(2);
        assert!(reader.prove_written(&anew).await.is_err());
    })
    .await;
}
