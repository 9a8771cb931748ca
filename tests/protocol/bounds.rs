//! What is too much for an own journal (protocol §3 and §4).

use nmirf_hub::{
    journal::{
        publish::{Publication, PublishError},
        revision::Act,
    },
    record::Audience,
};

use super::{
    instance::{NOW, Origin, body, practice, put, withdraw},
    support::on_each_database,
};

#[tokio::test]
async fn a_journal_takes_no_more_records_than_its_bound() {
    on_each_database(async |database| {
        let mut origin = Origin::on(database).await;
        origin.author.max_entries = 2;
        origin.publish(NOW, vec![put(1, "one"), put(2, "two")]).await.unwrap();
        let refused = origin.publish(NOW, vec![put(3, "three")]).await.unwrap_err();
        assert!(matches!(refused, PublishError::Full(3, 2)));
        origin.publish(NOW, vec![put(1, "one!"), withdraw(2)]).await.unwrap();
        // The bound was lowered: what is there can still be changed and withdrawn.
        origin.author.max_entries = 1;
        origin.publish(NOW, vec![put(1, "one again"), withdraw(1)]).await.unwrap();
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn a_journal_takes_no_more_bytes_than_its_bound() {
    on_each_database(async |database| {
        let mut origin = Origin::on(database).await;
        origin.publish(NOW, vec![put(1, "one"), put(2, "two")]).await.unwrap();
        origin.publish(NOW, vec![put(1, "1"), put(2, "2")]).await.unwrap();
        let latest =
            "SELECT CAST(SUM(LENGTH(jws)) AS BIGINT) FROM revisions WHERE digest IN (SELECT digest FROM entries)";
        origin.author.max_bytes = origin.database.number(latest).await.unsigned_abs();
        for more in [vec![put(3, "three")], vec![put(1, "a longer title")], vec![put(1, "2"), put(3, "three")]] {
            let refused = origin.publish(NOW, more).await.unwrap_err();
            assert!(matches!(refused, PublishError::FullOfBytes(bytes, bound) if bytes > bound), "{refused}");
        }
        // Earlier revisions do not count, nor does a bound that was lowered stop what makes the journal smaller.
        origin.publish(NOW, vec![put(1, "3")]).await.unwrap();
        origin.author.max_bytes = 10;
        origin.publish(NOW, vec![withdraw(1)]).await.unwrap();
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn a_record_over_256_kib_when_signed_is_refused() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        let mut long = body("long");
        long["later"] = vec!["x".repeat(49_500); 4].into();
        let act = Act::Put { body: long };
        let publication = Publication { sub: practice(1), audience: Audience::Public, act, expected: None };
        assert!(matches!(origin.publish(NOW, vec![publication]).await, Err(PublishError::TooLong(_))));
    })
    .await;
}
