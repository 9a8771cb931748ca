//! What is withdrawn is erased, from the files too (protocol §3).

use nmirf_hub::{
    journal::{adopt::Adopted, encoding::base64url, publish::Publication, read, revision::Act},
    record::Audience,
};

use super::{
    instance::{NOW, Origin, Reader, expected, practice, put, withdraw},
    support::{Database, on_each_database},
};

/// A text of which a part stands in the base64url of any JWS that has it, wherever it begins.
const MARKER: &str = "PleaseForgetPleaseForgetPleaseForget";

/// The spellings that the marker has in base64url, by where it begins in a group of three bytes; without the ends,
/// which depend on what stands beside it.
fn spellings() -> Vec<String> {
    (0..3)
        .map(|shift| {
            let shifted = base64url(format!("{}{MARKER}", "x".repeat(shift)).as_bytes());
            shifted[4..shifted.len() - 4].to_owned()
        })
        .collect()
}

fn files_contain_marker(database: &Database) -> bool {
    spellings().iter().any(|spelling| database.files_contain(spelling.as_bytes()))
}

async fn bodies(database: &Database) -> i64 {
    let name: String = practice(1).name().iter().map(|byte| format!("{byte:02x}")).collect();
    let literal = if database.is_sqlite() { format!("x'{name}'") } else { format!("'\\x{name}'") };
    database.number(&format!("SELECT COUNT(*) FROM revisions WHERE name = {literal}")).await
}

/// Longer than a page of the file, and among other records, so that pages overflow, split and merge.
fn marked(version: usize) -> Publication {
    let mut publication = put(1, &format!("{version} {MARKER}"));
    let Act::Put { body } = &mut publication.act else { panic!("a put") };
    body["later"] = format!("{MARKER} ").repeat(300).into();
    publication
}

#[tokio::test]
async fn withdrawing_erases_all_earlier_bodies_of_an_own_record() {
    on_each_database(async |database| {
        let origin = Origin::on(database).await;
        for version in 0..5 {
            let others = (10..60).map(|number| put(number, &format!("{version}")));
            let all = others.chain([marked(version)]).collect();
            origin.publish(NOW + 1, all).await.unwrap();
        }
        assert_eq!(bodies(&origin.database).await, 5);
        assert_eq!(files_contain_marker(&origin.database), origin.database.is_sqlite(), "the test can see it");
        origin.publish(NOW + 2, vec![withdraw(1)]).await.unwrap();
        assert_eq!(bodies(&origin.database).await, 1, "the tombstone stays");
        assert!(!files_contain_marker(&origin.database));
        let journal = origin.journal(Audience::Public).await.id;
        let history = read::history(origin.store(), journal, &practice(1).name(), 9).await.unwrap();
        assert!(history.iter().all(|row| row.withdraws));
        origin.assert_whole().await;
    })
    .await;
}

#[tokio::test]
async fn a_tombstone_erases_the_bodies_of_a_copy() {
    on_each_database(async |database| {
        let origin = Origin::on(Database::sqlite().await).await;
        let reader = Reader::on(database, origin.keys());
        for version in 0..3 {
            let others = (10..60).map(|number| put(number, &format!("{version}")));
            origin.publish(NOW + 1, others.chain([marked(version)]).collect()).await.unwrap();
            reader.pull(&origin).await;
        }
        assert_eq!(bodies(&reader.database).await, 3);
        assert_eq!(files_contain_marker(&reader.database), reader.database.is_sqlite(), "the test can see it");
        origin.publish(NOW + 2, vec![withdraw(1)]).await.unwrap();
        let adopted = reader.pull(&origin).await;
        assert!(matches!(adopted, Adopted::InPlace { erased: true, changed: 1, .. }), "{adopted:?}");
        assert_eq!(bodies(&reader.database).await, 1);
        assert!(!files_contain_marker(&reader.database));
        assert_eq!(reader.shown().await[practice(1).as_str()], "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn a_body_that_was_only_staged_is_erased_too() {
    on_each_database(async |database| {
        let origin = Origin::on(Database::sqlite().await).await;
        let reader = Reader::on(database, origin.keys());
        origin.publish(NOW + 1, vec![marked(1), put(2, "x")]).await.unwrap();
        let round = reader.prove(&origin).await.unwrap();
        reader.stage(&origin, &round, 9, |_| true).await;
        origin.publish(NOW + 2, vec![withdraw(1)]).await.unwrap();
        reader.pull(&origin).await;
        assert!(!files_contain_marker(&reader.database));
        assert_eq!(reader.shown().await, expected(&[(1, "withdrawn"), (2, "x")]));
    })
    .await;
}
