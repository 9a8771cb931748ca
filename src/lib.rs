//! `nmirf-hub`: the federation hub of the national mechanisms for implementation, reporting and follow-up.

pub mod graphql;
