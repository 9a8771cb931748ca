//! Local accounts: made, listed and disabled by the operator. Whoever an account is for chooses the password, by a link
//! that works once.

use std::{fmt, net::IpAddr};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use thiserror::Error;

use super::{
    Access, NameError, PasswordError, Role, SignInError, lockout,
    names::Name,
    passwords, secret,
    sessions::{self, Beginning, SignedIn},
};
use crate::{
    audit::{self, Actor},
    record::LanguageTag,
    store::{StoreError, Write, accounts, invitations, tokens},
};

pub use crate::store::accounts::Model as Account;

/// How long an invitation can be used, in milliseconds: seven days.
pub const INVITATION: i64 = 7 * 24 * 3_600_000;

/// Why an account or a token cannot be made or changed.
#[derive(Debug, Error)]
pub enum AccountError {
    /// Its name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The role is the coordinator's.
    #[error("the role coordinator exists on the coordinator's instance alone: give administrator or less")]
    NotCoordinator,
    /// No accounts here.
    #[error("this instance has no local accounts: set [auth] local_accounts = true, or use the provider")]
    NotOffered,
    /// Nobody is called so.
    #[error("there is no account {0:?} and no session of that name; `nmirf-hub user list` shows all accounts")]
    Unknown(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for AccountError {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// What came of `user add`.
pub struct Added {
    /// The name as it is kept.
    pub name: Name,
    /// The link with which the password is chosen; it is shown once.
    pub link: String,
    /// Whether the account was there before.
    pub existed: bool,
}

// The link is a secret until it is used.
impl fmt::Debug for Added {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Added").field("name", &self.name).field("existed", &self.existed).finish_non_exhaustive()
    }
}

/// Why a password was not set by an invitation.
#[derive(Debug, Error)]
pub enum InvitationError {
    /// Used, expired or never given out, or the account is disabled.
    #[error("this invitation cannot be used")]
    Unknown,
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Anything else.
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

impl Access {
    /// Makes an account, or gives one that is there another role and a new link; a disabled one is enabled and its old
    /// password gone. Sessions under another role end, and so does a lock by failed sign-ins.
    pub async fn add_account(
        &self,
        name: &str,
        role: Role,
        language: Option<&LanguageTag>,
        by: &Actor,
        now: i64,
    ) -> Result<Added, AccountError> {
        if !self.local_accounts {
            return Err(AccountError::NotOffered);
        }
        let name = self.name(name)?;
        self.check_role(role)?;
        let failures = lockout::key(&self.store, name.as_str()).await?;
        let write = self.store.write().await?;
        let before = accounts::Entity::find_by_id(name.as_str()).one(write.connection()).await?;
        let existed = before.is_some();
        let language = language.map(|tag| tag.as_str().to_owned());
        match before {
            None => {
                let row = accounts::ActiveModel {
                    name: Set(name.to_string()),
                    role: Set(role.as_str().to_owned()),
                    language: Set(language),
                    password: Set(None),
                    created_at: Set(now),
                    disabled_at: Set(None),
                };
                row.insert(write.connection()).await?;
            }
            Some(row) => renew(&write, row, role, language).await?,
        }
        lockout::forget(&write, &failures).await?;
        let secret = invite(&write, &name, now).await?;
        audit::note(&write, by, now, "user.add", Some(name.as_str())).await?;
        write.commit().await?;
        let link = format!("{}/sign-in/invitation/{secret}", self.entity_id);
        Ok(Added { name, link, existed })
    }

    /// All accounts by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Ok(accounts::Entity::find().order_by_asc(accounts::Column::Name).all(self.store.read()).await?)
    }

    /// Disables an account: its sessions, invitations and tokens end with it. False: it was disabled already. Where no
    /// account is called so, the sessions of whom a provider calls so end.
    pub async fn disable_account(&self, name: &str, by: &Actor, now: i64) -> Result<bool, AccountError> {
        let typed = name.trim();
        let name = super::names::spelled(typed);
        let write = self.store.write().await?;
        let Some(row) = accounts::Entity::find_by_id(&name).one(write.connection()).await? else {
            // Providers tell capital letters from small ones.
            if sessions::end_all_of_provider(&write, typed).await? == 0 {
                return Err(AccountError::Unknown(typed.to_owned()));
            }
            audit::note(&write, by, now, "user.disable", Some(typed)).await?;
            write.commit().await?;
            return Ok(true);
        };
        if row.disabled_at.is_some() {
            return Ok(false);
        }
        let mut row = row.into_active_model();
        row.disabled_at = Set(Some(now));
        row.update(write.connection()).await?;
        sessions::end_all(&write, &name).await?;
        forget_invitations(&write, &name).await?;
        revoke_all(&write, &name, now).await?;
        audit::note(&write, by, now, "user.disable", Some(&name)).await?;
        write.commit().await?;
        Ok(true)
    }

    /// For whom an invitation is; None for one that cannot be used.
    pub async fn invitation(&self, secret: &str, now: i64) -> Result<Option<String>, StoreError> {
        let Some(kept) = secret::kept(secret).filter(|_| self.local_accounts) else { return Ok(None) };
        let row = invitations::Entity::find_by_id(kept).one(self.store.read()).await?;
        Ok(row.filter(|row| row.expires_at > now).map(|row| row.account))
    }

    /// Sets the password by an invitation and signs in. `previous` is what the session cookie holds.
    pub async fn accept_invitation(
        &self,
        secret: &str,
        password: &str,
        previous: Option<&str>,
        from: Option<IpAddr>,
        now: i64,
    ) -> Result<SignedIn, InvitationError> {
        let invited = self.invitation(secret, now).await.map_err(SignInError::from)?;
        let name = invited.ok_or(InvitationError::Unknown)?;
        passwords::check(password, &name)?;
        let hash = self.passwords.hash(password).await?;
        let failures = lockout::key(&self.store, &name).await.map_err(SignInError::from)?;
        let write = self.store.write().await.map_err(SignInError::from)?;
        // Asked again in the transaction: two may use the link at the same moment.
        let kept = secret::kept(secret).unwrap_or_default();
        let taken =
            invitations::Entity::delete_by_id(kept).exec(write.connection()).await.map_err(SignInError::from)?;
        let account = accounts::Entity::find_by_id(&name).one(write.connection()).await.map_err(SignInError::from)?;
        let account = account.filter(|_| taken.rows_affected == 1).ok_or(InvitationError::Unknown)?;
        let person = self.person_of(&account).ok_or(InvitationError::Unknown)?;
        let signed_in =
            self.set_password(&write, account, hash, Beginning { person, issuer: None, previous, from }, now);
        let signed_in = signed_in.await?;
        lockout::forget(&write, &failures).await.map_err(SignInError::from)?;
        write.commit().await.map_err(SignInError::from)?;
        Ok(signed_in)
    }

    async fn set_password(
        &self,
        write: &Write,
        account: Account,
        hash: String,
        beginning: Beginning<'_>,
        now: i64,
    ) -> Result<SignedIn, SignInError> {
        let name = account.name.clone();
        let mut row = account.into_active_model();
        row.password = Set(Some(hash));
        row.update(write.connection()).await?;
        forget_invitations(write, &name).await?;
        sessions::end_all(write, &name).await?;
        let actor = Actor { name: beginning.person.name.clone(), address: beginning.from };
        audit::note(write, &actor, now, "user.password", Some(&name)).await?;
        self.begin_session(write, beginning, now).await
    }

    /// A name that may be given here.
    pub(super) fn name(&self, text: &str) -> Result<Name, NameError> {
        Name::parse(text, self.providers.iter().map(|provider| provider.ending()))
    }

    /// A role that may be given here.
    pub(super) fn check_role(&self, role: Role) -> Result<(), AccountError> {
        match role == Role::Coordinator && !self.is_coordinator {
            true => Err(AccountError::NotCoordinator),
            false => Ok(()),
        }
    }
}

async fn renew(write: &Write, row: Account, role: Role, language: Option<String>) -> Result<(), StoreError> {
    let (name, was_disabled, other_role) = (row.name.clone(), row.disabled_at.is_some(), row.role != role.as_str());
    let mut row = row.into_active_model();
    row.role = Set(role.as_str().to_owned());
    row.disabled_at = Set(None);
    if language.is_some() {
        row.language = Set(language);
    }
    if was_disabled {
        row.password = Set(None);
    }
    row.update(write.connection()).await?;
    if other_role {
        sessions::end_all(write, &name).await?;
    }
    Ok(())
}

/// A new invitation in place of those before.
async fn invite(write: &Write, name: &Name, now: i64) -> Result<String, StoreError> {
    forget_invitations(write, name.as_str()).await?;
    let old = invitations::Entity::delete_many().filter(invitations::Column::ExpiresAt.lte(now));
    old.exec(write.connection()).await?;
    let secret = secret::fresh();
    let row = invitations::ActiveModel {
        secret: Set(secret::kept(&secret).unwrap_or_default()),
        account: Set(name.to_string()),
        expires_at: Set(now + INVITATION),
    };
    row.insert(write.connection()).await?;
    Ok(secret)
}

async fn forget_invitations(write: &Write, name: &str) -> Result<(), StoreError> {
    let all = invitations::Entity::delete_many().filter(invitations::Column::Account.eq(name));
    all.exec(write.connection()).await?;
    Ok(())
}

async fn revoke_all(write: &Write, name: &str, now: i64) -> Result<(), StoreError> {
    use tokens::Column;
    let valid = tokens::Entity::update_many().filter(Column::Name.eq(name)).filter(Column::RevokedAt.is_null());
    valid
        .set(tokens::ActiveModel { revoked_at: Set(Some(now)), ..Default::default() })
        .exec(write.connection())
        .await?;
    Ok(())
}
