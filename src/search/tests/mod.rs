//! The index as a whole.

#![allow(clippy::unwrap_used)]

mod following;
mod hostile;
mod library;
mod questions;
mod speed;
