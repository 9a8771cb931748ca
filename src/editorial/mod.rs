//! The desk: drafts, review, publishing, taking over what was compiled about this State. Drafts stay here; only
//! `journal::publish` makes a record of one.
