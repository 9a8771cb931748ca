//! Apollo Federation v2: the hub as a subgraph, so that a ministry's own supergraph can say more of a mechanism, a
//! practice or a member. `_entities` gives them by their keys, `_service` says what composition needs to know. Both stand
//! beside [`Query`] when requests are answered, and neither in the schema that is published: that one is the contract of
//! clients, this one of gateways.
//!
//! The library has both built in. They are made here all the same: there one entity that is gone fails all the others of
//! the request, a page of them is not read from the store at once, and its fields stand in every SDL.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use async_graphql::registry::{MetaType, Registry};
use async_graphql::resolver_utils::resolve_container;
use async_graphql::{
    Any, ContainerType, Context, ContextSelectionSet, EmptySubscription, Object, ObjectType, OutputType, Positioned,
    SDLExportOptions, Schema, ServerResult, Union, Value, parser::types::Field,
};

use super::guard::Arguments;
use super::mutation::Mutation;
use super::query::Query;
use super::reading::Reading;
use super::records::{Mechanism, Member, Practice};
use crate::catalog::Published;
use crate::record::RecordKey;

/// [`Query`] with what a gateway asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Root(Query, Entities);

impl OutputType for Root {
    fn type_name() -> Cow<'static, str> {
        <Query as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = Query::create_type_info(registry);
        let gateways = registry.create_fake_output_type::<Entities>();
        if let MetaType::Object { fields: further, .. } = gateways
            && let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(&*Self::type_name())
        {
            fields.extend(further);
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl ContainerType for Root {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        match ctx.item.node.name.node.as_str() {
            "_entities" | "_service" => self.1.resolve_field(ctx).await,
            _ => self.0.resolve_field(ctx).await,
        }
    }
}

impl ObjectType for Root {}

/// What a gateway asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entities;

/// What a gateway asks.
#[Object]
impl Entities {
    /// Mechanisms, practices and members by their keys, at most 100, in the order asked; null where there is none that
    /// the viewer may see, and where it is withdrawn.
    #[graphql(name = "_entities")]
    async fn entities<'c>(
        &self,
        ctx: &Context<'c>,
        #[graphql(desc = "Each with `__typename` and `id`.")] representations: Vec<Any>,
    ) -> Vec<Option<Entity<'c>>> {
        let reading = Reading::of(ctx);
        let wanted: Vec<_> = representations.iter().map(|Any(value)| Wanted::read(value).ok()).collect();
        let record = |wanted: &Wanted<'_>| reading.snapshot.record(RecordKey::parse(wanted.id)?, reading.viewer());
        let found: Vec<_> = wanted.iter().map(|wanted| record(wanted.as_ref()?)).collect();
        let records: Vec<_> = found.iter().copied().flatten().collect();
        reading.prefetch(ctx, &[&[]], &records).await;
        let moment = reading.moment();
        let entity = |(wanted, record): (&Option<Wanted<'_>>, Option<&'c Arc<Published>>)| {
            let (wanted, record) = (wanted.as_ref()?, record?);
            match wanted.kind {
                Keyed::Mechanism => Mechanism::of(record, moment).map(Entity::Mechanism),
                Keyed::Practice => Practice::of(record, moment).map(Entity::Practice),
                Keyed::Member => Member::of(record, moment).map(Entity::Member),
            }
        };
        wanted.iter().zip(found).map(entity).collect()
    }

    /// The hub as a subgraph.
    #[graphql(name = "_service")]
    async fn service(&self) -> Service {
        Service
    }
}

/// What composition reads.
struct Service;

/// What composition reads.
#[Object(name = "_Service")]
impl Service {
    /// The schema with the directives of Apollo Federation v2.
    async fn sdl(&self) -> &'static str {
        &SDL
    }
}

/// What other subgraphs may say more of.
#[derive(Union)]
#[graphql(name = "_Entity")]
enum Entity<'a> {
    Mechanism(Mechanism<'a>),
    Practice(Practice<'a>),
    Member(Member<'a>),
}

/// Types that have a key, which is their `id`.
#[derive(Clone, Copy)]
enum Keyed {
    Mechanism,
    Practice,
    Member,
}

impl Keyed {
    const ALL: [(&'static str, Self); 3] =
        [("Mechanism", Self::Mechanism), ("Practice", Self::Practice), ("Member", Self::Member)];
}

/// An entity as a gateway names it.
struct Wanted<'v> {
    kind: Keyed,
    id: &'v str,
}

impl<'v> Wanted<'v> {
    fn read(value: &'v Value) -> Result<Self, String> {
        let Value::Object(members) = value else { return Err("is no object; give __typename and id".to_owned()) };
        let Some(Value::String(name)) = members.get("__typename") else {
            return Err("has no __typename; give one of Mechanism, Practice, Member".to_owned());
        };
        let Some((_, kind)) = Keyed::ALL.into_iter().find(|(known, _)| known == name) else {
            return Err("has a __typename that is no entity here; give one of Mechanism, Practice, Member".to_owned());
        };
        let Some(Value::String(id)) = members.get("id") else {
            return Err("has no id that is a text; give the global id".to_owned());
        };
        Ok(Self { kind, id })
    }
}

/// Judges representations before anything runs: a gateway that is wrong learns it for the whole request.
pub(super) fn judge(arguments: &Arguments<'_>) -> Result<(), String> {
    let given = arguments.get("representations");
    let representations = match given.as_deref() {
        Some(Value::List(items)) => items.as_slice(),
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    for (place, representation) in representations.iter().enumerate() {
        Wanted::read(representation).map_err(|fault| format!("representations[{place}] {fault}"))?;
    }
    Ok(())
}

static SDL: LazyLock<String> = LazyLock::new(|| {
    let schema = Schema::build(Subgraph(Query), Mutation::default(), EmptySubscription).finish();
    let options = SDLExportOptions::new().federation().use_space_ident().prefer_single_line_descriptions();
    format!("{}\n", schema.sdl_with_options(options).trim_end())
});

/// The schema for composition, with `@link` to the specification, `@key` and `@shareable`; ends with a newline.
pub fn subgraph_sdl() -> &'static str {
    &SDL
}

/// [`Query`] with what only composition reads; it answers nothing.
struct Subgraph(Query);

impl OutputType for Subgraph {
    fn type_name() -> Cow<'static, str> {
        <Query as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = Query::create_type_info(registry);
        for (entity, _) in Keyed::ALL {
            registry.add_keys(entity, "id");
        }
        if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(&*Self::type_name()) {
            // Other subgraphs may find nodes too.
            let shared = fields.iter_mut().filter(|(name, _)| matches!(name.as_str(), "node" | "nodes"));
            shared.for_each(|(_, field)| field.shareable = true);
        }
        if let Some(MetaType::Object { shareable, .. }) = registry.types.get_mut("PageInfo") {
            *shareable = true;
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl ContainerType for Subgraph {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }
}

impl ObjectType for Subgraph {}
