//! The whole walk of an account and a token, on each kind of database.

use std::time::Duration;

use nmirf_hub::{
    access::{Access, Refused, Role, SignInError},
    audit::Actor,
    config::{Config, Role as InstanceRole},
    journal::{
        key::{KeySet, KeyStatus},
        signing::SigningKey,
    },
};

use crate::{
    databases_of_tests::{Database, on_each_database},
    fake_provider::{FakeProvider, Key},
};

const PASSWORD: &str = "correct horse battery";

#[tokio::test]
async fn accounts_sessions_and_tokens_live_and_end_on_each_database() {
    on_each_database(walk).await;
}

async fn walk(database: Database) {
    let provider = FakeProvider::start(&[&Key::new("one")]).await;
    let mut config = Config::default_for("https://hub.example.org", "Hub", InstanceRole::National, Some("MA"));
    provider.configure(&mut config);
    let access = Access::new(&config, database.store.clone()).unwrap();
    let (by, key, now) = (Actor::operator(), SigningKey::generate(), 1_800_000_000_000);
    let own = KeySet::of(key.public().clone(), KeyStatus::Current);

    let odd = access.sign_in("a\0b", PASSWORD, None, None, now).await;
    assert!(matches!(odd, Err(SignInError::Refused)), "every database answers alike");

    for role in [Role::Reader, Role::Editor] {
        let added = access.add_account("amina", role, None, &by, now).await.unwrap();
        let secret = added.link.rsplit('/').next().unwrap();
        access.accept_invitation(secret, PASSWORD, None, None, now).await.unwrap();
    }
    for _ in 0..2 {
        assert!(access.sign_in("amina", "wrong password", None, None, now).await.is_err());
    }
    let session = access.sign_in("amina", PASSWORD, None, None, now).await.unwrap().secret;
    assert_eq!(access.session(&session, now).await.unwrap().unwrap().role, Role::Editor);
    assert!(access.leave_for(0, None, now).await.unwrap().address.starts_with(&provider.issuer));

    let life = Duration::from_secs(3_600);
    let first = access.issue_token(&key, "amina", Role::Editor, life, &by, now).await.unwrap();
    let second = access.issue_token(&key, "amina", Role::Editor, life, &by, now).await.unwrap();
    assert!(access.bearer(&first.text, &own, now).await.is_ok());
    assert_eq!(access.revoke_token(&first.id, &by, now).await.unwrap(), Some(true));
    assert_eq!(access.bearer(&first.text, &own, now).await, Err(Refused::Token));
    assert!(access.bearer(&second.text, &own, now).await.is_ok());

    assert!(access.disable_account("amina", &by, now).await.unwrap());
    assert!(access.session(&session, now).await.unwrap().is_none());
    assert_eq!(access.bearer(&second.text, &own, now).await, Err(Refused::Token));
    assert_eq!(access.tokens().await.unwrap().len(), 2);
    assert_eq!(access.accounts().await.unwrap().len(), 1);
}
