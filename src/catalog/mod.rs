//! The catalogue: all that is shown, decoded, in memory, as immutable snapshots. What every query reads.
//!
//! **Writing.** `Catalog::apply(Update)` makes the next snapshot by copy-on-write in pieces and swaps it in once; one
//! thread at a time. A start is one `Update` with everything.
//!
//! **Reading.** A request takes one `Arc<Snapshot>` and keeps it. `Viewer` says for whom.
//! ```ignore
//! let snapshot = catalog.snapshot();
//! let viewer = Viewer::PUBLIC;
//! snapshot.number(); snapshot.number_for(viewer); snapshot.at_for(viewer); snapshot.database(); snapshot.network();
//!
//! // One record
//! snapshot.record(key, viewer);                       // Option<&Arc<Published>>, of members that are not active too
//! snapshot.withdrawn(key, viewer);                    // Option<&Arc<Withdrawn>>
//!
//! // Relations
//! snapshot.mechanism_of(&practice, viewer);           // the one it names, else the one of its country
//! snapshot.mechanism_of_country(code, viewer);        // the State's own, else the compiled one
//! snapshot.practices_of_mechanism(&mechanism, viewer) // Cow<RoaringBitmap>, for `Request::within`
//! snapshot.adopters_of(key);                          // Cow<RoaringBitmap>, for `Request::within`
//! snapshot.member_of_country(code, viewer);
//! snapshot.member_of_instance(entity_id, viewer);
//! snapshot.resolve(&reference, origin);               // RecordKey of a reference in a body of that origin
//! snapshot.countries(viewer);                         // countries with a record in the lists
//!
//! // A filtered set: compiled once, then counted, paged, counted by value
//! let filter = Filter::of(Kind::Practice).any(Dimension::Theme, ["consultation"]).years(Some(2015), None);
//! let selection = snapshot.select(&Request { filter: &filter, viewer, within: None });
//! selection.count();                                  // u64
//! selection.contains(slot);                           // for hits of the search
//! selection.page(&PageRequest { order: Order::Year, direction: Direction::Descending, language: "fr",
//!     window: Window { first: Some(50), after: cursor.as_deref(), ..Window::default() } })?;   // Page
//! selection.facet(Dimension::Country);                // Vec<Bucket { value: Option<Box<str>>, count }>
//! selection.statistics(&[Dimension::Country, Dimension::Year]);   // Vec<Row { values, count }>, one or two
//! page.items; page.has_next; page.has_previous; page.cursor(0);   // &Published, opaque cursor of an item
//!
//! // Members over time, changes
//! snapshot.timeline(from, to, viewer);                // Vec<TimelinePoint { date, active, suspended }>
//! snapshot.changes(&ChangeFilter::default(), window, viewer)?;    // ChangePage
//! ```
//! **Rules that callers need.** `Filter::any` takes the words of bodies (`executive-committee`, `in-person`, `true`); an
//! empty list is no restriction. Members need `Filter::as_of(today)`. Slots are good in the snapshot that gave them. Items
//! of a page borrow from the snapshot, not from the filter. When a member becomes inactive, active, blocked or unblocked
//! by an `Update`, each of its records moves to that update's number among the changes; after a start they stand where
//! their `Change` says, so who loads them gives the later of the two numbers. A journal that no `Network` names, or whose
//! instance is not known, is shown to nobody, or in no list: give the network with or before the first records.
//!
//! A new kind costs: its `match` arms in `dimension` (which facts it has) and `order` (what it is sorted by).

mod apply;
mod change_log;
mod changes;
mod cursor;
mod dimension;
mod facet;
mod filter;
mod kept_order;
mod network;
mod order;
mod page;
mod permutation;
mod postings;
mod published;
mod ranks;
mod relations;
mod selection;
mod sharded;
mod slots;
mod snapshot;
mod statistics;
#[cfg(test)]
mod tests;
mod visibility;

pub use changes::{ChangeFilter, ChangePage, ChangeType, ChangedRecord, NextChange};
pub use cursor::CursorError;
pub use dimension::Dimension;
pub use facet::{Bucket, MOST_BUCKETS};
pub use filter::Filter;
pub use network::{
    Conflict, FaultWord, HeldCheckpoint, Instance, InstanceKey, InstanceRole, Journal, Network, SyncFault, SyncState,
};
pub use order::{Direction, Order};
pub use page::{Page, PageRequest, Window};
pub use published::{Change, Hiding, Published, RecordState, RecordUpdate, Revision, Update, Withdrawal, Withdrawn};
pub use ranks::Ranks;
pub use selection::{Request, Selection};
pub use snapshot::{Catalog, Snapshot};
pub use statistics::{Row, TimelinePoint};
pub use visibility::Viewer;
