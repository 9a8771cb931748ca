//! Who publishes what in the demonstration: each instance its own records; the coordinator also documents, events,
//! the register, and what was compiled about States that run no instance here.

use std::{collections::HashSet, sync::Arc};

use serde_json::{Map, Value, json};

use super::instances::Place;
use crate::{
    catalog::Viewer,
    cli::Failure,
    hub::Hub,
    import::{self, Facts, Row},
    journal::key::KeyStatus,
    record::{CountryCode, Kind, first_data},
};

/// Publishes what an instance says; on a second run nothing changes.
pub async fn publish(hub: &Arc<Hub>, place: &Place, all: &[Place]) -> Result<(), Failure> {
    let here: HashSet<&str> = all.iter().filter_map(|place| place.country.as_deref()).collect();
    let about = |record: &Value| record.get("country").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut publications = Vec::new();
    for (kind, records) in [
        (Kind::Mechanism, first_data::mechanisms()),
        (Kind::Practice, first_data::practices()),
        (Kind::Document, first_data::documents()),
        (Kind::Event, first_data::events()),
    ] {
        let said_here = |record: &Value| match (&place.country, kind) {
            (Some(own), Kind::Mechanism | Kind::Practice) => about(record) == *own,
            (Some(_), _) => false,
            (None, Kind::Mechanism | Kind::Practice) => !here.contains(about(record).as_str()),
            (None, _) => true,
        };
        publications.extend(prepared(hub, kind, records.into_iter().filter(said_here).collect())?);
    }
    if place.country.is_none() {
        publications.extend(prepared(hub, Kind::Member, members(hub, all)?)?);
    }
    hub.publish(publications, &|_| {}).await.map_err(Failure::failed)?;
    hub.catch_up().await.map_err(Failure::failed)?;
    Ok(())
}

fn prepared(hub: &Hub, kind: Kind, records: Vec<Value>) -> Result<Vec<crate::journal::publish::Publication>, Failure> {
    let rows = records.into_iter().enumerate().filter_map(|(place, record)| match record {
        Value::Object(members) => {
            Some(Ok(Row { place: import::Place::Row { number: place + 1, line: 0 }, members, head: None }))
        }
        _ => None,
    });
    let prepared = import::publications(&Facts::of(hub), Some(kind), rows.collect());
    match prepared.faults.first() {
        None => Ok(prepared.publications.into_iter().map(|(_, publication)| publication).collect()),
        Some(fault) => Err(Failure::failed(format!("the first data, {}: {fault}", kind.plural()))),
    }
}

/// The members that a source names, with their instances where they run one here; those that the register has already
/// stay as they are there. Each further instance joins through an application (`admissions`).
fn members(hub: &Hub, all: &[Place]) -> Result<Vec<Value>, Failure> {
    let snapshot = hub.snapshot();
    let listed = |member: &Value| {
        let code = member.get("country").and_then(Value::as_str).and_then(CountryCode::parse);
        code.is_some_and(|code| snapshot.member_of_country(code, Viewer::PUBLIC).is_some())
    };
    let mut members: Vec<Value> = first_data::members().into_iter().filter(|member| !listed(member)).collect();
    for member in &mut members {
        let country = member.get("country").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(place) = all.iter().find(|place| place.country.as_deref() == Some(&country)) {
            add_instance(member, place)?;
        }
    }
    Ok(members)
}

fn add_instance(member: &mut Value, place: &Place) -> Result<(), Failure> {
    let mut instance = Map::new();
    instance.insert("entityId".to_owned(), place.entity_id.as_str().into());
    instance.insert("keys".to_owned(), json!([place.key()?.public().jwk(Some(KeyStatus::Current))]));
    if let Value::Object(members) = member {
        members.extend(instance);
    }
    Ok(())
}
