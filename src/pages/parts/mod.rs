//! What several pages are made of.

pub(super) mod charts;
pub(super) mod chips;
pub(super) mod entry;
pub(super) mod facets;
pub(super) mod found;
pub(super) mod listing;
pub(super) mod marks;
pub(super) mod paging;
pub(super) mod refused;
pub(super) mod terms;
pub(super) mod text;
pub(super) mod values;
