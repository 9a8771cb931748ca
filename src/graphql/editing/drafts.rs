//! The list of drafts: those that the viewer may see, newest save first.

use async_graphql::{Context, Object, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::at_desk::AtDesk;
use super::draft::{Draft, DraftState};
use crate::access::Role;
use crate::editorial::{self, DraftPlace, DraftWindow};
use crate::graphql::changing::failed;
use crate::graphql::lists::{PageInfo, Paging, int};

/// Marks cursors of this list.
const MARK: char = 'D';

/// A page of the drafts; none for who writes none.
pub(in crate::graphql) async fn list(
    ctx: &Context<'_>,
    states: Option<Vec<DraftState>>,
    paging: Paging,
) -> Result<Option<DraftConnection>> {
    let Ok(desk) = AtDesk::by(ctx, Role::Contributor) else { return Ok(None) };
    let states: Vec<editorial::DraftState> = states.into_iter().flatten().map(Into::into).collect();
    let page = desk.desk.drafts(&states, window(&paging)).await.map_err(failed)?;
    let total = match ctx.look_ahead().field("totalCount").exists() {
        true => desk.desk.count(&states).await.map_err(failed)?,
        false => 0,
    };
    let cursor = |draft: Option<&editorial::Draft>| draft.map(|draft| write_cursor(DraftPlace::of(draft)));
    let info = PageInfo {
        has_next_page: page.has_next,
        has_previous_page: page.has_previous,
        start_cursor: cursor(page.drafts.first()),
        end_cursor: cursor(page.drafts.last()),
    };
    let edge = |draft: editorial::Draft| DraftEdge {
        cursor: write_cursor(DraftPlace::of(&draft)),
        draft: Draft::of(draft, &desk),
    };
    Ok(Some(DraftConnection { edges: page.drafts.into_iter().map(edge).collect(), info, total }))
}

/// The guard has judged the arguments.
fn window(paging: &Paging) -> DraftWindow {
    let (first, last) = paging.sizes();
    let place = |cursor: &Option<String>| cursor.as_deref().and_then(read_cursor);
    DraftWindow {
        most: first.or(last).unwrap_or_default() as u64,
        backwards: first.is_none(),
        after: place(&paging.after),
        before: place(&paging.before),
    }
}

fn write_cursor(place: DraftPlace) -> String {
    URL_SAFE_NO_PAD.encode(format!("{MARK}{}.{}", place.saved_at, place.id.simple()))
}

fn read_cursor(cursor: &str) -> Option<DraftPlace> {
    let bytes = URL_SAFE_NO_PAD.decode(Some(cursor).filter(|cursor| cursor.len() <= 128)?).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (saved_at, id) = text.strip_prefix(MARK)?.split_once('.')?;
    Some(DraftPlace { saved_at: saved_at.parse().ok()?, id: Uuid::try_parse(id).ok()? })
}

/// Whether a cursor is one of this list.
pub(in crate::graphql) fn judge_cursor(cursor: &str) -> bool {
    read_cursor(cursor).is_some()
}

/// A page of drafts.
pub struct DraftConnection {
    edges: Vec<DraftEdge>,
    info: PageInfo,
    total: u64,
}

/// A page of a list of Draft.
#[Object(serial)]
impl DraftConnection {
    /// The items with their cursors.
    async fn edges(&self) -> &[DraftEdge] {
        &self.edges
    }

    /// The items alone.
    async fn nodes(&self) -> Vec<&Draft> {
        self.edges.iter().map(|edge| &edge.draft).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.info
    }

    /// Items in the whole filtered list; counted only when asked for.
    async fn total_count(&self) -> i32 {
        int(self.total)
    }
}

/// A draft in a list.
pub struct DraftEdge {
    cursor: String,
    draft: Draft,
}

/// An item of a list of Draft.
#[Object(serial)]
impl DraftEdge {
    /// Place in the list: opaque, valid for this list with this order, on this instance, also after later changes.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The item.
    async fn node(&self) -> &Draft {
        &self.draft
    }
}
