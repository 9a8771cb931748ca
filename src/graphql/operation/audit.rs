//! The audit log, newest first.

use async_graphql::{Context, ID, Object};

use super::{List, Numbered, NumberedPage, numbered::write_cursor};
use crate::access::Role;
use crate::audit::{self, AuditEntry as Line, Wanted};
use crate::graphql::changing::{Changing, failed, number_of};
use crate::graphql::lists::{PageInfo, Paging, int};
use crate::graphql::scalars::DateTime;

/// What ids of lines begin with.
const PREFIX: &str = "audit";

/// Which lines.
#[derive(Default)]
pub(in crate::graphql) struct AuditFilter {
    pub(in crate::graphql) actor: Option<String>,
    pub(in crate::graphql) target: Option<String>,
}

/// A page of the log; administrators only.
pub(in crate::graphql) async fn list(
    ctx: &Context<'_>,
    filter: AuditFilter,
    paging: Paging,
) -> async_graphql::Result<AuditEntryConnection> {
    let changing = Changing::by(ctx, Role::Administrator)?;
    let asked = Numbered::of(List::Audit, &paging);
    let wanted = Wanted {
        actor: filter.actor.as_deref(),
        target: filter.target.as_deref(),
        before: asked.below,
        after: asked.above,
        oldest_first: asked.from_the_end,
        ..Wanted::default()
    };
    let lines = audit::lines(changing.hub.store(), &wanted, asked.wanted()).await.map_err(failed)?;
    let page = asked.page(lines, |line| line.id);
    let total = match ctx.look_ahead().field("totalCount").exists() {
        true => audit::count(changing.hub.store(), &wanted).await.map_err(failed)?,
        false => 0,
    };
    Ok(AuditEntryConnection { total, page })
}

/// One line by its id; none for who may not read the log.
pub(in crate::graphql) async fn one(ctx: &Context<'_>, id: &str) -> Option<AuditEntry> {
    let id = number_of(id, PREFIX)?;
    let changing = Changing::by(ctx, Role::Administrator).ok()?;
    let wanted = Wanted { before: id.checked_add(1), after: id.checked_sub(1), ..Wanted::default() };
    let lines = audit::lines(changing.hub.store(), &wanted, 1).await.ok()?;
    lines.into_iter().next().map(AuditEntry)
}

/// A page of the log.
pub struct AuditEntryConnection {
    total: u64,
    page: NumberedPage<Line>,
}

/// A page of a list of AuditEntry.
#[Object(serial)]
impl AuditEntryConnection {
    /// The items with their cursors.
    async fn edges(&self) -> Vec<AuditEntryEdge> {
        self.page.rows.iter().cloned().map(AuditEntryEdge).collect()
    }

    /// The items alone.
    async fn nodes(&self) -> Vec<AuditEntry> {
        self.page.rows.iter().cloned().map(AuditEntry).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.page.info
    }

    /// Items in the whole filtered list; counted only when asked for.
    async fn total_count(&self) -> i32 {
        int(self.total)
    }
}

/// A line in a list.
pub struct AuditEntryEdge(Line);

/// An item of a list of AuditEntry.
#[Object(serial)]
impl AuditEntryEdge {
    /// Place in the list: opaque, valid for this list with this order, on this instance, also after later changes.
    async fn cursor(&self) -> String {
        write_cursor(List::Audit, self.0.id)
    }

    /// The item.
    async fn node(&self) -> AuditEntry {
        AuditEntry(self.0.clone())
    }
}

/// A line of the log.
pub struct AuditEntry(Line);

/// An entry of the audit log.
#[Object(serial)]
impl AuditEntry {
    /// Id.
    async fn id(&self) -> ID {
        ID(format!("{PREFIX}:{}", self.0.id))
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Who.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// From which address.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// What, for example `practice.publish`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// On what: a record id, entityId or user.
    async fn target(&self) -> Option<&str> {
        self.0.target.as_deref()
    }
}
