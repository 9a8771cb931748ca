//! `member focal-points`: the persons to call at the members, at the coordinator alone.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use super::arguments::FocalPoints;
use super::{find::find, operator};
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::record::{RecordKey, Sub};
use crate::register::focal_points::{FocalPoint, Person};
use crate::register::{Enrolled, RegisterDesk};
use crate::table::CsvText;

/// Adds, changes, deletes or lists.
pub(super) async fn run(hub: &Arc<Hub>, asked: &FocalPoints) -> Result<(), Failure> {
    let actor = operator();
    let desk = hub.register_desk(&actor);
    if let Some(id) = &asked.delete {
        desk.delete_focal_point(id).await?;
        return output::line("the person is deleted here for good; backups made before still have it");
    }
    if let Some(member) = &asked.add {
        let member = find(&desk, member).await?;
        let person = person(asked, asked.name.clone().unwrap_or_default());
        let added = desk.create_focal_point(&member.sub, &person).await?;
        return output::line(&format!("added as {}", added.id));
    }
    if let Some(id) = &asked.change {
        return change(&desk, id, asked).await;
    }
    list(&desk, asked).await
}

async fn change(desk: &RegisterDesk<'_>, id: &str, asked: &FocalPoints) -> Result<(), Failure> {
    let known = desk.focal_point(id).await?;
    let member = Sub::parse(&known.member).ok_or_else(|| Failure::failed("the member of this person is not known"))?;
    let person = person(asked, asked.name.clone().unwrap_or(known.name));
    desk.change_focal_point(id, &member, &person).await?;
    output::line(&format!("{id} is changed"))
}

fn person(asked: &FocalPoints, name: String) -> Person {
    Person { name, function: asked.function.clone(), email: asked.email.clone(), telephone: asked.telephone.clone() }
}

async fn list(desk: &RegisterDesk<'_>, asked: &FocalPoints) -> Result<(), Failure> {
    let members: HashMap<String, Enrolled> =
        desk.members().await?.into_iter().map(|member| (member.sub.to_string(), member)).collect();
    let country = |person: &FocalPoint| {
        members.get(&person.member).and_then(|member| member.text("country")).unwrap_or_default().to_owned()
    };
    let persons = desk.all_focal_points().await?;
    if asked.show.json {
        let list = persons.iter().map(|person| {
            let member = Sub::parse(&person.member).map(|sub| RecordKey::of(RecordKey::COORDINATOR, &sub).to_string());
            json!({"id": person.id, "member": member, "country": country(person), "name": person.name,
                "function": person.function, "email": person.email, "telephone": person.telephone})
        });
        return output::json(&json!({"focalPoints": list.collect::<Vec<_>>()}));
    }
    let rows = persons.iter().map(|person| {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let (function, email, telephone) =
            (or_empty(&person.function), or_empty(&person.email), or_empty(&person.telephone));
        [country(person), person.name.clone(), function, email, telephone, person.id.clone()]
    });
    let heads = ["country", "name", "function", "email", "telephone", "id"];
    if asked.format.is_some() {
        let table =
            csv(&heads, rows).map_err(|fault| Failure::failed(format!("the table cannot be written: {fault}")))?;
        return output::bytes(&table);
    }
    let mut table = output::Table::new(heads);
    rows.for_each(|row| table.row(row));
    table.print()
}

/// The fifth column is that of telephone numbers.
fn csv<const N: usize>(heads: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, csv::Error> {
    let mut text = CsvText::begin(heads)?.with_telephones(4);
    for row in rows {
        text.row(row)?;
    }
    text.end()
}
