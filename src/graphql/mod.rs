//! The GraphQL API. What stands between the network and the resolvers is here and knows no type of the schema:
//!
//! - [`http`]: the GraphQL-over-HTTP transport. [`http::router`] takes an [`http::Endpoint`] made of a schema, a
//!   [`guard::Guard`], an [`http::Door`] (who asks, and of which moment the answer is) and [`http::Settings`].
//! - [`documents`]: documents kept parsed and measured, by their text.
//! - [`guard`]: judges a document and its variables before anything runs: size, depth, cost, `first`, `ids`, `search`.
//!   [`guard::rules::CostRules::of_the_hub`] says how many items a list may have; [`guard::Guard::uncovered`] names the
//!   list fields of the schema that no rule covers. [`guard::ArgumentJudge`] is the place for cursors and orders.
//! - [`query_page`]: `/graphiql`, a page to write queries in, served from the binary.
//! - [`code`]: the words of `extensions.code`.

pub mod code;
pub mod documents;
pub mod guard;
pub mod http;
pub mod query_page;
