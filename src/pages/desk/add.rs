//! A member that runs no hub is listed.

use std::sync::Arc;

use maud::html;
use serde_json::{Map, Value};

use super::{
    super::{
        answer::{Answer, Reply},
        content::{Content, Section},
        frame::TONGUES,
        parts::terms,
        visit::Visit,
    },
    form::{self, Form, Said, Wrong},
    listed,
    mistakes::told,
    steps,
};
use crate::{
    access::Role,
    record::{CountryCode, MemberRole, RecordKey, country},
    register::{MembershipError, RegisterDesk},
};

/// Name of the form.
const FORM: &str = "add";

/// `GET /fr/desk/members/add`.
pub(super) async fn page(visit: Arc<Visit>) -> Answer {
    visit.by(Role::Coordinator)?;
    Ok(content(&visit, None).into())
}

/// `POST /fr/desk/members/add`.
pub(super) async fn add(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Coordinator)?;
    let desk = visit.hub.register_desk(&actor);
    let wrong = match added(&visit, &desk).await {
        Ok(Ok(id)) => {
            visit.after_change().await;
            return Ok(Reply::Go(format!("{}?done=added", visit.path(&format!("/desk/members/{id}"))), Vec::new()));
        }
        Ok(Err(fault)) => told(&visit, FORM, fault)?,
        Err(wrong) => wrong,
    };
    Ok(form::with_status(content(&visit, Some(&wrong)), Some(&wrong)).into())
}

async fn added(visit: &Visit, desk: &RegisterDesk<'_>) -> Result<Result<RecordKey, MembershipError>, Wrong> {
    let needed = |field: &'static str| Wrong::new(FORM, field, visit.say("required"));
    let country = CountryCode::parse(&visit.field("country")).ok_or_else(|| needed("country"))?;
    let role = MemberRole::parse(&visit.field("role")).ok_or_else(|| needed("role"))?;
    let from = steps::day(visit, FORM, "from")?.ok_or_else(|| needed("from"))?;
    let written: Map<String, Value> = TONGUES
        .iter()
        .filter_map(|(language, _)| {
            let name = visit.field(&format!("name-{language}"));
            (!name.trim().is_empty()).then(|| ((*language).to_owned(), name.trim().into()))
        })
        .collect();
    let names = (!written.is_empty()).then_some(Value::Object(written));
    let added = desk.add_member(country, names, role, from, Some(&visit.field("reason"))).await;
    Ok(added.map(|member| RecordKey::of(RecordKey::COORDINATOR, &member.sub)))
}

fn content(visit: &Visit, wrong: Option<&Wrong>) -> Content {
    let form = Form::new(visit, FORM, wrong);
    let title = visit.say("desk-add-member");
    let today = visit.today().to_string();
    let main = html! {
        div.head { h1 { (title) } p { (visit.say("desk-add-effect")) } }
        (form::alert(visit, wrong))
        form method="post" action=(visit.path("/desk/members/add")) novalidate {
            (form.select("country", "", &countries(visit), Said {
                label: &visit.say("desk-state"), hint: None, is_needed: true,
            }))
            (form.select("role", "member", &listed::roles(visit), Said {
                label: &visit.say("desk-role"), hint: None, is_needed: true,
            }))
            (form.line("from", "date", &today, Said {
                label: &visit.say("desk-from-day"), hint: Some(&visit.say("desk-add-from-hint")), is_needed: true,
            }))
            fieldset {
                legend { (visit.say("desk-add-names")) }
                p.quiet { (visit.say("desk-add-names-hint")) }
                @for (language, own_name) in TONGUES {
                    div.field {
                        label.label for={ "add-name-" (language) } lang=(language) { (own_name) }
                        input id={ "add-name-" (language) } name={ "name-" (language) } type="text" maxlength="1000" autocomplete="off"
                            lang=(language) dir=(if language == "ar" { "rtl" } else { "ltr" })
                            value=(form.value(&format!("name-{language}"), ""));
                    }
                }
            }
            (form.area("reason", Said {
                label: &visit.say("desk-reason"), hint: Some(&visit.say("desk-reason-public")), is_needed: false,
            }))
            p { button.btn { (visit.say("desk-add-do")) } }
        }
    };
    Content::new(title, main).within(Section::Desk).under("/desk", visit.say("desk")).hidden()
}

/// Every State by its name.
fn countries(visit: &Visit) -> Vec<(String, String)> {
    let mut all: Vec<CountryCode> = country::all().iter().map(|country| country.code).collect();
    all.sort_by_key(|code| country::rank(*code, visit.language));
    let none = (String::new(), visit.say("desk-choose"));
    std::iter::once(none).chain(all.into_iter().map(|code| (code.to_string(), terms::country(visit, code)))).collect()
}
