//! An origin takes no new records beyond the bounds of its journal (protocol §4), or every reader would stop reading it.
//! A journal that is over them already, because they were lowered, can still be withdrawn from and shortened.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, Query, SimpleExpr},
};

use super::{Author, PublishError, Signed};
use crate::{
    journal::{entry::Name, jws::MAX_JWS, tables::Kept},
    store::{ROWS_AT_ONCE, StoreError, Write, entries, revisions},
};

/// Refuses a change that makes a journal greater than it may be. The new entries and revisions are in the tables, the old
/// revisions too.
pub(super) async fn refuse_if_full(
    write: &Write,
    author: &Author,
    journal: i32,
    kept: &HashMap<Name, Kept>,
    signed: &[Signed],
) -> Result<(), PublishError> {
    let latest: Vec<&Signed> = signed.iter().filter(|revision| revision.latest).collect();
    let new = latest.iter().filter(|revision| !kept.contains_key(&revision.name)).count();
    let entries = kept.len() + new;
    if new > 0 && entries > author.max_entries {
        return Err(PublishError::Full(entries, author.max_entries));
    }
    // So few cannot be too long together, and all of them need not be looked at.
    if (entries as u64).saturating_mul(MAX_JWS as u64) <= author.max_bytes {
        return Ok(());
    }
    let of_entries = Query::select()
        .column(entries::Column::Digest)
        .from(entries::Entity)
        .and_where(Expr::col(entries::Column::JournalId).eq(journal))
        .to_owned();
    let bytes = bytes_of(write, journal, revisions::Column::Digest.in_subquery(of_entries)).await?;
    if bytes <= author.max_bytes {
        return Ok(());
    }
    // Whatever it holds, a record can be withdrawn.
    let came: u64 =
        latest.iter().filter(|revision| !revision.withdraws).map(|revision| revision.jws.len() as u64).sum();
    let mut replaced = 0;
    for chunk in latest.chunks(ROWS_AT_ONCE) {
        let old = chunk.iter().filter_map(|revision| kept.get(&revision.name)).map(|kept| kept.digest.to_vec());
        replaced += bytes_of(write, journal, revisions::Column::Digest.is_in(old)).await?;
    }
    match came > replaced {
        true => Err(PublishError::FullOfBytes(bytes, author.max_bytes)),
        false => Ok(()),
    }
}

async fn bytes_of(write: &Write, journal: i32, which: SimpleExpr) -> Result<u64, StoreError> {
    let sum = Expr::cust("CAST(COALESCE(SUM(OCTET_LENGTH(jws)), 0) AS BIGINT)");
    let query = revisions::Entity::find().select_only().expr(sum);
    let query = query.filter(revisions::Column::JournalId.eq(journal)).filter(which);
    let bytes: Option<i64> = query.into_tuple().one(write.connection()).await?;
    Ok(bytes.unwrap_or_default().unsigned_abs())
}
