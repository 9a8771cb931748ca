//! Signing in with a name and a password. Whether there is an account of the name shows neither in the answer nor in the
//! time that it takes.

use std::net::IpAddr;

use sea_orm::EntityTrait;

use super::{
    Access, SignInError,
    lockout::{self, Standing},
    names::{Name, spelled},
    sessions::{Beginning, SignedIn},
};
use crate::{
    audit::{self, Actor},
    store::accounts,
};

/// Longest name and password that are looked at, in bytes: above both bounds of an account's.
const LONGEST: usize = 2_000;

impl Access {
    /// Signs in. `previous` is what the session cookie holds, `from` the caller's address, `now` in milliseconds.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        previous: Option<&str>,
        from: Option<IpAddr>,
        now: i64,
    ) -> Result<SignedIn, SignInError> {
        if !self.local_accounts {
            return Err(SignInError::NotOffered);
        }
        if !self.addresses.begin(from, now) {
            return Err(SignInError::TooMany);
        }
        if name.len() > LONGEST || password.len() > LONGEST {
            return Err(SignInError::Refused);
        }
        let key = lockout::key(&self.store, &spelled(name)).await?;
        let standing = lockout::begin(&self.store, &key, now).await?;
        let free = standing != Standing::Locked || self.familiar.knows(&key, from, now);
        // What can be no name is asked for as one that nobody has: not every database takes every character.
        let name = Name::parse(name, []).map(|name| name.to_string()).unwrap_or_default();
        let account = self.account(&name).await?;
        let hash = account.as_ref().and_then(|account| account.password.clone());
        let right = self.passwords.is_right(password, hash.clone()).await?;
        if !(free && right) {
            return self.refuse(account.as_ref(), standing, from, now).await;
        }
        let write = self.store.write().await?;
        // Asked again in the transaction: it may have been disabled, or its password changed, meanwhile.
        let account = accounts::Entity::find_by_id(&name).one(write.connection()).await?;
        let unchanged = account.as_ref().filter(|account| account.password == hash);
        let Some(person) = unchanged.and_then(|account| self.person_of(account)) else {
            drop(write);
            return self.refuse(account.as_ref(), standing, from, now).await;
        };
        lockout::forget(&write, &key).await?;
        let beginning = Beginning { person, issuer: None, previous, from };
        let signed_in = self.begin_session(&write, beginning, now).await?;
        write.commit().await?;
        self.addresses.forget(from);
        self.familiar.remember(&key, from, now);
        Ok(signed_in)
    }

    /// A name is written down only where it is an account's: people type passwords into the wrong field. There is a line
    /// when an account is locked, and else one a minute and block of addresses: none can be deleted.
    async fn refuse(
        &self,
        account: Option<&accounts::Model>,
        standing: Standing,
        from: Option<IpAddr>,
        now: i64,
    ) -> Result<SignedIn, SignInError> {
        let is_locked_now = account.is_some() && standing == Standing::LastChance;
        if self.refusals.begin(from, now) || is_locked_now {
            let actor = Actor { name: "anonymous".into(), address: from };
            let target = account.map(|account| account.name.as_str());
            audit::note_alone(&self.store, &actor, now, "sign-in.refused", target).await?;
        }
        Err(SignInError::Refused)
    }
}
