//! Sign-ins of browsers that last.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// SHA-256 of the secret in the cookie, base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret: String,
    /// Name of the person.
    pub name: String,
    /// Word of the role at the sign-in; of a local account its present role counts.
    pub role: String,
    /// Issuer of the provider; none: a local account.
    pub issuer: Option<String>,
    /// When it began, in milliseconds since 1970.
    pub begun_at: i64,
    /// When it ends, in milliseconds since 1970.
    pub expires_at: i64,
}

// Hashes of secrets never go where a value is shown for debugging.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("sessions").finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
