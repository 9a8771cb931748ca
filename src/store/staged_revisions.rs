//! Revisions fetched in a round that has not ended: they outlive a crash (protocol §6.4).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staged_revisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub journal_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: Vec<u8>,
    /// First half of the entry that names it.
    pub name: Vec<u8>,
    pub jws: String,
    pub verified_key_id: Option<String>,
    /// Word of its kind, when form, claims and signature are right.
    pub kind: Option<String>,
    pub revision: Option<i32>,
    pub withdraws: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
