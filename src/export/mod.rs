//! What leaves the hub for other programs: tables (CSV, XLSX), JSON Lines, Atom feeds, a calendar, and the catalogue that
//! open-data portals harvest. What an address asks for is read in one place ([`crate::address`]), what a table holds stands
//! in another ([`crate::table`]); here is how it goes out: one snapshot an answer, for whom it is meant, bounded.
//!
//! Commands write the same bytes: [`Pieces`] for CSV and JSON Lines, [`workbook`] for XLSX, [`AuditLog`] for the
//! audit log.

mod atom;
mod audit;
mod bodies;
mod calendar;
mod catalogue;
mod download;
mod moment;
mod name;
mod pieces;
mod plain;
mod template;
mod workbook;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::{Method, header},
    routing::get,
};
use tokio::sync::Semaphore;

pub use audit::{AuditFormat, AuditLog};
pub use bodies::ExportError;
pub use pieces::{Pieces, Writer};
pub(crate) use plain::cut;
pub use template::{example, template_csv};
pub use workbook::{template_workbook, workbook};

use crate::{federation::serve::bounded::Turns, graphql::http::cors, hub::Hub};

/// How many downloads are under way at once; one caller has four of them at most.
const AT_ONCE: usize = 16;
/// How long a download may take: some hundred megabytes over a slow line.
const SLOWEST: Duration = Duration::from_secs(15 * 60);
/// How many workbooks are made at once: each is made whole before its first byte goes out.
const WORKBOOKS: usize = 2;

/// What the doors share.
pub(crate) struct Exports {
    hub: Arc<Hub>,
    turns: Turns,
    workbooks: Semaphore,
}

/// `/export/{kind}.{csv,xlsx,jsonl}`, `/feeds/{kind}.atom`, `/feeds/events.ics` and `/catalog.jsonld`.
pub fn router(hub: Arc<Hub>) -> Router {
    // As the API: pages of these origins may read what anybody may read, and with a token what its owner may.
    let cors = cors::for_origins(&hub.config().graphql.cors_origins);
    let exports = Exports { hub, turns: Turns::of_answers(AT_ONCE, SLOWEST), workbooks: Semaphore::new(WORKBOOKS) };
    let router = Router::new()
        .route("/export/{file}", get(download::answer))
        .route("/feeds/{file}", get(atom::answer))
        .route("/catalog.jsonld", get(catalogue::answer))
        .with_state(Arc::new(exports));
    match cors {
        Some(cors) => {
            let asked = [header::AUTHORIZATION, header::ACCEPT_LANGUAGE, header::IF_NONE_MATCH];
            let told = [header::ETAG, header::RETRY_AFTER, header::CONTENT_DISPOSITION];
            router.layer(cors.allow_methods([Method::GET]).allow_headers(asked).expose_headers(told))
        }
        None => router,
    }
}
