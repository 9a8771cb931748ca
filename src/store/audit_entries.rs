//! The audit log: who did what, when, from where. Rows are only ever added; the database itself refuses anything else.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    /// Counts up.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who: an account's name, the subject of a token, `operator` for a command.
    pub actor: String,
    /// From which address; none for a command.
    pub address: Option<String>,
    /// What, for example `practice.publish`.
    pub action: String,
    /// On what: a record's id, an entityId or a user.
    pub target: Option<String>,
    /// The reason that was given; bounded by who takes it.
    pub detail: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
