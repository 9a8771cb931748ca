//! Writing: drafts and what becomes of them, in the schema's words. What is decided is decided by the desk
//! ([`crate::editorial`]); here ids become records, inputs become changes, and refusals become `userErrors`.

mod at_desk;
mod draft;
mod drafts;
mod inputs;
mod mutations;
mod payload;
mod to_take_over;

pub(super) use draft::one;
pub use draft::{Draft, DraftState};
pub use drafts::DraftConnection;
pub(super) use drafts::{judge_cursor, list};
pub use mutations::RecordMutations;
pub(super) use to_take_over::list as to_take_over;
