//! `token`: tokens of this instance for `Authorization: Bearer`. A token goes to standard output alone and is kept
//! nowhere.

use serde_json::json;

use super::{
    Failure,
    arguments::{Global, Show, Token, TokenIssue},
    context,
    output::{self, Table},
    words,
};
use crate::{access, audit::Actor, hub::Hub};

/// Does what `token` says.
pub(super) fn run(global: &Global, token: &Token) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    context::run(async {
        let hub = context::open(config).await?;
        let done = match token {
            Token::Issue(issue) => self::issue(&hub, issue).await,
            Token::List(show) => list(&hub, *show).await,
            Token::Revoke(revoke) => self::revoke(&hub, &revoke.id).await,
        };
        hub.store().close().await;
        done
    })
}

async fn issue(hub: &Hub, issue: &TokenIssue) -> Result<(), Failure> {
    hub.refuse_other_key().await?;
    let (author, by) = (hub.author(), Actor::operator());
    let (role, now) = (issue.role.into(), hub.now());
    let issued = hub.access().issue_token(&author.key, &issue.name, role, issue.ttl, &by, now).await?;
    eprintln!("token {}; it is shown this once:", issued.id);
    output::line(&issued.text)
}

async fn list(hub: &Hub, show: Show) -> Result<(), Failure> {
    let (tokens, now) = (hub.access().tokens().await?, hub.now());
    let state = |token: &access::Token| match token.revoked_at {
        Some(_) => "revoked",
        None if token.expires_at <= now => "expired",
        None => "valid",
    };
    if show.json {
        let rows: Vec<_> = tokens
            .iter()
            .map(|token| {
                json!({
                    "id": token.id, "for": token.name, "role": token.role, "state": state(token),
                    "issuedAt": words::rfc3339(token.issued_at), "expiresAt": words::rfc3339(token.expires_at),
                    "revokedAt": token.revoked_at.and_then(words::rfc3339),
                })
            })
            .collect();
        return output::json(&rows);
    }
    let mut table = Table::new(["id", "for", "role", "state", "until"]);
    for token in &tokens {
        table.row([&token.id, &token.name, &token.role, state(token), &words::utc(token.expires_at)]);
    }
    table.print()
}

async fn revoke(hub: &Hub, id: &str) -> Result<(), Failure> {
    match hub.access().revoke_token(id, &Actor::operator(), hub.now()).await? {
        Some(true) => output::line(&format!("{id} is revoked")),
        Some(false) => output::line(&format!("{id} was revoked already")),
        None => Err(Failure::failed(format!("there is no token {id:?}; `nmirf-hub token list` shows all"))),
    }
}
