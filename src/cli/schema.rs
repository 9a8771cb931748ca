//! `schema`: prints the GraphQL schema.

use super::{Failure, output};
use crate::graphql;

/// Prints the SDL, the same for the same program.
pub fn run() -> Result<(), Failure> {
    output::line(graphql::sdl().trim_end())
}
