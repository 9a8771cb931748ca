//! Applications for membership, as the coordinator received them (protocol §5); in no journal.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "applications")]
pub struct Model {
    /// Counts up.
    #[sea_orm(primary_key)]
    pub number: i32,
    /// Who applies.
    pub entity_id: String,
    /// Thumbprint of the key that signed it.
    pub key_id: String,
    /// That key, a public JWK.
    pub jwk: String,
    pub country: String,
    pub name: String,
    /// Of an office; erased some time after the decision.
    pub contact: Option<String>,
    /// The block of addresses that it came from.
    pub block: String,
    /// `applied`, `under-review`, `admitted` or `rejected`.
    pub status: String,
    /// For the applicant alone.
    pub message: Option<String>,
    /// Milliseconds.
    pub received_at: i64,
    /// Milliseconds.
    pub decided_at: Option<i64>,
}

/// Personal data and what is for the applicant alone stay out of logs.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Application({}, {})", self.number, self.status)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
