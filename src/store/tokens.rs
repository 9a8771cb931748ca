//! Tokens that this instance issued; one that does not stand here is refused.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tokens")]
pub struct Model {
    /// `jti` of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// For whom.
    pub name: String,
    /// Word of the role.
    pub role: String,
    /// When it was issued, in milliseconds since 1970.
    pub issued_at: i64,
    /// When it ends, in milliseconds since 1970.
    pub expires_at: i64,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

// Hashes of secrets never go where a value is shown for debugging.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("tokens").finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
