//! The schema in Rust and as text.

use async_graphql::{SDLExportOptions, Schema, ValidationMode};

use super::{entities::Root, live::Subscription, mutation::Mutation, query::Query};

/// What answers requests; each brings a [`super::Reading`] in its data.
pub type HubSchema = Schema<Root, Mutation, Subscription>;

/// The schema. It has no extension: even an empty one puts every field on a slower path.
pub fn schema() -> HubSchema {
    with_validation(ValidationMode::Strict)
}

/// The schema, validating as told.
pub(super) fn with_validation(mode: ValidationMode) -> HubSchema {
    let builder = Schema::build(Root::default(), Mutation::default(), Subscription);
    // Depth and cost are the guard's; the library's own counting takes the exponential path.
    builder.disable_suggestions().validation_mode(mode).finish()
}

/// The schema as it is published, the same for the same code, without what only gateways ask
/// ([`super::subgraph_sdl`] has it); ends with a newline.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().include_specified_by().use_space_ident();
    let schema = Schema::build(Query, Mutation::default(), Subscription).finish();
    let sdl = schema.sdl_with_options(options);
    format!("{}\n", sdl.trim_end())
}
