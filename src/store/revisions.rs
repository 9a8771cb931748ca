//! Signed revisions as they came, the latest and those before.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub journal_id: i32,
    /// SHA-256 of `jws`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: Vec<u8>,
    /// First half of the entry that named it.
    pub name: Vec<u8>,
    pub jws: String,
    /// The key that its signature was verified with; null while it was not.
    pub verified_key_id: Option<String>,
    /// Word of its kind, when form, claims and signature are right.
    pub kind: Option<String>,
    /// Its `rev`, when form, claims and signature are right.
    pub revision: Option<i32>,
    /// Whether it is a tombstone of right form, claims and signature.
    pub withdraws: bool,
    /// When it came here, in milliseconds.
    pub received_at: i64,
    /// The instance it was read through; null when straight from its origin, and for own ones.
    pub via: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
