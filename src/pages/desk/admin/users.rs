//! Local accounts: who has one, with which role. The link with which somebody chooses a password is shown once.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        super::{
            answer::{Answer, Reply},
            content::Content,
            frame::TONGUES,
            parts::text::shown,
            visit::{Refusal, Visit},
        },
        form::{self, Form, Said, Wrong, hidden},
        table::table,
    },
    titled,
};
use crate::{
    access::{Account, AccountError, Added, INVITATION, NameError, Person, Role},
    record::LanguageTag,
};

/// Name of the form for a new account; of the one that disables.
const ADD: &str = "user";
const DISABLE: &str = "disable";

/// `GET /fr/admin/users`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    let (person, _) = visit.by(Role::Administrator)?;
    Ok(content(&visit, person, None, None).await?.into())
}

/// `POST /fr/admin/users`: an account is made or renewed, or one is disabled.
pub(super) async fn act(visit: Arc<Visit>) -> Answer {
    let (person, _) = visit.by(Role::Administrator)?;
    let outcome = match visit.field("do").as_str() {
        "add" => add(&visit, person).await?.map(Some),
        "disable" => disable(&visit, person).await?.map(|()| None),
        _ => return Err(Refusal::NotFound),
    };
    match outcome {
        Ok(Some(added)) => Ok(content(&visit, person, Some(&added), None).await?.never_kept().into()),
        Ok(None) => Ok(Reply::Go(format!("{}?done=disabled", visit.path("/admin/users")), Vec::new())),
        Err(wrong) => Ok(form::with_status(content(&visit, person, None, Some(&wrong)).await?, Some(&wrong)).into()),
    }
}

async fn add(visit: &Visit, person: &Person) -> Result<Result<Added, Wrong>, Refusal> {
    let (_, actor) = visit.by(Role::Administrator)?;
    let Some(role) = Role::parse(&visit.field("role")).filter(|role| *role <= person.role) else {
        return Ok(Err(Wrong::new(ADD, "role", visit.say("required"))));
    };
    let (access, name) = (visit.hub.access(), visit.field("name"));
    if is_above(visit, person, &name).await? {
        return Ok(Err(Wrong::new(ADD, "name", visit.say("admin-above-you"))));
    }
    let language = LanguageTag::parse(&visit.field("language"));
    match access.add_account(&name, role, language.as_ref(), &actor, visit.now).await {
        Ok(added) => Ok(Ok(added)),
        Err(fault) => told(visit, ADD, fault).map(Err),
    }
}

async fn disable(visit: &Visit, person: &Person) -> Result<Result<(), Wrong>, Refusal> {
    let (_, actor) = visit.by(Role::Administrator)?;
    let name = visit.field("name");
    let is_own = name.trim().to_lowercase() == person.name.to_lowercase();
    if is_own || is_above(visit, person, &name).await? {
        let why = if is_own { visit.say("admin-not-yourself") } else { visit.say("admin-above-you") };
        return Ok(Err(Wrong::new(DISABLE, "name", why)));
    }
    match visit.hub.access().disable_account(&name, &actor, visit.now).await {
        Ok(_) => Ok(Ok(())),
        Err(fault) => told(visit, DISABLE, fault).map(Err),
    }
}

/// Whether an account has a higher role than who wants to change it: a new link for it would be a way up.
pub(super) async fn is_above(visit: &Visit, person: &Person, name: &str) -> Result<bool, Refusal> {
    let typed = name.trim().to_lowercase();
    let accounts = visit.hub.access().accounts().await?;
    let role = accounts.iter().find(|account| account.name == typed).and_then(|account| Role::parse(&account.role));
    Ok(role.is_some_and(|role| role > person.role))
}

/// What was wrong with a name or a role.
pub(super) fn told(visit: &Visit, form: &'static str, fault: AccountError) -> Result<Wrong, Refusal> {
    Ok(match fault {
        AccountError::Name(NameError::Form) => Wrong::new(form, "name", visit.say("admin-name-form")),
        AccountError::Name(NameError::Taken) => Wrong::new(form, "name", visit.say("admin-name-taken")),
        AccountError::Name(NameError::OfProvider) => Wrong::new(form, "name", visit.say("admin-name-provider")),
        AccountError::NotCoordinator => Wrong::new(form, "role", visit.say("admin-role-coordinator")),
        AccountError::NotOffered => Wrong::new(form, "", visit.say("admin-no-accounts")),
        AccountError::Unknown(_) => Wrong::new(form, "name", visit.say("admin-name-unknown")),
        AccountError::Store(fault) => return Err(fault.into()),
    })
}

fn done(visit: &Visit, done: &str) -> Option<String> {
    (done == "disabled").then(|| visit.say("admin-done-disabled"))
}

/// The roles that somebody may give: none above the own one.
pub(super) fn roles(visit: &Visit, person: &Person) -> Vec<(String, String)> {
    let own = Role::ALL.into_iter().filter(|role| *role <= person.role);
    own.map(|role| (role.as_str().to_owned(), visit.say(&format!("role-{}", role.as_str())))).collect()
}

async fn content(
    visit: &Visit,
    person: &Person,
    added: Option<&Added>,
    wrong: Option<&Wrong>,
) -> Result<Content, Refusal> {
    let accounts = visit.hub.access().accounts().await?;
    let title = visit.say("admin-users");
    let main = html! {
        div.head { h1 { (title) } p { (visit.tell("admin-users-count", &[("count", accounts.len().into())])) } }
        (form::alert(visit, wrong))
        (form::done(visit, done))
        @if let Some(added) = added { (invitation(visit, added)) }
        section.sec aria-labelledby="all" { h2 #all { (visit.say("admin-users-all")) } (listed(visit, person, &accounts)) }
        section.sec aria-labelledby="add" { h2 #add { (visit.say("admin-user-add")) } (adding(visit, person, wrong)) }
        section.sec aria-labelledby="disable" {
            h2 #disable { (visit.say("admin-user-of-provider")) }
            p.text { (visit.say("admin-user-of-provider-what")) }
            form method="post" action=(visit.path("/admin/users")) novalidate {
                (hidden("do", "disable"))
                (Form::new(visit, DISABLE, wrong).line("name", "text", "", Said {
                    label: &visit.say("sign-in-name"), hint: Some(&visit.say("admin-user-of-provider-hint")), is_needed: true,
                }))
                p { button.btn.line { (visit.say("admin-user-end")) } }
            }
        }
    };
    Ok(titled(visit, &title, main))
}

/// The link, this once.
fn invitation(visit: &Visit, added: &Added) -> Markup {
    let until = visit.moment(visit.now + INVITATION);
    html! {
        div.note.good role="status" {
            p {
                (visit.tell(if added.existed { "admin-user-renewed" } else { "admin-user-made" }, &[
                    ("name", added.name.as_str().into()),
                ]))
            }
            p { (visit.tell("admin-user-link", &[("until", (&until).into())])) }
            pre.copy #invitation tabindex="0" { (added.link) }
        }
    }
}

fn listed(visit: &Visit, person: &Person, accounts: &[Account]) -> Markup {
    let caption = visit.say("admin-users-caption");
    let heads = [
        visit.say("sign-in-name"),
        visit.say("desk-role"),
        visit.say("admin-user-state"),
        visit.say("admin-user-since"),
        visit.say("desk-change"),
    ];
    html! {
        @if accounts.is_empty() { p { (visit.say("admin-users-none")) } } @else {
            (table(&caption, &heads, &html! { @for account in accounts { (row(visit, person, account)) } }))
        }
    }
}

fn row(visit: &Visit, person: &Person, account: &Account) -> Markup {
    let role = Role::parse(&account.role);
    let state = match (account.disabled_at, &account.password) {
        (Some(_), _) => visit.say("admin-user-disabled"),
        (None, None) => visit.say("admin-user-invited"),
        (None, Some(_)) => visit.say("admin-user-active"),
    };
    let may_change = role.is_some_and(|role| role <= person.role) && *person.name != *account.name;
    html! {
        tr {
            th scope="row" { bdi { (shown(&account.name)) } }
            td { (role.map_or_else(|| account.role.clone(), |role| visit.say(&format!("role-{}", role.as_str())))) }
            td { (state) }
            td { (visit.day_of(account.created_at / 1000)) }
            td {
                @if may_change {
                    div.row {
                        (button(visit, account, "add", &visit.say("admin-user-relink")))
                        @if account.disabled_at.is_none() { (button(visit, account, "disable", &visit.say("admin-user-disable"))) }
                    }
                }
            }
        }
    }
}

fn button(visit: &Visit, account: &Account, what: &str, words: &str) -> Markup {
    html! {
        form method="post" action=(visit.path("/admin/users")) {
            (hidden("do", what))
            (hidden("name", &account.name))
            (hidden("role", &account.role))
            button.btn.line { (words) span.vh { " (" (account.name) ")" } }
        }
    }
}

fn adding(visit: &Visit, person: &Person, wrong: Option<&Wrong>) -> Markup {
    let form = Form::new(visit, ADD, wrong);
    let none = (String::new(), visit.say("admin-user-language-none"));
    let languages = TONGUES.map(|(language, name)| (language.to_owned(), name.to_owned()));
    let languages: Vec<(String, String)> = std::iter::once(none).chain(languages).collect();
    html! {
        p.text { (visit.say("admin-user-add-effect")) }
        form method="post" action=(visit.path("/admin/users")) novalidate {
            (hidden("do", "add"))
            (form.line("name", "text", "", Said {
                label: &visit.say("sign-in-name"), hint: Some(&visit.say("admin-name-form")), is_needed: true,
            }))
            (form.select("role", "contributor", &roles(visit, person), Said {
                label: &visit.say("desk-role"), hint: Some(&visit.say("admin-roles-hint")), is_needed: true,
            }))
            (form.select("language", "", &languages, Said {
                label: &visit.say("frame-language"), hint: None, is_needed: false,
            }))
            p { button.btn { (visit.say("admin-user-add-do")) } }
        }
    }
}
