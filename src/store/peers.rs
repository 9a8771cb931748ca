//! What is known of each peer and what the operator said of it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "peers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entity_id: String,
    /// Its entity configuration, a JWS.
    pub configuration: Option<String>,
    pub configuration_etag: Option<String>,
    pub journals_etag: Option<String>,
    pub anchor_etag: Option<String>,
    /// Which journals it lists, JSON: [[origin, audience], …].
    pub journals: Option<String>,
    /// When it was looked at last (configuration and list of journals), in milliseconds.
    pub looked_at: Option<i64>,
    pub paused: bool,
    pub blocked: bool,
    /// The keys with which the operator pinned it by hand, JSON.
    pub pinned_keys: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
