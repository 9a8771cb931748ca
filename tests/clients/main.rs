//! What client developers use: the hub behind a gateway, the schema under the rules of a linter, the example that they
//! copy, the pages that they read. Needs Node and, once, `npm ci` in this folder and in `examples/typescript`.
#![allow(clippy::unwrap_used)]

mod example;
mod federation;
mod links;
mod lint;
mod page;
mod queries;
mod reference;
mod served;
