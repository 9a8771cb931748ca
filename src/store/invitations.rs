//! One-time links with which the owner of an account chooses a password.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    /// SHA-256 of the secret in the link, base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret: String,
    /// Name of the account.
    pub account: String,
    /// Until when it can be used, in milliseconds since 1970.
    pub expires_at: i64,
}

// Hashes of secrets never go where a value is shown for debugging.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("invitations").finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
