//! What was fetched from the store for this request. A list fetches for its whole page in one query before the page is
//! handed on; what stands alone fetches for itself.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_graphql::parser::types::{FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Context, ErrorExtensions, Lookahead, Name, Positioned, Value};

use crate::catalog::Published;

use super::code::Code;
use super::reading::Reading;
use super::source::{Detail, HistoryAsk, HistoryRow, InJournal, Unreadable};

/// Revisions of a record that were asked for: how many, how much of each.
type History = (u64, Detail, Arc<[HistoryRow]>);

/// Signed revisions and histories by their place.
#[derive(Default)]
pub(super) struct Fetched {
    revisions: Mutex<HashMap<InJournal, Option<Arc<str>>>>,
    histories: Mutex<HashMap<InJournal, History>>,
    /// Bytes of signed texts in the histories.
    bytes: AtomicUsize,
    asks: OnceLock<bool>,
}

/// Most revisions of a record in one answer.
const MOST: u64 = 100;

/// Most bytes of signed texts in the histories of one answer.
const MOST_BYTES: usize = 16 << 20;

/// As an error of a field.
pub(super) fn unreadable(fault: Unreadable) -> async_graphql::Error {
    let error = async_graphql::Error::new(fault.to_string());
    let code = match fault {
        Unreadable::Failing => Code::Internal,
        Unreadable::TooMuch => Code::TooLarge,
    };
    error.extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

impl Reading {
    /// Fetches what a selection asks of these records. Cheap where the whole document asks for nothing of it.
    pub(super) async fn prefetch(&self, ctx: &Context<'_>, paths: &[&[&str]], records: &[&Arc<Published>]) {
        if !records.is_empty() && self.asks_store(ctx) {
            // In a box: every field of an object takes the room of its largest one, and few requests come by here.
            Box::pin(self.fetch_selected(ctx, paths, records)).await;
        }
    }

    async fn fetch_selected(&self, ctx: &Context<'_>, paths: &[&[&str]], records: &[&Arc<Published>]) {
        let (mut signed, mut asked) = (false, None);
        for path in paths {
            let below = path.iter().fold(ctx.look_ahead(), |ahead, name| ahead.field(name));
            signed |= below.field("provenance").field("jws").exists();
            let history = below.field("history");
            if let Some(first) = history_asked(&history) {
                let (most, deepest) = asked.unwrap_or((first, Detail::Row));
                asked = Some((most.max(first), deepest.max(detail(&history))));
            }
        }
        // What cannot be fetched now is asked for again by its field, which says so.
        if signed {
            let wanted = each_once(records, |record| record.revision.digest);
            let _ = self.fetch_revisions(wanted).await;
        }
        if let Some((first, detail)) = asked {
            let wanted = each_once(records, |record| record.sub.name());
            let _ = self.fetch_histories(wanted, first, detail).await;
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
    pub(super) async fn history(
        &self,
        record: &Published,
        first: u64,
        detail: Detail,
    ) -> Result<Arc<[HistoryRow]>, Unreadable> {
        let place = (record.revision.journal, record.sub.name());
        let first = first.clamp(1, MOST);
        let known = |histories: &HashMap<InJournal, History>| {
            let known = histories.get(&place).filter(|(asked, read, _)| *asked >= first && *read >= detail);
            known.map(|(.., rows)| rows.clone())
        };
        if let Some(rows) = known(&lock(&self.fetched.histories)) {
            return Ok(rows);
        }
        self.fetch_histories(vec![place], first, detail).await?;
        Ok(known(&lock(&self.fetched.histories)).unwrap_or_default())
    }

    async fn fetch_revisions(&self, wanted: Vec<InJournal>) -> Result<(), Unreadable> {
        let found = self.source.revisions(wanted.clone()).await?;
        let mut revisions = lock(&self.fetched.revisions);
        revisions.extend(wanted.into_iter().map(|place| (place, found.get(&place).map(|jws| Arc::from(jws.as_str())))));
        Ok(())
    }

    async fn fetch_histories(&self, wanted: Vec<InJournal>, first: u64, detail: Detail) -> Result<(), Unreadable> {
        let most_bytes = MOST_BYTES.saturating_sub(self.fetched.bytes.load(Ordering::Relaxed));
        if most_bytes == 0 && detail == Detail::Signed {
            return Err(Unreadable::TooMuch);
        }
        let found = self.source.history(wanted.clone(), HistoryAsk { first, detail, most_bytes }).await;
        if found == Err(Unreadable::TooMuch) {
            // Each field of the page would try again.
            self.fetched.bytes.store(MOST_BYTES, Ordering::Relaxed);
        }
        let mut found = found?;
        let signed = found.values().flatten().filter_map(|row| row.jws.as_deref());
        self.fetched.bytes.fetch_add(signed.map(str::len).sum(), Ordering::Relaxed);
        let mut histories = lock(&self.fetched.histories);
        histories.extend(wanted.into_iter().map(|place| {
            let rows = found.remove(&place).unwrap_or_default();
            (place, (first, detail, rows.into()))
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

/// A record may stand in a page more than once.
fn each_once(records: &[&Arc<Published>], part: impl Fn(&Published) -> [u8; 32]) -> Vec<InJournal> {
    let mut places: Vec<_> = records.iter().map(|record| (record.revision.journal, part(record))).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// How much of the revisions of a history its selection needs.
pub(super) fn detail(history: &Lookahead<'_>) -> Detail {
    let selects = |field| history.field(field).exists();
    match (selects("jws"), selects("signedAt")) {
        (true, _) => Detail::Signed,
        (false, true) => Detail::SignedAt,
        (false, false) => Detail::Row,
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
