//! The protocol as a specification that runs: the vectors of `make_vectors.py`, which shares no code with the project,
//! and the two doors of the journal on both kinds of database.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod adopt;
mod anchor;
mod bounds;
mod erase;
mod follower;
mod gaps;
mod handwritten;
mod history;
mod instance;
mod publish;
mod random;
mod same_sub;
mod shown;
mod store;
mod theft;
mod trust;
mod vectors;
mod vectors_file;
