#![allow(clippy::unwrap_used)]
mod batches;
mod documents;
mod liar;
mod states;
