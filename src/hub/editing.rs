//! Putting the desk together for somebody, and what ids mean to it.

use std::{collections::HashSet, sync::Arc};

use serde_json::{Value, json};

use super::Hub;
use crate::{
    access::{Person, Role},
    audit::Actor,
    catalog::{Published, Snapshot, Viewer},
    editorial::{self, Compiled, EditorialDesk, Rights, Target, Writer},
    journal::{
        read,
        revision::{Act, Place, Revision},
    },
    record::{Audience, CountryCode, Kind, RecordKey, Speaker, Sub},
    store::StoreError,
};

impl Hub {
    /// This instance as one who publishes.
    pub fn speaker(&self) -> Speaker {
        let is_coordinator = self.author().is_coordinator;
        let country = self.config.instance.country.as_deref().and_then(CountryCode::parse);
        Speaker { country: country.filter(|_| !is_coordinator), is_coordinator }
    }

    /// The desk with this person at it; none for one who may not write.
    pub fn editorial_desk(&self, person: &Person, actor: Actor) -> Option<EditorialDesk<'_>> {
        let rights = match person.role {
            Role::Reader => return None,
            Role::Contributor => Rights::Contributor,
            Role::Editor | Role::Administrator | Role::Coordinator => Rights::Editor,
        };
        let writer = Writer { name: person.name.clone(), rights };
        let issuer = self.own_issuer();
        Some(EditorialDesk::new(&self.store, (self.author(), self.speaker(), issuer), (writer, actor), self.now()))
    }

    /// What a global id means to the desk; none where nothing here has it. Whoever asks is of the staff.
    pub async fn target(&self, id: &str) -> Result<Option<Target>, StoreError> {
        let Some(key) = RecordKey::parse(id) else { return Ok(None) };
        let snapshot = self.snapshot();
        if let Some((origin, sub)) = held(&snapshot, key) {
            return Ok(Target::of(self.entity_id(), origin, sub));
        }
        Ok(editorial::being_written(&self.store, self.own_issuer(), key).await?.map(Target::Own))
    }

    /// How a record of this instance names another one of this kind (records.md, `ref`); none where nothing that everybody
    /// may see has the id: what is named in a public record is public, and no draft of somebody else is told of.
    pub fn reference(&self, id: &str, kind: Kind) -> Option<Value> {
        let snapshot = self.snapshot();
        let record = snapshot.record(RecordKey::parse(id)?, Viewer::PUBLIC).filter(|record| record.kind == kind)?;
        Some(match *record.origin == *self.entity_id() {
            true => json!(record.sub.as_str()),
            false => json!({"iss": &*record.origin, "sub": record.sub.as_str()}),
        })
    }

    /// Origin and name of a record that is shown here, to take the place of one of this audience; a public tombstone names
    /// a public record only.
    pub fn successor(&self, id: &str, audience: Audience) -> Option<(String, Sub)> {
        let snapshot = self.snapshot();
        let record = snapshot.record(RecordKey::parse(id)?, Viewer { audience })?;
        Some((record.origin.to_string(), record.sub.clone()))
    }

    /// A record of the coordinator as it is shown here; none for any other.
    pub async fn compiled(&self, id: &str) -> Result<Option<Compiled>, StoreError> {
        let snapshot = self.snapshot();
        let shown = RecordKey::parse(id).and_then(|key| snapshot.record(key, Viewer::NETWORK));
        let coordinator = self.trust().coordinator().map(str::to_owned);
        let Some(record) = shown.filter(|record| coordinator.as_deref() == Some(&*record.origin)) else {
            return Ok(None);
        };
        let journal = record.revision.journal.cast_signed();
        let found = read::revisions(&self.store, journal, &[record.revision.digest]).await?;
        let name = record.sub.name();
        let place = Place { origin: &record.origin, audience: record.audience, name: &name };
        let revision = found.first().and_then(|(_, jws)| Revision::unverified(jws, place).ok());
        let Some(Act::Put { body: Value::Object(body) }) = revision.map(|revision| revision.act) else {
            return Ok(None);
        };
        Ok(Some(Compiled {
            iss: record.origin.to_string(),
            sub: record.sub.clone(),
            key: record.key,
            audience: record.audience,
            body,
            taken_over: self.replaced(&snapshot).contains(&record.key),
        }))
    }

    /// What the coordinator compiled about this State and this State has neither taken over nor left, by kind and name.
    pub async fn records_to_take_over(&self) -> Result<Vec<Arc<Published>>, StoreError> {
        let Some(own) = self.speaker().country else { return Ok(Vec::new()) };
        let (snapshot, settled) = (self.snapshot(), editorial::settled(&self.store).await?);
        let trust = self.trust();
        let replaced = self.replaced(&snapshot);
        let is_open = |record: &&Arc<Published>| {
            record.country() == Some(own)
                && record.record.common.compiled
                && trust.coordinator() == Some(&*record.origin)
                && record.kind != Kind::Member
                && !replaced.contains(&record.key)
                && !settled.contains(record.sub.as_str())
        };
        let mut open: Vec<Arc<Published>> = snapshot.everything().filter(is_open).cloned().collect();
        open.sort_by(|one, other| (one.kind, &one.sub).cmp(&(other.kind, &other.sub)));
        Ok(open)
    }

    /// Keys of the records whose place own ones take.
    fn replaced(&self, snapshot: &Snapshot) -> HashSet<RecordKey> {
        let own = snapshot.everything().filter(|record| *record.origin == *self.entity_id());
        own.filter_map(|record| Some(snapshot.resolve(record.record.common.replaces.as_ref()?, &record.origin)))
            .collect()
    }

    /// What stands in the keys of this instance's records.
    fn own_issuer(&self) -> &str {
        match self.trust().coordinators().contains(&self.entity_id()) {
            true => RecordKey::COORDINATOR,
            false => self.entity_id(),
        }
    }
}

/// Origin and name of a record that is or was shown.
fn held(snapshot: &Snapshot, key: RecordKey) -> Option<(&str, &Sub)> {
    let shown = snapshot.record(key, Viewer::NETWORK).map(|record| (&*record.origin, &record.sub));
    let withdrawn = || snapshot.withdrawn(key, Viewer::NETWORK).map(|record| (&*record.origin, &record.sub));
    shown.or_else(withdrawn)
}
