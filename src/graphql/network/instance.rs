//! Instances and their journals.

use async_graphql::{Enum, ID, Object};

use crate::catalog::{self, HeldCheckpoint};
use crate::graphql::reading::Reading;
use crate::graphql::records::{Audience, Member, MemberKey, country_name};
use crate::graphql::scalars::{CountryCode, DateTime, LanguageTag, Url};
use crate::graphql::text::LocalizedText;
use crate::record;

use super::Sync;

/// An instance by its entityId, with what is known of it.
#[derive(Clone, Copy)]
pub struct Instance<'a> {
    reading: &'a Reading,
    entity_id: &'a str,
    known: Option<&'a catalog::Instance>,
}

/// What ids of instances begin with.
const PREFIX: &str = "instance:";

impl<'a> Instance<'a> {
    pub(crate) fn known(reading: &'a Reading, instance: &'a catalog::Instance) -> Self {
        Self { reading, entity_id: &instance.entity_id, known: Some(instance) }
    }

    /// An origin that is not known any more stands with its entityId alone.
    pub(crate) fn of(reading: &'a Reading, entity_id: &'a str) -> Self {
        Self { reading, entity_id, known: reading.snapshot.network().instance(entity_id) }
    }

    /// The instance that answers.
    pub(crate) fn own(reading: &'a Reading) -> Self {
        match reading.snapshot.network().own() {
            Some(own) => Self::known(reading, own),
            None => Self::of(reading, ""),
        }
    }

    pub(crate) fn find(id: &str, reading: &'a Reading) -> Option<Self> {
        Self::with_entity_id(reading, id.strip_prefix(PREFIX)?)
    }

    /// One that is known here.
    pub(crate) fn with_entity_id(reading: &'a Reading, entity_id: &str) -> Option<Self> {
        Some(Self::known(reading, reading.snapshot.network().instance(entity_id)?))
    }

    /// Its journals that the reader may see, public ones first.
    fn visible_journals(&self) -> Vec<&'a catalog::Journal> {
        let network = self.reading.snapshot.network();
        let ids = self.known.map_or(&[][..], |known| &known.journals);
        let mut journals: Vec<_> = ids.iter().filter_map(|id| network.journals.get(id)).collect();
        journals.retain(|journal| self.reading.viewer().may_see(journal.audience));
        journals.sort_by_key(|journal| journal.audience);
        journals
    }

    pub(super) fn copies(&self) -> Sync<'a> {
        let journals = self.visible_journals();
        Sync { reading: self.reading, entity_id: self.entity_id, is_own: self.is_own(), audience: None, journals }
    }

    fn is_own(&self) -> bool {
        self.known.is_some_and(|known| known.is_self)
    }
}

/// A running hub, as seen from here.
#[Object(serial)]
impl<'a> Instance<'a> {
    /// Global id.
    async fn id(&self) -> ID {
        ID(format!("{PREFIX}{}", self.entity_id))
    }

    /// Public base URL.
    async fn entity_id(&self) -> Url<'a> {
        Url(self.entity_id)
    }

    /// Name.
    async fn name(&self) -> &'a str {
        self.known.map_or(self.entity_id, |known| &known.name)
    }

    /// National or the coordinator's.
    async fn role(&self) -> InstanceRole {
        let is_coordinator = match self.known {
            Some(known) => known.role == catalog::InstanceRole::Coordinator,
            None => self.reading.snapshot.network().is_coordinator(self.entity_id),
        };
        if is_coordinator { InstanceRole::Coordinator } else { InstanceRole::National }
    }

    /// Whose it is; null for the coordinator's.
    async fn country(&self) -> Option<CountryCode> {
        self.known?.country.map(CountryCode)
    }

    /// Name of the country.
    async fn country_name(
        &self,
        #[graphql(desc = "Wanted language; default: the request's `Accept-Language`.")] language: Option<LanguageTag>,
    ) -> Option<LocalizedText<'a>> {
        country_name(self.known?.country?, language.as_ref(), self.reading)
    }

    /// Its member record.
    async fn member(&self) -> Option<Member<'a>> {
        let (snapshot, viewer) = (&self.reading.snapshot, self.reading.viewer());
        let listed = self.known.and_then(|known| known.member).and_then(|key| snapshot.record(key, viewer));
        let member = listed.or_else(|| snapshot.member_of_instance(self.entity_id, viewer))?;
        Member::of(member, self.reading.moment())
    }

    /// Languages of its staff.
    async fn languages(&self) -> Vec<LanguageTag> {
        self.known.into_iter().flat_map(|known| known.languages.iter().cloned()).map(LanguageTag).collect()
    }

    /// Version it reported last.
    async fn software_version(&self) -> Option<&'a str> {
        self.known?.software_version.as_deref()
    }

    /// Public contact of who runs it: an e-mail or web address.
    async fn contact(&self) -> Option<&'a str> {
        self.known?.contact.as_deref()
    }

    /// Licence of its records.
    async fn licence(&self) -> Option<Url<'a>> {
        self.known?.licence.as_deref().map(Url)
    }

    /// Whether its data is for demonstration.
    async fn is_demonstration(&self) -> bool {
        self.known.is_some_and(|known| known.demonstration)
    }

    /// Its keys, as the register, the anchor or our configuration list them.
    async fn keys(&self) -> Vec<MemberKey<'a>> {
        self.known.into_iter().flat_map(|known| known.keys.iter().map(MemberKey::of_instance)).collect()
    }

    /// Whether it is the one that answers.
    async fn is_self(&self) -> bool {
        self.is_own()
    }

    /// The checkpoint held of its public journal.
    async fn checkpoint(&self) -> Option<Checkpoint<'a>> {
        let public = self.visible_journals().into_iter().find(|journal| journal.audience == record::Audience::Public);
        public?.checkpoint.as_ref().map(Checkpoint)
    }

    /// State of our copies; the worst of the journals that the viewer may see.
    async fn sync(&self) -> Sync<'a> {
        self.copies()
    }

    /// Each journal that the viewer may see.
    async fn journals(&self) -> Vec<Journal<'a>> {
        let journal = |journal| Journal { instance: *self, journal };
        self.visible_journals().into_iter().map(journal).collect()
    }
}

/// Kind of instance.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceRole {
    /// Of a State.
    National,
    /// Of the network's coordinator.
    Coordinator,
}

/// A journal of an instance.
#[derive(Clone, Copy)]
pub struct Journal<'a> {
    instance: Instance<'a>,
    journal: &'a catalog::Journal,
}

/// An origin's records for one audience.
#[Object(serial)]
impl<'a> Journal<'a> {
    /// Its readers.
    async fn audience(&self) -> Audience {
        self.journal.audience.into()
    }

    /// What is held.
    async fn checkpoint(&self) -> Option<Checkpoint<'a>> {
        self.journal.checkpoint.as_ref().map(Checkpoint)
    }

    /// State of our copy.
    async fn sync(&self) -> Sync<'a> {
        let Instance { reading, entity_id, .. } = self.instance;
        let audience = Some(self.journal.audience);
        Sync { reading, entity_id, is_own: self.instance.is_own(), audience, journals: vec![self.journal] }
    }
}

/// A checkpoint that is held.
#[derive(Clone, Copy)]
pub struct Checkpoint<'a>(&'a HeldCheckpoint);

/// An origin's signed statement of a whole journal.
#[Object(serial)]
impl<'a> Checkpoint<'a> {
    /// SHA-256 of all entries, base64url.
    async fn root(&self) -> &'a str {
        &self.0.root
    }

    /// When it was signed.
    async fn signed_at(&self) -> DateTime {
        DateTime::of_seconds(self.0.signed_at)
    }

    /// The signed statement.
    async fn jws(&self) -> &'a str {
        &self.0.jws
    }
}
