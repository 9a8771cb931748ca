//! The database itself: opened, refused, locked, counted.

use std::time::Duration;

use nmirf_hub::store::{ServeLock, Store, StoreError};

use super::support::on_each_database;

#[tokio::test]
async fn opening_twice_keeps_everything() {
    on_each_database(async |database| {
        let id = database.store.id().await.unwrap();
        assert_eq!(id.len(), 32);
        let mut write = database.store.write().await.unwrap();
        let number = write.number().await.unwrap();
        assert_eq!(write.number().await.unwrap(), number, "one a transaction");
        write.set("word", "kept").await.unwrap();
        assert_eq!(write.commit().await.unwrap(), Some(number));
        let again = Store::open(&database.url).await.unwrap();
        assert_eq!(again.id().await.unwrap(), id);
        assert_eq!(again.number().await.unwrap(), number);
        assert_eq!(again.setting("word").await.unwrap().as_deref(), Some("kept"));
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_no_trace() {
    on_each_database(async |database| {
        let before = database.store.number().await.unwrap();
        let mut write = database.store.write().await.unwrap();
        assert_eq!(write.number().await.unwrap(), before + 1);
        write.set("word", "lost").await.unwrap();
        drop(write);
        // The next one waits until the first is rolled back.
        let mut write = database.store.write().await.unwrap();
        assert_eq!(write.number().await.unwrap(), before + 1);
        drop(write);
        assert_eq!(database.store.setting("word").await.unwrap(), None);
        assert_eq!(database.store.number().await.unwrap(), before);
    })
    .await;
}

#[tokio::test]
async fn opening_does_not_wait_for_another_that_writes() {
    on_each_database(async |database| {
        let mut write = database.store.write().await.unwrap();
        write.number().await.unwrap();
        let opened = tokio::time::timeout(Duration::from_secs(10), Store::open(&database.url)).await;
        let again = opened.expect("it waits for nobody").unwrap();
        assert_eq!(again.id().await.unwrap(), database.store.id().await.unwrap());
        again.close().await;
        drop(write);
    })
    .await;
}

#[tokio::test]
async fn a_setting_can_be_changed() {
    on_each_database(async |database| {
        for value in ["one", "two", ""] {
            let write = database.store.write().await.unwrap();
            write.set("word", value).await.unwrap();
            write.commit().await.unwrap();
            assert_eq!(database.store.setting("word").await.unwrap().as_deref(), Some(value));
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_in_one_clear_sentence() {
    on_each_database(async |database| {
        let step = "m9999_from_the_future";
        database.run(&format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('{step}', 0)")).await;
        let refused = Store::open(&database.url).await.err().unwrap();
        assert!(matches!(&refused, StoreError::Newer { step: found, .. } if found == step), "{refused:?}");
        let sentence = refused.to_string();
        assert!(sentence.contains(database.store.shown_url()), "where: {sentence}");
        assert!(sentence.contains("newer version of nmirf-hub"), "what: {sentence}");
        assert!(sentence.contains("Use that version, or restore a backup"), "what to do: {sentence}");
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_sqlite_database_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(&format!("sqlite://{}/hub.db", folder.path().display())).await.unwrap();
    for name in ["hub.db", "hub.db-wal", "hub.db-shm"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
    store.close().await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_told_in_one_clear_sentence_without_the_password() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("no-database");
    std::fs::write(&file, "this is a text and no database ".repeat(200)).unwrap();
    let urls = [
        format!("sqlite://{}/no/such/folder/hub.db", folder.path().display()),
        format!("sqlite://{}", folder.path().display()),
        format!("sqlite://{}", file.display()),
        "postgres://somebody:secret@127.0.0.1:port/hub".to_owned(),
        "postgres://somebody:p@ss:secret@127.0.0.1:port/hub?password=secret".to_owned(),
        "oracle://somebody:secret@127.0.0.1/hub".to_owned(),
    ];
    for url in urls {
        let refused = Store::open(&url).await.err().unwrap();
        assert!(matches!(refused, StoreError::Open { .. }), "{url}: {refused:?}");
        let sentence = refused.to_string();
        let place = url.split('?').next().unwrap().replace(":p@ss", "").replace(":secret", "");
        assert!(sentence.contains(&place), "where: {sentence}");
        assert!(sentence.contains("Check [database] url"), "what to do: {sentence}");
        assert!(!sentence.contains("secret"), "{sentence}");
        assert!(!sentence.contains('\n'), "{sentence}");
    }
}

#[tokio::test]
async fn a_database_that_the_server_does_not_have_is_told_in_one_clear_sentence() {
    let Some(database) = super::support::Database::postgres().await else { return };
    let url = format!("{}_no_such", database.url);
    let refused = Store::open(&url).await.err().unwrap();
    assert!(matches!(&refused, StoreError::Open { url: told, .. } if *told == url), "{refused:?}");
}

#[tokio::test]
async fn one_serve_a_database() {
    on_each_database(async |database| {
        let lock = ServeLock::take(&database.store).await.unwrap();
        // By another process: it has opened the database itself.
        let other = Store::open(&database.url).await.unwrap();
        let refused = ServeLock::take(&other).await.err().unwrap();
        assert!(matches!(&refused, StoreError::Served { url } if url == database.store.shown_url()), "{refused:?}");
        assert!(refused.to_string().contains("Stop it first"));
        drop(lock);
        // PostgreSQL lets go when the session has ended, a moment after.
        let mut free = false;
        for _ in 0..500 {
            free = free || ServeLock::take(&other).await.is_ok();
        }
        assert!(free);
    })
    .await;
}

#[tokio::test]
async fn two_databases_do_not_share_a_lock_or_an_id() {
    on_each_database(async |database| {
        let other = if database.is_sqlite() {
            super::support::Database::sqlite().await
        } else {
            super::support::Database::postgres().await.unwrap()
        };
        let _ours = ServeLock::take(&database.store).await.unwrap();
        let _theirs = ServeLock::take(&other.store).await.unwrap();
        assert_ne!(database.store.id().await.unwrap(), other.store.id().await.unwrap());
    })
    .await;
}
