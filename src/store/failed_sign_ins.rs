//! How often signing in under a name failed, whether or not there is an account of that name.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "failed_sign_ins")]
pub struct Model {
    /// SHA-256 over this database's id and the name, base64url: a password typed in the wrong field does not stand here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name_hash: String,
    /// Failures without a success between them.
    pub failures: i32,
    /// When the last one was, in milliseconds since 1970.
    pub last_at: i64,
    /// Until when nobody signs in under the name, in milliseconds since 1970.
    pub locked_until: i64,
}

// Hashes of secrets never go where a value is shown for debugging.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("failed_sign_ins").finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
