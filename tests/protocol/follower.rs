//! The one way into the catalogue: what the counter says.

use std::sync::Arc;

use nmirf_hub::{
    catalog::Viewer,
    config::{Config, DatabaseUrl, Role},
    hub::{self, Hub},
    journal::{adopt, publish},
    record::RecordKey,
    register,
};
use sea_orm::ConnectionTrait;

use super::instance::{NOW, practice, put};

async fn coordinator(folder: &std::path::Path) -> Arc<Hub> {
    let mut config = Config::default_for("https://coordinator.example", "Coordinator", Role::Coordinator, None);
    config.key.file = folder.join("hub.key");
    config.database.url = DatabaseUrl::Sqlite(folder.join("hub.db"));
    let key = hub::make_key(&config.key.file).unwrap();
    let hub = Hub::open(config, Arc::new(|| NOW)).await.unwrap();
    register::found_network(hub.store(), hub.entity_id(), &key, NOW).await.unwrap();
    publish::sign_if_due(hub.store(), &hub.author(), NOW).await.unwrap();
    hub
}

#[tokio::test]
async fn what_has_to_go_goes_though_the_first_try_fails() {
    let folder = tempfile::tempdir().unwrap();
    let hub = coordinator(folder.path()).await;
    hub.publish(vec![put(1, "one"), put(2, "two")], &|_| ()).await.unwrap();
    hub.catch_up().await.unwrap();
    let keys = [1, 2].map(|number| RecordKey::of(RecordKey::COORDINATOR, &practice(number)));
    let shown = || keys.map(|key| hub.snapshot().record(key, Viewer::NETWORK).is_some());
    assert_eq!(shown(), [true, true]);
    // As after a theft: rows leave the tables.
    let run = async |sql: &str| hub.store().read().execute_unprepared(sql).await.unwrap();
    let mut write = hub.store().write().await.unwrap();
    adopt::judge_all_anew(&mut write).await.unwrap();
    write.commit().await.unwrap();
    run("DELETE FROM entries").await;
    run("ALTER TABLE tombstones RENAME TO away").await;
    assert!(hub.catch_up().await.is_err());
    assert_eq!(shown(), [true, true], "nothing has changed yet");
    run("ALTER TABLE away RENAME TO tombstones").await;
    hub.catch_up().await.unwrap();
    assert_eq!(shown(), [false, false]);
}
