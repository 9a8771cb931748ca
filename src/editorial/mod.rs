//! The desk: drafts, review, publishing, taking over what was compiled about this State. Drafts stay here; only
//! `journal::publish` makes a record of one. A foreign record cannot be given to the desk: it takes an [`OwnRecord`],
//! and [`Target::of`] makes one of nothing else than what this instance itself has published or is writing.
//!
//! **Who changes a draft.** Its author and every editor. While it is in review an editor's save leaves it there; a save
//! of its author takes it back, since what was handed in is not what stands there any more.
//!
//! **Nothing is lost.** Each change names the number of what it was made from. The numbers of a record's drafts go on
//! from one draft to the next and begin above the revision that is published, so that nobody who looked at the published
//! record, or at a draft that has ended, passes for one who has seen the present draft.

mod begin;
mod checks;
mod desk;
mod differences;
mod draft;
mod end;
mod lists;
mod mistakes;
mod patch;
mod present;
mod review;
mod take_over;
mod target;

pub use checks::{Check, Sort, checks};
pub use desk::{EditorialDesk, Rights, Writer};
pub use differences::{Difference, differences};
pub use draft::{Draft, DraftState};
pub use lists::{DraftPage, DraftPlace, DraftWindow, being_written, settled};
pub use mistakes::{Conflict, DeskError, Mistake, MistakeCode, Obstacle};
pub use patch::{Change, Patch};
pub use present::{Present, Version};
pub use take_over::Compiled;
pub use target::{OwnRecord, Target};
