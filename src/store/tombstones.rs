//! Tombstones ever seen, with the key of the checkpoint under which each was seen: that of a stolen key leaves no memory.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tombstones")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub journal_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
