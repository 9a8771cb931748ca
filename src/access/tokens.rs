//! Tokens that this instance issues: signed by its key (RFC 9068), and valid only as long as they stand in the table,
//! unrevoked. A thief of the key alone can make none that is listed.

use std::time::Duration;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Access, AccountError, Person, Role, refused::Fault};
use crate::{
    audit::{self, Actor},
    journal::{
        jws::{self, StatementType, Unverified},
        key::{KeySet, KeyStatus},
        signing::SigningKey,
    },
    record::LanguageTag,
    store::{StoreError, tokens},
};

pub use crate::store::tokens::Model as Token;

/// Longest life of a token: a year.
pub const LONGEST: Duration = Duration::from_secs(366 * 24 * 3_600);

/// A token that was issued. Its text is shown once and kept nowhere.
pub struct Issued {
    /// What names it in lists and for revoking.
    pub id: String,
    /// The token.
    pub text: String,
}

impl Access {
    /// Issues a token for an account or a program. `ttl` of at most [`LONGEST`], longer ones are cut.
    pub async fn issue_token(
        &self,
        key: &SigningKey,
        name: &str,
        role: Role,
        ttl: Duration,
        by: &Actor,
        now: i64,
    ) -> Result<Issued, AccountError> {
        let name = self.name(name)?;
        self.check_role(role)?;
        let id = Uuid::now_v7().to_string();
        let issued = now.div_euclid(1_000);
        let expires = issued + i64::try_from(ttl.min(LONGEST).as_secs()).unwrap_or(0);
        let claims = json!({
            "iss": self.entity_id, "aud": self.entity_id, "sub": name.as_str(), "client_id": name.as_str(),
            "role": role.as_str(), "iat": issued, "exp": expires, "jti": id,
        });
        let text = key.sign(StatementType::AccessToken, &claims);
        let write = self.store.write().await?;
        let row = tokens::ActiveModel {
            id: Set(id.clone()),
            name: Set(name.to_string()),
            role: Set(role.as_str().to_owned()),
            issued_at: Set(issued * 1_000),
            expires_at: Set(expires * 1_000),
            revoked_at: Set(None),
        };
        row.insert(write.connection()).await?;
        audit::note(&write, by, now, "token.issue", Some(&id)).await?;
        write.commit().await?;
        Ok(Issued { id, text })
    }

    /// All tokens that were issued, the newest first.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        Ok(tokens::Entity::find().order_by_desc(tokens::Column::Id).all(self.store.read()).await?)
    }

    /// Revokes a token for good. None: there is no such one; false: it was revoked already.
    pub async fn revoke_token(&self, id: &str, by: &Actor, now: i64) -> Result<Option<bool>, StoreError> {
        let write = self.store.write().await?;
        let Some(row) = tokens::Entity::find_by_id(id).one(write.connection()).await? else { return Ok(None) };
        if row.revoked_at.is_some() {
            return Ok(Some(false));
        }
        let mut row = row.into_active_model();
        row.revoked_at = Set(Some(now));
        row.update(write.connection()).await?;
        audit::note(&write, by, now, "token.revoke", Some(id)).await?;
        write.commit().await?;
        Ok(Some(true))
    }

    /// Whose token of this instance it is. `own` are this instance's keys; a compromised one counts for nothing.
    pub(super) async fn own_token(&self, token: &str, own: &KeySet, now: i64) -> Result<Person, Fault> {
        let form = |fault: jws::JwsError| {
            tracing::debug!("a token of this instance: {fault}");
            Fault::Token("not signed by this instance in the right form")
        };
        let unverified = Unverified::read(token, StatementType::AccessToken).map_err(form)?;
        let good = |status| matches!(status, KeyStatus::Current | KeyStatus::Retired);
        let claims = unverified.verify(own, good).map_err(form)?.claims;
        self.check_claims(&claims, now)?;
        let id = jws::text(&claims, "jti").map_err(form)?;
        let row = tokens::Entity::find_by_id(id).one(self.store.read()).await.map_err(StoreError::from)?;
        let row = row.ok_or(Fault::Token("it was never issued here"))?;
        if row.revoked_at.is_some() {
            return Err(Fault::Token("it was revoked"));
        }
        if row.expires_at <= now || claims.get("sub").and_then(Value::as_str) != Some(&row.name) {
            return Err(Fault::Token("it is not the one that was issued"));
        }
        self.holder(row).await
    }

    fn check_claims(&self, claims: &Value, now: i64) -> Result<(), Fault> {
        let seconds = now.div_euclid(1_000);
        let text = |name| claims.get(name).and_then(Value::as_str);
        let time = |name| claims.get(name).and_then(Value::as_i64);
        if text("iss") != Some(&self.entity_id) || text("aud") != Some(&self.entity_id) {
            return Err(Fault::Token("it is for another instance"));
        }
        if time("exp").is_none_or(|expires| expires <= seconds) {
            return Err(Fault::Token("it has expired"));
        }
        let not_yet = |at: Option<i64>| at.is_some_and(|at| at > seconds + super::LEEWAY);
        if time("iat").is_none() || not_yet(time("iat")) || not_yet(time("nbf")) {
            return Err(Fault::Token("it is not valid yet"));
        }
        Ok(())
    }

    /// Who holds a token. Of an account it is never worth more than the account.
    async fn holder(&self, row: Token) -> Result<Person, Fault> {
        let role = self.capped(Role::parse(&row.role).ok_or(Fault::Token("its role is not known"))?);
        let Some(account) = self.account(&row.name).await? else {
            return Ok(Person { name: row.name.into(), role, language: None });
        };
        if account.disabled_at.is_some() {
            return Err(Fault::Token("its account is disabled"));
        }
        let most = Role::parse(&account.role).ok_or(Fault::Token("its account has no role"))?;
        let language = account.language.as_deref().and_then(LanguageTag::parse);
        Ok(Person { name: row.name.into(), role: role.min(most), language })
    }
}
