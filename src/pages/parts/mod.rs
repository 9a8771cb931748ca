//! What several pages are made of.

pub(super) mod asked;
pub(super) mod changes;
pub(super) mod charts;
pub(super) mod chips;
pub(super) mod cite;
pub(super) mod course;
pub(super) mod dates;
pub(super) mod entry;
pub(super) mod facets;
pub(super) mod found;
pub(super) mod kinds;
pub(super) mod links;
pub(super) mod listing;
pub(super) mod map;
pub(super) mod marks;
pub(super) mod paging;
pub(super) mod provenance;
pub(super) mod refused;
pub(super) mod sources;
pub(super) mod speak;
pub(super) mod terms;
pub(super) mod text;
pub(super) mod values;
