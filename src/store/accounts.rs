//! Local accounts: people who sign in with a password kept here.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// Name, in NFC and lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Word of the role.
    pub role: String,
    /// The language that they prefer.
    pub language: Option<String>,
    /// argon2id hash (PHC form); none until the invitation was used.
    pub password: Option<String>,
    /// When it was made, in milliseconds since 1970.
    pub created_at: i64,
    /// When it was disabled; none: it may sign in.
    pub disabled_at: Option<i64>,
}

// Hashes of secrets never go where a value is shown for debugging.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("accounts").finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
