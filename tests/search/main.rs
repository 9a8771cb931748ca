//! The search as people use it, over the shipped records and generated ones.

#![allow(clippy::unwrap_used)]

mod judged;
mod records;
mod required;
