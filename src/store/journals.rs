//! One row a journal: the checkpoint held and how its copy stands. Times in milliseconds since 1970 where nothing else is said.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journals")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i32,
    /// EntityId of the origin.
    pub origin: String,
    /// `public` or `network`.
    pub audience: String,
    /// The checkpoint held, a JWS; null while nothing is held.
    pub checkpoint: Option<String>,
    pub seq: Option<i64>,
    /// The checkpoint's `iat`, in seconds.
    pub signed_at: Option<i64>,
    /// Thumbprint of the key that signed the checkpoint.
    pub key_id: Option<String>,
    /// When this instance saw the checkpoint first.
    pub first_seen_at: Option<i64>,
    /// The instance it was read through; null when straight from its origin.
    pub via: Option<String>,
    pub confirmed_at: Option<i64>,
    pub last_success_at: Option<i64>,
    pub last_attempt_at: Option<i64>,
    pub next_attempt_at: Option<i64>,
    /// Failures in a row.
    pub failures: i32,
    /// Why the last round failed: one word for everybody.
    pub fault_word: Option<String>,
    /// Why the last round failed: a sentence for the operator.
    pub fault: Option<String>,
    /// `diverged`, `too-large` or `wait` while the last round ended so.
    pub trouble: Option<String>,
    /// Until when the origin is left in peace: by its backoff, or because it asked for that (`trouble` is `wait`).
    pub wait_until: Option<i64>,
    /// Evidence of equivocation: two checkpoints of one `seq`.
    pub conflict_first: Option<String>,
    pub conflict_second: Option<String>,
    pub conflict_seen_at: Option<i64>,
    /// Number of the change that altered this row visibly.
    pub change: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
