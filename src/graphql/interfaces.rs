//! The interfaces of the schema. An interface hands on to the object that it stands for, so that each field is looked up
//! once; its own fields in the schema are those that its objects have in common.

use std::borrow::Cow;

use async_graphql::indexmap::{IndexMap, IndexSet};
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaField, MetaType, MetaTypeId, Registry};
use async_graphql::{Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

use crate::catalog::Published;
use crate::record::{Body, RecordKey};

use super::editing::{self, Draft};
use super::membership::{self, Application, FocalPoint};
use super::network::Instance;
use super::operation::{self, AuditEntry};
use super::reading::{Moment, Reading};
use super::records::{Document, Event, Mechanism, Member, Practice, WithdrawnRecord};

/// A published record of any kind.
pub enum Record<'a> {
    /// A mechanism.
    Mechanism(Mechanism<'a>),
    /// A practice.
    Practice(Practice<'a>),
    /// A document.
    Document(Document<'a>),
    /// An event.
    Event(Event<'a>),
    /// A member.
    Member(Member<'a>),
}

/// Anything with a global id.
pub enum Node<'a> {
    /// A record.
    Record(Record<'a>),
    /// What is left of one.
    Withdrawn(WithdrawnRecord<'a>),
    /// An instance.
    Instance(Instance<'a>),
    /// A line of the audit log.
    AuditEntry(AuditEntry),
    /// A case of who applies.
    Application(Application<'a>),
    /// A person to call.
    FocalPoint(FocalPoint),
    /// A draft.
    Draft(Draft),
}

impl<'a> Record<'a> {
    pub(super) fn of(shown: &'a Published, moment: Moment<'a>) -> Option<Self> {
        match &shown.record.body {
            Body::Mechanism(_) => Mechanism::of(shown, moment).map(Self::Mechanism),
            Body::Practice(_) => Practice::of(shown, moment).map(Self::Practice),
            Body::Document(_) => Document::of(shown, moment).map(Self::Document),
            Body::Event(_) => Event::of(shown, moment).map(Self::Event),
            Body::Member(_) => Member::of(shown, moment).map(Self::Member),
        }
    }
}

impl<'a> Node<'a> {
    /// Whatever has this id and may be seen.
    pub(super) fn find(id: &str, reading: &'a Reading) -> Option<Self> {
        if let Some(instance) = Instance::find(id, reading) {
            return Some(Self::Instance(instance));
        }
        let key = RecordKey::parse(id)?;
        if let Some(record) = reading.snapshot.record(key, reading.viewer()) {
            return Record::of(record, reading.moment()).map(Self::Record);
        }
        let withdrawn = reading.snapshot.withdrawn(key, reading.viewer())?;
        Some(Self::Withdrawn(WithdrawnRecord { reading, withdrawn }))
    }

    /// The same, also what only some may see and what stands in the store alone.
    pub(super) async fn look_for(ctx: &Context<'a>, id: &str) -> Option<Self> {
        let reading = Reading::of(ctx);
        if let Some(found) = Self::find(id, reading) {
            return Some(found);
        }
        // Nobody but staff sees anything else: for others there is nothing to look for.
        reading.asker.person.as_ref()?;
        Box::pin(Self::look_for_what_staff_sees(ctx, id)).await
    }

    async fn look_for_what_staff_sees(ctx: &Context<'a>, id: &str) -> Option<Self> {
        if let Some(line) = operation::one(ctx, id).await {
            return Some(Self::AuditEntry(line));
        }
        if let Some(case) = membership::one(ctx, id).await {
            return Some(Self::Application(case));
        }
        if let Some(draft) = editing::one(ctx, id).await {
            return Some(Self::Draft(draft));
        }
        membership::one_focal_point(ctx, id).await.map(Self::FocalPoint)
    }
}

/// Objects with an id that are no records.
const KEPT: [&str; 6] = ["WithdrawnRecord", "Instance", "AuditEntry", "Application", "FocalPoint", "Draft"];

/// Objects that are records.
const RECORDS: [&str; 5] = ["Mechanism", "Practice", "Document", "Event", "Member"];

impl OutputType for Record<'_> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("Record")
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        match self {
            Self::Mechanism(_) => Mechanism::type_name(),
            Self::Practice(_) => Practice::type_name(),
            Self::Document(_) => Document::type_name(),
            Self::Event(_) => Event::type_name(),
            Self::Member(_) => Member::type_name(),
        }
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Interface, |registry| {
            Mechanism::create_type_info(registry);
            Practice::create_type_info(registry);
            Document::create_type_info(registry);
            Event::create_type_info(registry);
            Member::create_type_info(registry);
            registry.add_implements("Record", "Node");
            interface::<Self>(registry, "A published record.", &RECORDS)
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match self {
            Self::Mechanism(mechanism) => mechanism.resolve(ctx, field).await,
            Self::Practice(practice) => practice.resolve(ctx, field).await,
            Self::Document(document) => document.resolve(ctx, field).await,
            Self::Event(event) => event.resolve(ctx, field).await,
            Self::Member(member) => member.resolve(ctx, field).await,
        }
    }
}

impl OutputType for Node<'_> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("Node")
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        match self {
            Self::Record(record) => record.introspection_type_name(),
            Self::Withdrawn(_) => WithdrawnRecord::type_name(),
            Self::Instance(_) => Instance::type_name(),
            Self::AuditEntry(_) => AuditEntry::type_name(),
            Self::Application(_) => Application::type_name(),
            Self::FocalPoint(_) => FocalPoint::type_name(),
            Self::Draft(_) => Draft::type_name(),
        }
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Interface, |registry| {
            Record::create_type_info(registry);
            WithdrawnRecord::create_type_info(registry);
            Instance::create_type_info(registry);
            AuditEntry::create_type_info(registry);
            Application::create_type_info(registry);
            FocalPoint::create_type_info(registry);
            Draft::create_type_info(registry);
            let objects: Vec<&str> = RECORDS.into_iter().chain(KEPT).collect();
            let mut node = interface::<Self>(registry, "Anything with a global id.", &objects);
            if let MetaType::Interface { fields, .. } = &mut node {
                fields.retain(|name, _| name == "id");
                // The objects say more of their ids than the interface does.
                fields.values_mut().for_each(|id| id.description = Some("Global id.".to_owned()));
            }
            node
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match self {
            Self::Record(record) => record.resolve(ctx, field).await,
            Self::Withdrawn(withdrawn) => withdrawn.resolve(ctx, field).await,
            Self::Instance(instance) => instance.resolve(ctx, field).await,
            Self::AuditEntry(line) => line.resolve(ctx, field).await,
            Self::Application(case) => case.resolve(ctx, field).await,
            Self::FocalPoint(person) => person.resolve(ctx, field).await,
            Self::Draft(draft) => draft.resolve(ctx, field).await,
        }
    }
}

/// The interface of these objects, all of them registered: the fields that every one has with the same meaning.
fn interface<T: OutputType>(registry: &mut Registry, description: &str, objects: &[&str]) -> MetaType {
    objects.iter().for_each(|object| registry.add_implements(object, &T::type_name()));
    MetaType::Interface {
        name: T::type_name().into_owned(),
        description: Some(description.to_owned()),
        fields: common_fields(registry, objects),
        possible_types: objects.iter().map(|object| (*object).to_owned()).collect::<IndexSet<_>>(),
        extends: false,
        keys: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        rust_typename: Some(std::any::type_name::<T>()),
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    }
}

fn common_fields(registry: &Registry, objects: &[&str]) -> IndexMap<String, MetaField> {
    let field = |object: &&str, name: &str| registry.types.get(*object)?.field_by_name(name);
    let Some(MetaType::Object { fields, .. }) = objects.first().and_then(|first| registry.types.get(*first)) else {
        return IndexMap::new();
    };
    let shared = fields.iter().filter_map(|(name, first)| {
        let others: Option<Vec<&MetaField>> = objects.iter().map(|object| field(object, name)).collect();
        let others = others?;
        let same = |other: &&MetaField| {
            other.ty.trim_end_matches('!') == first.ty.trim_end_matches('!')
                && (name == "id" || other.description == first.description)
        };
        // Null is possible where one of them allows it.
        let weakest = others.iter().find(|other| !other.ty.ends_with('!')).unwrap_or(&first);
        others.iter().all(same).then(|| (name.clone(), MetaField { ty: weakest.ty.clone(), ..first.clone() }))
    });
    shared.collect()
}
