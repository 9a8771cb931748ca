//! `schema`: prints the GraphQL schema.

use super::arguments::Schema;
use super::{Failure, output};
use crate::graphql;

/// Prints the SDL, the same for the same program.
pub fn run(schema: Schema) -> Result<(), Failure> {
    match schema.federation {
        true => output::line(graphql::subgraph_sdl().trim_end()),
        false => output::line(graphql::sdl().trim_end()),
    }
}
