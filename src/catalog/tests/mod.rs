//! The catalogue as a specification: what is seen by whom, what filters find, how lists, facets, figures and changes
//! stand, and that it does not matter how a catalogue came to be.
#![allow(clippy::unwrap_used)]

mod builder;
mod changes;
mod facets;
mod filters;
mod lists;
mod model;
mod pages;
mod pieces;
mod relations;
mod speed;
mod visibility;
