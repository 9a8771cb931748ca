//! `member applications`: the cases, newest first, or one of them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::arguments::Applications;
use super::{operator, word};
use crate::cli::words::{age, rfc3339, utc};
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::register::cases::{Case, CasePage};

/// Lists them, or shows one.
pub(super) async fn run(hub: &Arc<Hub>, asked: &Applications) -> Result<(), Failure> {
    let actor = operator();
    let desk = hub.register_desk(&actor);
    if let Some(number) = asked.number {
        let case = desk.application(number).await?;
        let contact = match asked.contact {
            true => Some(desk.contact(number).await?),
            false => None,
        };
        return match asked.show.json {
            true => {
                let mut shown = as_json(&case);
                if let Some(contact) = contact {
                    shown["contact"] = contact.into();
                }
                output::json(&shown)
            }
            false => show(&case, contact),
        };
    }
    let statuses: Vec<_> = asked.status.iter().map(|status| (*status).into()).collect();
    let cases = desk.applications(&statuses, CasePage::default()).await?;
    if asked.show.json {
        let list: Vec<_> = cases.cases.iter().map(as_json).collect();
        return output::json(&json!({"totalCount": cases.total, "applications": list}));
    }
    if cases.cases.is_empty() {
        return output::line("no applications");
    }
    let mut table = output::Table::new(["number", "status", "country", "entityId", "name", "came"]).right(&[0]);
    for case in &cases.cases {
        let (number, came) = (case.number.to_string(), age(hub.now(), case.received_at));
        table.row([&number, case.status.as_str(), case.country.as_str(), &case.entity_id, &case.name, &came]);
    }
    table.print()?;
    match cases.more {
        true => output::line(&format!("\nthe newest {} of {}", cases.cases.len(), cases.total)),
        false => Ok(()),
    }
}

/// One case in full.
pub(super) fn show(case: &Case, contact: Option<Option<String>>) -> Result<(), Failure> {
    let contact = match contact {
        Some(contact) => contact.unwrap_or_else(|| "none".to_owned()),
        None if case.has_contact => "given; `--contact` shows it, and each reading is logged".to_owned(),
        None => "none".to_owned(),
    };
    let mut lines = vec![
        ("number", case.number.to_string()),
        ("status", case.status.as_str().to_owned()),
        ("country", case.country.as_str().to_owned()),
        ("name", case.name.clone()),
        ("entityId", case.entity_id.clone()),
        ("thumbprint", format!("{} and seven characters that the ministry reads", case.thumbprint)),
        ("contact", contact),
        ("came", utc(case.received_at)),
    ];
    lines.extend(case.decided_at.map(|at| ("decided", utc(at))));
    lines.extend(case.message.clone().map(|message| ("message", message)));
    for (name, text) in lines {
        output::line(&output::plain(&format!("{name:<12}{}", text.replace('\n', " "))))?;
    }
    Ok(())
}

/// With the schema's names.
pub(super) fn as_json(case: &Case) -> Value {
    json!({
        "number": case.number, "status": word(case.status.as_str()), "entityId": case.entity_id,
        "country": case.country.as_str(), "name": case.name, "thumbprint": case.thumbprint,
        "receivedAt": rfc3339(case.received_at), "decidedAt": case.decided_at.and_then(rfc3339),
        "decision": case.message,
    })
}
