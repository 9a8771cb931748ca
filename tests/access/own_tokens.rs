//! Tokens that the instance issues itself.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use nmirf_hub::{
    access::{AccountError, Refused, Role},
    audit::Actor,
    journal::{
        jws::StatementType,
        key::{KeySet, KeyStatus},
        signing::SigningKey,
    },
};
use serde_json::{Value, json};

use crate::support::Served;

const EIGHT_HOURS: Duration = Duration::from_secs(8 * 3_600);

async fn issued(served: &Served, name: &str, role: Role) -> (String, String) {
    let (author, by) = (served.hub.author(), Actor::operator());
    let issued = served.access().issue_token(&author.key, name, role, EIGHT_HOURS, &by, served.now()).await.unwrap();
    (issued.id, issued.text)
}

/// A token of the right form whose claims the test changes; its `jti` is one that was issued.
async fn crafted(served: &Served, change: impl FnOnce(&mut Value)) -> String {
    let claims = claims(served, change).await;
    served.hub.author().key.sign(StatementType::AccessToken, &claims)
}

async fn claims(served: &Served, change: impl FnOnce(&mut Value)) -> Value {
    let (id, _) = issued(served, "script", Role::Editor).await;
    let (entity_id, now) = (served.hub.entity_id(), served.now() / 1_000);
    let mut claims = json!({
        "iss": entity_id, "aud": entity_id, "sub": "script", "role": "editor", "iat": now, "exp": now + 600, "jti": id,
    });
    change(&mut claims);
    claims
}

async fn refused(served: &Served, token: &str) {
    assert_eq!(served.hub.bearer(token).await, Err(Refused::Token));
}

#[tokio::test]
async fn a_token_that_was_issued_says_who_sends_it() {
    let served = Served::start().await;
    let (id, token) = issued(&served, "Import-Script", Role::Editor).await;
    let person = served.hub.bearer(&token).await.unwrap();
    assert_eq!((&*person.name, person.role), ("import-script", Role::Editor));
    assert_eq!(served.audit().await, [format!("operator token.issue {id}")]);
    let right = crafted(&served, |_| ()).await;
    assert!(served.hub.bearer(&right).await.is_ok(), "the tests below change one thing of this");
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once() {
    let served = Served::start().await;
    let (id, token) = issued(&served, "script", Role::Editor).await;
    assert_eq!(served.access().revoke_token(&id, &Actor::operator(), served.now()).await.unwrap(), Some(true));
    refused(&served, &token).await;
    assert_eq!(served.access().revoke_token(&id, &Actor::operator(), served.now()).await.unwrap(), Some(false));
    assert_eq!(served.access().revoke_token("none", &Actor::operator(), served.now()).await.unwrap(), None);
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let served = Served::start().await;
    let (_, token) = issued(&served, "script", Role::Editor).await;
    served.wait(8 * 3_600_000 - 2_000);
    assert!(served.hub.bearer(&token).await.is_ok());
    served.wait(2_000);
    refused(&served, &token).await;
}

#[tokio::test]
async fn a_token_that_is_not_valid_yet_is_refused() {
    let served = Served::start().await;
    let now = served.now() / 1_000;
    refused(&served, &crafted(&served, |claims| claims["iat"] = json!(now + 120)).await).await;
    refused(&served, &crafted(&served, |claims| claims["nbf"] = json!(now + 120)).await).await;
}

#[tokio::test]
async fn a_token_for_another_audience_is_refused() {
    let served = Served::start().await;
    refused(&served, &crafted(&served, |claims| claims["aud"] = json!("https://other.example")).await).await;
}

#[tokio::test]
async fn a_token_that_was_never_issued_is_refused_though_the_key_signed_it() {
    let served = Served::start().await;
    refused(&served, &crafted(&served, |claims| claims["jti"] = json!("01990000-0000-7000-8000-000000000000")).await)
        .await;
    refused(&served, &crafted(&served, |claims| claims["sub"] = json!("somebody.else")).await).await;
}

#[tokio::test]
async fn what_a_token_says_of_its_role_does_not_count() {
    let served = Served::start().await;
    let token = crafted(&served, |claims| claims["role"] = json!("administrator")).await;
    assert_eq!(served.hub.bearer(&token).await.unwrap().role, Role::Editor);
}

#[tokio::test]
async fn the_public_key_is_no_secret_of_hmac() {
    let served = Served::start().await;
    let claims = claims(&served, |_| ()).await;
    let author = served.hub.author();
    let public = author.key.public();
    for secret in
        [public.x().into_bytes(), public.jwk(None).to_string().into_bytes(), public.thumbprint().as_bytes().to_vec()]
    {
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(public.thumbprint().to_string());
        refused(&served, &encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap()).await;
    }
}

#[tokio::test]
async fn a_token_without_a_signature_is_refused() {
    let served = Served::start().await;
    let (_, token) = issued(&served, "script", Role::Editor).await;
    let (signed, _) = token.rsplit_once('.').unwrap();
    let (_, payload) = signed.split_once('.').unwrap();
    let header = nmirf_hub::journal::encoding::base64url(br#"{"alg":"none","typ":"at+jwt"}"#);
    refused(&served, &format!("{header}.{payload}.")).await;
    refused(&served, &format!("{signed}.")).await;
    refused(&served, signed).await;
}

#[tokio::test]
async fn a_statement_of_another_type_is_no_token() {
    let served = Served::start().await;
    let claims = claims(&served, |_| ()).await;
    for other in [StatementType::ClientAssertion, StatementType::EntityStatement, StatementType::Revision] {
        refused(&served, &served.hub.author().key.sign(other, &claims)).await;
    }
}

#[tokio::test]
async fn a_token_that_another_key_signed_is_refused() {
    let served = Served::start().await;
    let claims = claims(&served, |_| ()).await;
    refused(&served, &SigningKey::generate().sign(StatementType::AccessToken, &claims)).await;
}

#[tokio::test]
async fn an_earlier_key_counts_while_it_is_listed_and_a_compromised_one_never() {
    let served = Served::start().await;
    let (_, token) = issued(&served, "script", Role::Editor).await;
    let key = served.hub.author().key.public().clone();
    let taken = async |keys: KeySet| served.access().bearer(&token, &keys, served.now()).await;
    assert!(taken(KeySet::of(key.clone(), KeyStatus::Current)).await.is_ok());
    assert!(taken(KeySet::of(key.clone(), KeyStatus::Retired)).await.is_ok());
    assert_eq!(taken(KeySet::of(key, KeyStatus::Compromised)).await, Err(Refused::Token));
    assert_eq!(taken(KeySet::default()).await, Err(Refused::Token));
}

#[tokio::test]
async fn a_token_of_an_account_is_worth_no_more_than_the_account() {
    let served = Served::start().await;
    served.invite("amina", Role::Contributor).await;
    let (_, token) = issued(&served, "amina", Role::Administrator).await;
    assert_eq!(served.hub.bearer(&token).await.unwrap().role, Role::Contributor);
    served.access().disable_account("amina", &Actor::operator(), served.now()).await.unwrap();
    refused(&served, &token).await;
    // Enabled again, it does not come back to life.
    served.invite("amina", Role::Contributor).await;
    refused(&served, &token).await;
}

#[tokio::test]
async fn the_role_coordinator_is_given_on_the_coordinators_instance_alone() {
    let served = Served::start().await;
    let (author, by) = (served.hub.author(), Actor::operator());
    let role = Role::Coordinator;
    let token = served.access().issue_token(&author.key, "script", role, EIGHT_HOURS, &by, served.now()).await;
    assert!(matches!(token, Err(AccountError::NotCoordinator)));
    let account = served.access().add_account("amina", role, None, &by, served.now()).await;
    assert!(matches!(account, Err(AccountError::NotCoordinator)));
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let served = Served::start().await;
    for text in ["", ".", "..", "a.b.c", &"a".repeat(100_000), &format!("{}.{}.x", "e30", "e30")] {
        refused(&served, text).await;
    }
}
