//! What was fetched from the store for this request. A list fetches for its whole page in one query before the page is
//! handed on; what stands alone fetches for itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_graphql::parser::types::{FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Context, ErrorExtensions, Lookahead, Name, Positioned, Value};

use crate::catalog::Published;

use super::code::Code;
use super::reading::Reading;
use super::source::{HistoryRow, InJournal, Unreadable};

/// Revisions of a record that were asked for, and how many.
type History = (u64, Arc<[HistoryRow]>);

/// Signed revisions and histories by their place.
#[derive(Default)]
pub(super) struct Fetched {
    revisions: Mutex<HashMap<InJournal, Option<Arc<str>>>>,
    histories: Mutex<HashMap<InJournal, History>>,
    asks: OnceLock<bool>,
}

/// Most revisions of a record in one answer.
const MOST: u64 = 100;

/// As an error of a field.
pub(super) fn unreadable(fault: Unreadable) -> async_graphql::Error {
    let error = async_graphql::Error::new(fault.to_string());
    error.extend_with(|_, extensions| extensions.set("code", Code::Internal.as_str()))
}

impl Reading {
    /// Fetches what a selection asks of these records. Cheap where the whole document asks for nothing of it.
    pub(super) async fn prefetch(&self, ctx: &Context<'_>, paths: &[&[&str]], records: &[&Arc<Published>]) {
        if records.is_empty() || !self.asks_store(ctx) {
            return;
        }
        let (mut signed, mut first) = (false, None);
        for path in paths {
            let below = path.iter().fold(ctx.look_ahead(), |ahead, name| ahead.field(name));
            signed |= below.field("provenance").field("jws").exists();
            first = first.max(history_asked(&below.field("history")));
        }
        // What cannot be fetched now is asked for again by its field, which says so.
        if signed {
            let wanted = records.iter().map(|record| (record.revision.journal, record.revision.digest)).collect();
            let _ = self.fetch_revisions(wanted).await;
        }
        if let Some(first) = first {
            let wanted = records.iter().map(|record| (record.revision.journal, record.sub.name())).collect();
            let _ = self.fetch_histories(wanted, first).await;
        }
    }

    /// The signed form of the present revision; none when it was erased a moment ago.
    pub(super) async fn jws(&self, record: &Published) -> Result<Option<Arc<str>>, Unreadable> {
        let place = (record.revision.journal, record.revision.digest);
        if let Some(known) = lock(&self.fetched.revisions).get(&place) {
            return Ok(known.clone());
        }
        self.fetch_revisions(vec![place]).await?;
        Ok(lock(&self.fetched.revisions).get(&place).cloned().flatten())
    }

    /// The revisions seen of a record, newest first.
    pub(super) async fn history(&self, record: &Published, first: u64) -> Result<Arc<[HistoryRow]>, Unreadable> {
        let place = (record.revision.journal, record.sub.name());
        let first = first.clamp(1, MOST);
        let known = |histories: &HashMap<InJournal, History>| {
            histories.get(&place).filter(|(asked, _)| *asked >= first).map(|(_, rows)| rows.clone())
        };
        if let Some(rows) = known(&lock(&self.fetched.histories)) {
            return Ok(rows);
        }
        self.fetch_histories(vec![place], first).await?;
        Ok(known(&lock(&self.fetched.histories)).unwrap_or_default())
    }

    async fn fetch_revisions(&self, wanted: Vec<InJournal>) -> Result<(), Unreadable> {
        let found = self.source.revisions(wanted.clone()).await?;
        let mut revisions = lock(&self.fetched.revisions);
        revisions.extend(wanted.into_iter().map(|place| (place, found.get(&place).map(|jws| Arc::from(jws.as_str())))));
        Ok(())
    }

    async fn fetch_histories(&self, wanted: Vec<InJournal>, first: u64) -> Result<(), Unreadable> {
        let mut found = self.source.history(wanted.clone(), first).await?;
        let mut histories = lock(&self.fetched.histories);
        histories.extend(wanted.into_iter().map(|place| {
            let rows = found.remove(&place).unwrap_or_default();
            (place, (first, rows.into()))
        }));
        Ok(())
    }

    /// Whether the document names a field that is read from the store, looked at once a request.
    pub(super) fn asks_store(&self, ctx: &Context<'_>) -> bool {
        *self.fetched.asks.get_or_init(|| {
            let environment = &ctx.query_env;
            let fragments = environment.fragments.values();
            names_stored(&environment.operation.node.selection_set.node)
                || fragments
                    .map(|fragment: &Positioned<FragmentDefinition>| &fragment.node.selection_set.node)
                    .any(names_stored)
        })
    }
}

/// The greatest `first` of these fields; none where nothing is selected.
fn history_asked(histories: &Lookahead<'_>) -> Option<u64> {
    let asked = |arguments: Vec<(Name, Value)>| {
        let first = arguments.into_iter().find(|(name, _)| name.as_str() == "first");
        match first {
            Some((_, Value::Number(number))) => number.as_u64(),
            _ => None,
        }
        .unwrap_or(20)
        .clamp(1, MOST)
    };
    histories.selection_fields().iter().map(|field| field.arguments().map_or(20, asked)).max()
}

fn names_stored(set: &SelectionSet) -> bool {
    set.items.iter().any(|selection| match &selection.node {
        Selection::Field(field) => {
            matches!(field.node.name.node.as_str(), "jws" | "history") || names_stored(&field.node.selection_set.node)
        }
        Selection::InlineFragment(fragment) => names_stored(&fragment.node.selection_set.node),
        // Fragments are looked at on their own.
        Selection::FragmentSpread(_) => false,
    })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
