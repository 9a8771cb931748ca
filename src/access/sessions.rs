//! Sessions of browsers: rows in our own table, so that a sign-out, a disabled account or a changed password ends them in
//! the transaction that the audit log tells of. The cookie holds a secret that says nothing and is new at every sign-in.

use std::{net::IpAddr, sync::Arc, time::Duration};

use http::{HeaderMap, header};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{Access, Person, Role, SignInError, secret};
use crate::{
    audit::{self, Actor},
    journal::encoding::{base64url, sha256},
    record::LanguageTag,
    store::{StoreError, Write, accounts, sessions},
};

/// Somebody who has just signed in.
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// What the cookie holds; never shown otherwise.
    pub secret: String,
    /// For how long.
    pub lasts: Duration,
}

/// Who begins a session, and where from.
pub(super) struct Beginning<'a> {
    pub(super) person: Person,
    /// Issuer of the provider that vouches; none for a local account.
    pub(super) issuer: Option<&'a str>,
    /// What the cookie held before: it ends, whoever's it was.
    pub(super) previous: Option<&'a str>,
    pub(super) from: Option<IpAddr>,
}

impl Access {
    /// Whose session a cookie holds; None for one that is unknown or has ended. Reads the tables each time, so that what
    /// ends a session does so at once. `now` in milliseconds.
    pub async fn session(&self, cookie_value: &str, now: i64) -> Result<Option<Person>, StoreError> {
        let Some(kept) = secret::kept(cookie_value) else { return Ok(None) };
        let Some(row) = sessions::Entity::find_by_id(kept).one(self.store.read()).await? else { return Ok(None) };
        if row.expires_at <= now {
            return Ok(None);
        }
        match row.issuer {
            None => Ok(self.account(&row.name).await?.and_then(|account| self.person_of(&account))),
            Some(issuer) if self.providers.iter().any(|provider| provider.issuer() == issuer) => {
                let role = Role::parse(&row.role).map(|role| self.capped(role));
                Ok(role.map(|role| Person { name: row.name.into(), role, language: None }))
            }
            // Who is taken out of the configuration vouches for nobody any more.
            Some(_) => Ok(None),
        }
    }

    /// Ends the session of a cookie. `from` is the caller's address. Gives whether there was one.
    pub async fn sign_out(&self, cookie_value: &str, from: Option<IpAddr>, now: i64) -> Result<bool, StoreError> {
        let Some(kept) = secret::kept(cookie_value) else { return Ok(false) };
        let row = sessions::Entity::find_by_id(&kept).one(self.store.read()).await?;
        let Some(row) = row else { return Ok(false) };
        let write = self.store.write().await?;
        if sessions::Entity::delete_by_id(kept).exec(write.connection()).await?.rows_affected == 0 {
            return Ok(false);
        }
        let actor = Actor { name: row.name.into(), address: from };
        audit::note(&write, &actor, now, "sign-out", None).await?;
        write.commit().await?;
        Ok(true)
    }

    /// Name of the cookie: with the prefix that binds it to this host wherever the instance is reached by https, and
    /// with a sign of the instance, since cookies know neither paths nor ports.
    pub fn cookie_name(&self) -> &str {
        &self.session_cookie
    }

    /// Whether the instance is reached by https: then its cookies are for https alone.
    pub fn is_https(&self) -> bool {
        self.entity_id.starts_with("https://")
    }

    /// What the session cookie of a request holds; None where there is none, or where two differ.
    pub fn cookie_value<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        cookie(headers, self.cookie_name())
    }

    /// Begins a session within a transaction and writes the line of the audit log.
    pub(super) async fn begin_session(
        &self,
        write: &Write,
        beginning: Beginning<'_>,
        now: i64,
    ) -> Result<SignedIn, SignInError> {
        let Beginning { person, issuer, previous, from } = beginning;
        let ended = sessions::Entity::delete_many().filter(sessions::Column::ExpiresAt.lte(now));
        ended.exec(write.connection()).await?;
        if let Some(previous) = previous.and_then(secret::kept) {
            sessions::Entity::delete_by_id(previous).exec(write.connection()).await?;
        }
        let secret = secret::fresh();
        let row = sessions::ActiveModel {
            secret: Set(secret::kept(&secret).unwrap_or_default()),
            name: Set(person.name.to_string()),
            role: Set(person.role.as_str().to_owned()),
            issuer: Set(issuer.map(str::to_owned)),
            begun_at: Set(now),
            expires_at: Set(now.saturating_add(i64::try_from(self.lasts.as_millis()).unwrap_or(i64::MAX))),
        };
        row.insert(write.connection()).await?;
        audit::note(write, &Actor { name: person.name.clone(), address: from }, now, "sign-in", None).await?;
        Ok(SignedIn { person, secret, lasts: self.lasts })
    }

    /// Whom an account stands for; None for a disabled one.
    pub(super) fn person_of(&self, account: &accounts::Model) -> Option<Person> {
        if account.disabled_at.is_some() || !self.local_accounts {
            return None;
        }
        let role = self.capped(Role::parse(&account.role)?);
        let language = account.language.as_deref().and_then(LanguageTag::parse);
        Some(Person { name: Arc::from(account.name.as_str()), role, language })
    }

    pub(super) async fn account(&self, name: &str) -> Result<Option<accounts::Model>, StoreError> {
        Ok(accounts::Entity::find_by_id(name).one(self.store.read()).await?)
    }
}

/// The name that a cookie has at one instance.
pub(super) fn cookie_name_at(entity_id: &str, purpose: &str) -> String {
    let prefix = if entity_id.starts_with("https://") { "__Host-" } else { "" };
    let sign: String = base64url(&sha256(entity_id.as_bytes())).chars().take(8).collect();
    format!("{prefix}{purpose}-{sign}")
}

/// Ends every session of a local account.
pub(super) async fn end_all(write: &Write, name: &str) -> Result<(), StoreError> {
    use sessions::Column;
    let all = sessions::Entity::delete_many().filter(Column::Name.eq(name)).filter(Column::Issuer.is_null());
    all.exec(write.connection()).await?;
    Ok(())
}

/// Ends every session of somebody for whom a provider vouches; gives how many there were.
pub(super) async fn end_all_of_provider(write: &Write, name: &str) -> Result<u64, StoreError> {
    use sessions::Column;
    let all = sessions::Entity::delete_many().filter(Column::Name.eq(name)).filter(Column::Issuer.is_not_null());
    Ok(all.exec(write.connection()).await?.rows_affected)
}

/// What a cookie of this name holds; None where there is none, or where two differ: one of them is somebody else's.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut found = pairs.filter(|(found, _)| *found == name).map(|(_, value)| value);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_not_believed_where_two_differ() {
        let headers =
            |texts: &[&str]| HeaderMap::from_iter(texts.iter().map(|text| (header::COOKIE, text.parse().unwrap())));
        assert_eq!(cookie(&headers(&["a=1; session=x; b=2"]), "session"), Some("x"));
        assert_eq!(cookie(&headers(&["a=1", "session=x"]), "session"), Some("x"));
        assert_eq!(cookie(&headers(&["session=x; session=x"]), "session"), Some("x"));
        assert_eq!(cookie(&headers(&["session=x; session=y"]), "session"), None);
        assert_eq!(cookie(&headers(&["xsession=x"]), "session"), None);
    }
}
