//! Compiled records of the coordinator that this State has looked at and leaves as they are.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "left_records")]
pub struct Model {
    /// `sub` of the coordinator's record: the same after a handover.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sub: String,
    /// Who said so.
    pub left_by: String,
    /// When, in milliseconds.
    pub left_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
