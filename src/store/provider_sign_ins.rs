//! Sign-ins through a provider that are under way: between leaving for it and coming back.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_sign_ins")]
pub struct Model {
    /// SHA-256 of `state`, base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub state: String,
    /// SHA-256 of the secret in the cookie of the browser that left, base64url.
    pub browser: String,
    /// The provider.
    pub issuer: String,
    /// What the ID token must name.
    pub nonce: String,
    /// Code verifier of PKCE (RFC 7636): worth nothing without the code.
    pub verifier: String,
    /// Until when it may come back, in milliseconds since 1970.
    pub expires_at: i64,
}

// Hashes of secrets never go where a value is shown for debugging.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("provider_sign_ins").finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
