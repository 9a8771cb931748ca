//! How much of what is no longer the latest is kept of others' records: a member that changes its records without end
//! must not fill the disk of every reader. Own revisions are all kept: here their history is complete.

use sea_orm::DbErr;

use super::tables;
use crate::store::Write;

/// How many superseded revisions of one origin's journal are kept.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Of one record.
    pub revisions: u32,
    /// Of the whole journal, in bytes.
    pub bytes: u64,
}

/// Those of every copy.
pub const BOUNDS: Bounds = Bounds { revisions: 20, bytes: 64 << 20 };

/// Deletes what is beyond the bounds, the oldest first; the latest revision of a record is never touched.
pub async fn prune(write: &Write, journal: i32, bounds: &Bounds) -> Result<(), DbErr> {
    let Bounds { revisions, bytes } = bounds;
    let sql = format!(
        "DELETE FROM revisions WHERE journal_id = {journal} AND digest IN (SELECT digest FROM (SELECT digest, \
         ROW_NUMBER() OVER (PARTITION BY name ORDER BY received_at DESC, COALESCE(revision, 0) DESC, digest) AS place, \
         SUM(OCTET_LENGTH(jws)) OVER (ORDER BY received_at DESC, COALESCE(revision, 0) DESC, digest) AS bytes \
         FROM revisions WHERE journal_id = {journal} \
         AND digest NOT IN (SELECT digest FROM entries WHERE journal_id = {journal})) superseded \
         WHERE place > {revisions} OR bytes > {bytes})"
    );
    tables::run(write.connection(), sql).await?;
    Ok(())
}
