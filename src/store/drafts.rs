//! Records being written. A draft is one row; it goes when it is published or thrown away.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "drafts")]
pub struct Model {
    /// UUID of the draft itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The record that it becomes; one draft each.
    #[sea_orm(unique)]
    pub sub: String,
    /// Word of the audience.
    pub audience: String,
    /// JSON.
    pub body: String,
    /// `draft` or `in-review`.
    pub state: String,
    /// Counts saves.
    pub revision: i32,
    /// Revision of the record that it stands on; null for a new one.
    pub base_revision: Option<i32>,
    /// Whether the record was published anew under it.
    pub overtaken: bool,
    /// Who began it.
    pub author: String,
    /// Who saved last.
    pub saved_by: String,
    /// When, in milliseconds.
    pub saved_at: i64,
    /// What an editor asked for.
    pub comment: Option<String>,
    /// `sub` of the coordinator's record that it takes the place of.
    pub replaces: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
