//! The coordinator's own member records, read from its journal as they stand there: what the next step is made from.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;

use crate::{
    journal::{
        key::KeySet,
        publish::Author,
        read,
        revision::{Act, Place, Revision},
    },
    record::{Audience, MemberStatus, Sub},
    store::{Store, StoreError},
};

/// A member's record and the number of its latest revision.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// Its `sub`, the same at every revision.
    pub sub: Sub,
    /// Number of its latest revision.
    pub revision: u32,
    /// Its body.
    pub body: Value,
}

impl Enrolled {
    /// A member of the body that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }

    /// The keys that its record lists.
    pub fn keys(&self) -> KeySet {
        keys_in(&self.body)
    }

    /// Whether it has left the network.
    pub fn has_left(&self) -> bool {
        self.text("status") == Some(MemberStatus::Withdrawn.as_str())
    }
}

/// The keys that a body of a member lists.
pub(super) fn keys_in(body: &Value) -> KeySet {
    KeySet::from_json(body.get("keys").unwrap_or(&Value::Null))
}

/// Every member record of this instance's own public journal, by `sub`.
pub async fn roll(store: &Store, author: &Author) -> Result<Vec<Enrolled>, StoreError> {
    roll_in(store.read(), author).await
}

/// The same as a transaction sees it.
pub(super) async fn roll_in(connection: &impl ConnectionTrait, author: &Author) -> Result<Vec<Enrolled>, StoreError> {
    let journal = read::journal(connection, &author.entity_id, Audience::Public).await?;
    let Some(journal) = journal else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT e.name AS name, r.jws AS jws FROM entries e JOIN revisions r ON r.journal_id = e.journal_id \
         AND r.digest = e.digest WHERE e.journal_id = {} AND r.kind = 'member'",
        journal.id
    );
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    let mut roll = Vec::with_capacity(rows.len());
    for row in rows {
        let name: Vec<u8> = row.try_get("", "name")?;
        let jws: String = row.try_get("", "jws")?;
        let Ok(name) = <[u8; 32]>::try_from(name) else { continue };
        let place = Place { origin: &author.entity_id, audience: Audience::Public, name: &name };
        // Our own words, verified when they were stored.
        if let Ok(Revision { sub, number, act: Act::Put { body }, .. }) = Revision::unverified(&jws, place) {
            roll.push(Enrolled { sub, revision: number, body });
        }
    }
    roll.sort_by(|a, b| a.sub.cmp(&b.sub));
    Ok(roll)
}
