//! What several pages are made of.

pub(super) mod entry;
pub(super) mod marks;
pub(super) mod refused;
pub(super) mod terms;
pub(super) mod text;
