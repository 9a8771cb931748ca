//! In a copy, what is not as it was signed is set aside, so that the next round fetches it anew: a bad revision becomes a
//! gap that is asked for; a bad checkpoint or entry takes all entries of the copy with it, so that the next round begins
//! at zero, while the revisions that hash right stay and are not transferred again.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::Report;
use crate::{
    journal::tables,
    store::{ROWS_AT_ONCE, Store, StoreError, entries, journals, revisions},
};

/// Sets aside what differs in a copy. False if nothing was: it is this instance's own journal, all is right, or the copy
/// was replaced since it was verified. `now` in milliseconds.
pub async fn set_aside(store: &Store, report: &Report, now: i64) -> Result<bool, StoreError> {
    if report.own || report.differences.is_empty() {
        return Ok(false);
    }
    let mut write = store.write().await?;
    let Some(row) = journals::Entity::find_by_id(report.journal).one(write.connection()).await? else {
        return Ok(false);
    };
    if row.checkpoint != report.checkpoint {
        return Ok(false);
    }
    let number = write.number().await?;
    for chunk in report.bad_revisions.chunks(ROWS_AT_ONCE) {
        let bad = revisions::Entity::delete_many().filter(revisions::Column::JournalId.eq(report.journal));
        let digests = chunk.iter().map(|bad| bad.digest.clone());
        bad.filter(revisions::Column::Digest.is_in(digests)).exec(write.connection()).await?;
        touch(&write, report.journal, number, now, chunk).await?;
    }
    let mut row: journals::ActiveModel = row.into();
    row.change = Set(number.cast_signed());
    if report.bad_state {
        let all = entries::Entity::delete_many().filter(entries::Column::JournalId.eq(report.journal));
        all.exec(write.connection()).await?;
        row.checkpoint = Set(None);
        row.seq = Set(None);
        row.signed_at = Set(None);
        row.key_id = Set(None);
        row.first_seen_at = Set(None);
        row.confirmed_at = Set(None);
        // Rows have left the tables: catalogues are made anew.
        tables::judge_all_anew(&mut write).await?;
    }
    // At once, not when its turn comes.
    row.next_attempt_at = Set(None);
    row.update(write.connection()).await?;
    write.commit().await?;
    Ok(true)
}

/// The entries of these revisions take the number of the change, so that catalogues look at them again: by the digest that
/// they name, and by the name in the table.
async fn touch(
    write: &crate::store::Write,
    journal: i32,
    number: u64,
    now: i64,
    bad: &[super::BadRevision],
) -> Result<(), StoreError> {
    use entries::Column::{Change, ChangedAt, Digest, JournalId, Name};
    let digests = Digest.is_in(bad.iter().map(|bad| bad.digest.clone()));
    let names = Name.is_in(bad.iter().map(|bad| bad.name.clone()));
    entries::Entity::update_many()
        .col_expr(Change, Expr::value(number.cast_signed()))
        .col_expr(ChangedAt, Expr::value(now))
        .filter(JournalId.eq(journal))
        .filter(sea_orm::ExprTrait::or(digests, names))
        .exec(write.connection())
        .await?;
    Ok(())
}
