//! The schema in Rust and as text.

use async_graphql::{SDLExportOptions, Schema, SchemaBuilder, ValidationMode};

use super::{entities::Root, live::Subscription, mutation::Mutation, query::Query};

/// What answers requests; each brings a [`super::Reading`] in its data.
pub type HubSchema = Schema<Root, Mutation, Subscription>;

/// The schema. It has no extension: even an empty one puts every field on a slower path.
pub fn schema() -> HubSchema {
    builder().finish()
}

/// The same for documents that are known to be valid and ask nothing about the schema.
pub(super) fn trusting_schema() -> HubSchema {
    // At each field of the root the library looks through all types for an entity, a tenth of a small query's work,
    // unless it is told that there are some. It then answers `_service` and `_entities` itself: never here.
    builder().validation_mode(ValidationMode::Fast).enable_federation().finish()
}

fn builder() -> SchemaBuilder<Root, Mutation, Subscription> {
    // Depth and cost are the guard's; the library's own counting takes the exponential path.
    Schema::build(Root::default(), Mutation::default(), Subscription).disable_suggestions()
}

/// The schema as it is published, the same for the same code, without what only gateways ask
/// ([`super::subgraph_sdl`] has it); ends with a newline.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().include_specified_by().use_space_ident();
    let schema = Schema::build(Query, Mutation::default(), Subscription).finish();
    let sdl = schema.sdl_with_options(options);
    format!("{}\n", sdl.trim_end())
}
