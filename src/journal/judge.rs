//! The one place that says whether a revision is shown, and if not why (protocol §3, "shown").

use serde_json::Value;

use super::{
    jws::JwsError,
    revision::{Act, Revision},
};
use crate::record::{self, Kind, Record, Sub};

/// What a revision is judged by, beside itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bench {
    /// Whether this is the register: the coordinator's public journal.
    pub is_register: bool,
    /// Whether the register has a record of this `sub`.
    pub in_register: bool,
    /// Whether this is a network journal and the origin's public one has a record of this `sub`.
    pub in_public: bool,
    /// Whether a tombstone of this `sub` was seen in this journal.
    pub withdrawn_before: bool,
    /// Whether the checkpoint's key is compromised, so that nothing of the copy is shown.
    pub compromised: bool,
}

/// What is to be done with a revision.
// Made one by one and taken apart at once: a box around each record would only cost.
#[allow(clippy::large_enum_variant)]
pub enum Verdict {
    /// Shown; the revision without its body, which is the record.
    Shown(Box<Revision>, Record),
    /// A tombstone: of right form, claims and signature, it erases whatever its kind and schema.
    Withdrawn(Box<Revision>),
    /// Stored, passed on and listed for the operator.
    Hidden {
        /// Which record, if that can be read.
        sub: Option<Sub>,
        /// Why.
        reason: String,
    },
}

impl Bench {
    /// Judges what was read of a revision.
    pub fn judge(&self, read: Result<Revision, JwsError>) -> Verdict {
        let revision = match read {
            Ok(revision) => revision,
            Err(fault) => return Verdict::Hidden { sub: None, reason: fault.to_string() },
        };
        match self.fault(&revision) {
            Some(reason) if !revision.withdraws() || self.compromised => {
                Verdict::Hidden { sub: Some(revision.sub), reason }
            }
            _ if revision.withdraws() => Verdict::Withdrawn(Box::new(revision)),
            _ => decode(revision),
        }
    }

    fn fault(&self, revision: &Revision) -> Option<String> {
        let reason = match revision.sub.kind() {
            None => format!("the kind {} is not known here", revision.sub.kind_word()),
            Some(_) if revision.schema != 1 => format!("schema {} is not known here", revision.schema),
            Some(Kind::Member) if !self.is_register => "a member record outside the register".to_owned(),
            _ if self.compromised => "the key of the journal's checkpoint is compromised".to_owned(),
            _ if self.withdrawn_before => "the record was withdrawn before".to_owned(),
            _ if !self.is_register && self.in_register => "the register has this record".to_owned(),
            _ if self.in_public => "the origin's public journal has this record".to_owned(),
            _ => return None,
        };
        Some(reason)
    }
}

/// The record is handed on decoded: the text that it was decoded from, several times as large, is let go.
fn decode(mut revision: Revision) -> Verdict {
    let act = std::mem::replace(&mut revision.act, Act::Put { body: Value::Null });
    let (Some(kind), Act::Put { body }) = (revision.sub.kind(), act) else {
        return Verdict::Hidden { sub: Some(revision.sub), reason: "the kind is not known here".to_owned() };
    };
    match record::decode(kind, &body) {
        Ok(record) => Verdict::Shown(Box::new(revision), record),
        Err(fault) => Verdict::Hidden { sub: Some(revision.sub), reason: fault.to_string() },
    }
}
