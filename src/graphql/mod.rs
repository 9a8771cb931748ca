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
//!
//! The types of the schema: [`schema()`] makes it, each request brings a [`Reading`] (one snapshot, one reader, one
//! time) made of a [`Source`]. One file a type below `records`, `lists`, `network`; a list compiles its filter once and
//! is handed on as it is; nothing waits but `jws` and `history`, which `fetched` reads for a whole page at once.
//! [`Judge`] is the guard's judge of cursors and orders.

pub mod code;
pub mod documents;
pub mod guard;
pub mod http;
pub mod query_page;

mod arena;
mod at_hub;
mod changes;
mod changing;
mod country;
mod editing;
mod entities;
mod fetched;
mod fresh;
mod interfaces;
mod judge;
mod labels;
mod listed;
mod lists;
mod live;
mod membership;
mod mutation;
mod network;
mod operation;
mod query;
mod reading;
mod records;
mod scalars;
mod schema;
mod search;
mod source;
mod statistics;
mod term;
mod text;
mod user_error;
mod viewer;
mod who;

pub use at_hub::{RouterError, ask, router, router_on};
pub use entities::subgraph_sdl;
pub use judge::Judge;
pub(crate) use labels::named;
pub(crate) use lists::values_named;
pub use query::Query;
pub use reading::{Asker, Reading};
pub use schema::{HubSchema, schema, sdl};
pub use source::{Detail, HistoryAsk, HistoryRow, InJournal, Source, Unreadable};
