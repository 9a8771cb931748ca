//! The first records that ship with the hub, each with its sources, as bodies of their kinds. What no source states is
//! null there. They are nobody's own statement: who publishes them marks them as `compiled`.

use serde_json::{Value, json};

/// National mechanisms.
pub fn mechanisms() -> Vec<Value> {
    read(include_str!("../../data/records/mechanisms.json"))
}

/// Promising practices.
pub fn practices() -> Vec<Value> {
    read(include_str!("../../data/records/practices.json"))
}

/// Documents of the field.
pub fn documents() -> Vec<Value> {
    read(include_str!("../../data/records/documents.json"))
}

/// Seminars, panels, workshops.
pub fn events() -> Vec<Value> {
    read(include_str!("../../data/records/events.json"))
}

/// The members of the network that a source names. Their file gives one day (`since`) with role and status: here it is the
/// first and only term of their course.
pub fn members() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../../data/records/members.json")).expect(READ_BY_A_TEST);
    let mut members = file["members"].as_array().cloned().expect(READ_BY_A_TEST);
    for member in members.iter_mut().filter_map(Value::as_object_mut) {
        if let Some(since) = member.shift_remove("since") {
            let term = json!({"from": since, "role": member["role"], "status": member["status"]});
            member.insert("history".to_owned(), json!([term]));
        }
    }
    members
}

const READ_BY_A_TEST: &str = "the shipped records are read by a test";

fn read(file: &str) -> Vec<Value> {
    serde_json::from_str(file).expect(READ_BY_A_TEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Kind, decode, normalize};

    #[test]
    fn every_shipped_record_keeps_the_rules() {
        let shipped = [
            (Kind::Mechanism, mechanisms(), 51),
            (Kind::Practice, practices(), 82),
            (Kind::Document, documents(), 49),
            (Kind::Event, events(), 23),
            (Kind::Member, members(), 3),
        ];
        for (kind, records, count) in shipped {
            assert_eq!(records.len(), count, "{kind:?}");
            for mut record in records {
                normalize(&mut record);
                let decoded = decode(kind, &record);
                assert!(decoded.is_ok(), "{:?} in {record}", decoded.err());
                assert!(decoded.is_ok_and(|decoded| !decoded.common.sources.is_empty()), "no source: {record}");
            }
        }
    }
}
