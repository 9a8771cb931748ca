//! `user`: local accounts. A link goes to standard output alone, so that it can be piped to where it is needed.

use serde_json::json;

use super::{
    Failure,
    arguments::{Global, Show, User, UserAdd},
    context,
    output::{self, Table},
    words,
};
use crate::{
    access::{AccountError, INVITATION},
    audit::Actor,
    hub::Hub,
};

impl From<AccountError> for Failure {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Store(fault) => Failure::failed(fault),
            AccountError::Unknown(_) => Failure::failed(error),
            wrong => Failure::wrong_use(wrong),
        }
    }
}

/// Does what `user` says.
pub(super) fn run(global: &Global, user: &User) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    context::run(async {
        let hub = context::open(config).await?;
        let done = match user {
            User::Add(add) => self::add(&hub, add).await,
            User::List(show) => list(&hub, *show).await,
            User::Disable(disable) => self::disable(&hub, &disable.name).await,
        };
        hub.store().close().await;
        done
    })
}

async fn add(hub: &Hub, add: &UserAdd) -> Result<(), Failure> {
    let (role, by) = (add.role.into(), Actor::operator());
    let added = hub.access().add_account(&add.name, role, add.language.as_ref(), &by, hub.now()).await?;
    let what = if added.existed { "was there: it has this role now" } else { "is made" };
    eprintln!(
        "the account {} {what}. Give this link to its owner; it works once, until {}:",
        added.name,
        words::utc(hub.now() + INVITATION)
    );
    output::line(&added.link)
}

async fn list(hub: &Hub, show: Show) -> Result<(), Failure> {
    let accounts = hub.access().accounts().await?;
    let state = |account: &crate::access::Account| match (account.disabled_at, &account.password) {
        (Some(_), _) => "disabled",
        (None, None) => "invited",
        (None, Some(_)) => "active",
    };
    if show.json {
        let rows: Vec<_> = accounts
            .iter()
            .map(|account| {
                json!({
                    "name": account.name, "role": account.role, "language": account.language, "state": state(account),
                    "createdAt": words::rfc3339(account.created_at),
                })
            })
            .collect();
        return output::json(&rows);
    }
    let mut table = Table::new(["name", "role", "state", "made"]);
    for account in &accounts {
        table.row([&account.name, &account.role, state(account), &words::utc(account.created_at)]);
    }
    table.print()
}

async fn disable(hub: &Hub, name: &str) -> Result<(), Failure> {
    let changed = hub.access().disable_account(name, &Actor::operator(), hub.now()).await?;
    output::line(&match changed {
        true => format!("{name} is disabled: sessions, invitations and tokens have ended"),
        false => format!("{name} was disabled already"),
    })
}
