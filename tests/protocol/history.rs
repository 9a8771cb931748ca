//! How much is kept of what is no longer the latest.

use nmirf_hub::{
    journal::{
        history::{self, Bounds},
        read,
    },
    record::Audience,
};

use super::{
    instance::{NOW, expected, pair, practice, put},
    support::on_each_database,
};

#[tokio::test]
async fn of_anothers_record_the_newest_revisions_are_kept_and_of_an_own_one_all() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        for change in 1..=25 {
            origin.publish(NOW + change, vec![put(1, &change.to_string()), put(2, "stays")]).await.unwrap();
            reader.pull(&origin).await;
        }
        let history = async |store, row: i32| {
            let rows = read::history(store, row, &practice(1).name(), 99).await.unwrap();
            rows.iter().map(|row| row.revision.unwrap()).collect::<Vec<_>>()
        };
        let copy = reader.journal().await.id;
        assert_eq!(history(reader.store(), copy).await, (5..=25).rev().collect::<Vec<_>>(), "20 and the latest");
        let own = origin.journal(Audience::Public).await.id;
        assert_eq!(history(origin.store(), own).await.len(), 25);
        assert_eq!(reader.shown().await, expected(&[(1, "25"), (2, "stays")]));
    })
    .await;
}

#[tokio::test]
async fn beyond_the_bytes_of_a_journal_no_history_is_kept_and_every_latest_revision_is() {
    on_each_database(async |database| {
        let (origin, mut reader) = pair(database).await;
        for change in 1..=5 {
            reader.now += 1;
            let all = (1..=3).map(|number| put(number, &change.to_string())).collect();
            origin.publish(NOW + change, all).await.unwrap();
            reader.pull(&origin).await;
        }
        let row = reader.journal().await.id;
        let count = async || reader.database.number("SELECT COUNT(*) FROM revisions").await;
        let longest =
            reader.database.number("SELECT CAST(MAX(LENGTH(jws)) AS BIGINT) FROM revisions").await.unsigned_abs();
        assert_eq!(count().await, 15);
        for (bytes, left) in [(longest * 12, 15), (longest * 3, 6), (0, 3)] {
            let write = reader.store().write().await.unwrap();
            history::prune(&write, row, &Bounds { revisions: 20, bytes }).await.unwrap();
            write.commit().await.unwrap();
            assert_eq!(count().await, left, "{bytes} bytes");
        }
        assert_eq!(reader.shown().await, expected(&[(1, "5"), (2, "5"), (3, "5")]));
    })
    .await;
}
