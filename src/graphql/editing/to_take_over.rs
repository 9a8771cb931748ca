//! The compiled records about this State that it has neither taken over nor left.

use async_graphql::{Context, Result};

use super::at_desk::AtDesk;
use crate::access::Role;
use crate::graphql::changing::failed;
use crate::graphql::lists::Paging;
use crate::graphql::search::SearchConnection;

/// A page of them; none for who writes nothing.
pub(in crate::graphql) async fn list<'c>(ctx: &Context<'c>, paging: Paging) -> Result<Option<SearchConnection<'c>>> {
    let Ok(desk) = AtDesk::by(ctx, Role::Contributor) else { return Ok(None) };
    let reading = desk.changing.reading;
    let open = desk.changing.hub.records_to_take_over().await.map_err(failed)?;
    // As of the moment of this request, like everything else in its answer.
    let records = open.iter().filter_map(|record| reading.snapshot.record(record.key, reading.viewer()));
    Ok(Some(SearchConnection::of(reading, records.collect(), &paging)))
}
