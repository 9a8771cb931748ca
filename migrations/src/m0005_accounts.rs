//! Who may sign in: local accounts with their invitations, sessions, tokens of this instance, sign-ins through a provider
//! that are under way, and how often a sign-in failed. Secrets stand here as hashes, except `nonce`
//! and `verifier` of a sign-in under way: of use for ten minutes, and only together with the code.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [accounts(), invitations(), sessions(), tokens(), provider_sign_ins(), failed_sign_ins()] {
            manager.create_table(table).await?;
        }
        for (name, table, column) in [
            ("invitations_account", "invitations", "account"),
            ("sessions_name", "sessions", "name"),
            ("tokens_name", "tokens", "name"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        Ok(())
    }
}

fn accounts() -> TableCreateStatement {
    Table::create()
        .table("accounts")
        .col(text("name").primary_key())
        .col(text("role"))
        .col(text_null("language"))
        .col(text_null("password"))
        .col(big_integer("created_at"))
        .col(big_integer_null("disabled_at"))
        .to_owned()
}

fn invitations() -> TableCreateStatement {
    Table::create()
        .table("invitations")
        .col(text("secret").primary_key())
        .col(text("account"))
        .col(big_integer("expires_at"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("sessions")
        .col(text("secret").primary_key())
        .col(text("name"))
        .col(text("role"))
        .col(text_null("issuer"))
        .col(big_integer("begun_at"))
        .col(big_integer("expires_at"))
        .to_owned()
}

fn tokens() -> TableCreateStatement {
    Table::create()
        .table("tokens")
        .col(text("id").primary_key())
        .col(text("name"))
        .col(text("role"))
        .col(big_integer("issued_at"))
        .col(big_integer("expires_at"))
        .col(big_integer_null("revoked_at"))
        .to_owned()
}

fn provider_sign_ins() -> TableCreateStatement {
    Table::create()
        .table("provider_sign_ins")
        .col(text("state").primary_key())
        .col(text("browser"))
        .col(text("issuer"))
        .col(text("nonce"))
        .col(text("verifier"))
        .col(big_integer("expires_at"))
        .to_owned()
}

fn failed_sign_ins() -> TableCreateStatement {
    Table::create()
        .table("failed_sign_ins")
        .col(text("name_hash").primary_key())
        .col(integer("failures"))
        .col(big_integer("last_at"))
        .col(big_integer("locked_until"))
        .to_owned()
}
