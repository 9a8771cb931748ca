//! Tokens for programs: issued, listed, revoked. The text of one is shown once.

use std::{sync::Arc, time::Duration};

use maud::{Markup, html};

use super::{
    super::{
        super::{
            answer::{Answer, Reply},
            content::Content,
            parts::text::shown,
            visit::{Refusal, Visit},
        },
        form::{self, Form, Said, Wrong, hidden},
        table::table,
    },
    titled, users,
};
use crate::access::{Issued, Person, Role, Token};

/// Name of the form.
const ISSUE: &str = "token";
/// Most tokens in the list: the newest.
const MOST: usize = 200;

/// `GET /fr/admin/tokens`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    let (person, _) = visit.by(Role::Administrator)?;
    Ok(content(&visit, person, None, None).await?.into())
}

/// `POST /fr/admin/tokens`: one is issued or revoked.
pub(super) async fn act(visit: Arc<Visit>) -> Answer {
    let (person, actor) = visit.by(Role::Administrator)?;
    match visit.field("do").as_str() {
        "revoke" => match visit.hub.access().revoke_token(&visit.field("id"), &actor, visit.now).await? {
            Some(_) => Ok(Reply::Go(format!("{}?done=revoked", visit.path("/admin/tokens")), Vec::new())),
            None => Err(Refusal::NotFound),
        },
        "issue" => match issue(&visit, person).await? {
            Ok(issued) => Ok(content(&visit, person, Some(&issued), None).await?.never_kept().into()),
            Err(wrong) => {
                Ok(form::with_status(content(&visit, person, None, Some(&wrong)).await?, Some(&wrong)).into())
            }
        },
        _ => Err(Refusal::NotFound),
    }
}

async fn issue(visit: &Visit, person: &Person) -> Result<Result<Issued, Wrong>, Refusal> {
    let (_, actor) = visit.by(Role::Administrator)?;
    let Some(role) = Role::parse(&visit.field("role")).filter(|role| *role <= person.role) else {
        return Ok(Err(Wrong::new(ISSUE, "role", visit.say("required"))));
    };
    let days = visit.field("days").trim().parse::<u64>().ok().filter(|days| (1..=366).contains(days));
    let Some(days) = days else {
        return Ok(Err(Wrong::new(ISSUE, "days", visit.say("admin-token-days-wrong"))));
    };
    let life = Duration::from_secs(days * 24 * 3600);
    let author = visit.hub.author();
    let access = visit.hub.access();
    match access.issue_token(&author.key, &visit.field("name"), role, life, &actor, visit.now).await {
        Ok(issued) => Ok(Ok(issued)),
        Err(fault) => users::told(visit, ISSUE, fault).map(Err),
    }
}

fn done(visit: &Visit, done: &str) -> Option<String> {
    (done == "revoked").then(|| visit.say("admin-done-revoked"))
}

async fn content(
    visit: &Visit,
    person: &Person,
    issued: Option<&Issued>,
    wrong: Option<&Wrong>,
) -> Result<Content, Refusal> {
    let tokens = visit.hub.access().tokens().await?;
    let title = visit.say("admin-tokens");
    let main = html! {
        div.head { h1 { (title) } p { (visit.say("admin-tokens-what")) } }
        (form::alert(visit, wrong))
        (form::done(visit, done))
        @if let Some(issued) = issued {
            div.note.good role="status" {
                p { (visit.say("admin-token-once")) }
                pre.copy #token tabindex="0" { (issued.text) }
            }
        }
        section.sec aria-labelledby="all" { h2 #all { (visit.say("admin-tokens-all")) } (listed(visit, &tokens)) }
        section.sec aria-labelledby="issue" { h2 #issue { (visit.say("admin-token-issue")) } (issuing(visit, person, wrong)) }
    };
    Ok(titled(visit, &title, main))
}

fn listed(visit: &Visit, tokens: &[Token]) -> Markup {
    let caption = visit.say("admin-tokens-caption");
    let heads = [
        visit.say("admin-token-for"),
        visit.say("desk-role"),
        visit.say("admin-user-state"),
        visit.say("admin-token-until"),
        visit.say("desk-change"),
    ];
    html! {
        @if tokens.is_empty() { p { (visit.say("admin-tokens-none")) } } @else {
            (table(&caption, &heads, &html! { @for token in tokens.iter().take(MOST) { (row(visit, token)) } }))
        }
    }
}

fn row(visit: &Visit, token: &Token) -> Markup {
    let is_valid = token.revoked_at.is_none() && token.expires_at > visit.now;
    let state = match token.revoked_at {
        Some(_) => visit.say("admin-token-revoked"),
        None if !is_valid => visit.say("admin-token-expired"),
        None => visit.say("admin-token-valid"),
    };
    html! {
        tr {
            th scope="row" { bdi { (shown(&token.name)) } br; code.quiet { (token.id) } }
            td { (Role::parse(&token.role).map_or_else(|| token.role.clone(), |role| visit.say(&format!("role-{}", role.as_str())))) }
            td { (state) }
            td { (visit.moment(token.expires_at)) }
            td {
                @if is_valid {
                    form method="post" action=(visit.path("/admin/tokens")) {
                        (hidden("do", "revoke"))
                        (hidden("id", &token.id))
                        button.btn.line { (visit.say("admin-token-revoke")) span.vh { " (" (token.name) ")" } }
                    }
                }
            }
        }
    }
}

fn issuing(visit: &Visit, person: &Person, wrong: Option<&Wrong>) -> Markup {
    let form = Form::new(visit, ISSUE, wrong);
    html! {
        form method="post" action=(visit.path("/admin/tokens")) novalidate {
            (hidden("do", "issue"))
            (form.line("name", "text", "", Said {
                label: &visit.say("admin-token-for"), hint: Some(&visit.say("admin-token-for-hint")), is_needed: true,
            }))
            (form.select("role", "reader", &users::roles(visit, person), Said {
                label: &visit.say("desk-role"), hint: None, is_needed: true,
            }))
            (form.line("days", "number", "30", Said {
                label: &visit.say("admin-token-days"), hint: Some(&visit.say("admin-token-days-hint")), is_needed: true,
            }))
            p { button.btn { (visit.say("admin-token-issue-do")) } }
        }
    }
}
