//! One row a record of a journal: what its checkpoint vouches for (protocol §4).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub journal_id: i32,
    /// SHA-256 of the `sub`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: Vec<u8>,
    /// SHA-256 of the latest revision.
    pub digest: Vec<u8>,
    /// `seq` of the checkpoint under which it came to this instance.
    pub seq: i64,
    /// Number of the change that brought or touched it.
    pub change: i64,
    /// When, in milliseconds.
    pub changed_at: i64,
    /// Highest `rev` of right form, claims and signature adopted so far (protocol §6.5).
    pub highest_revision: Option<i32>,
    /// Whether an earlier revision was held before.
    pub revised: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
