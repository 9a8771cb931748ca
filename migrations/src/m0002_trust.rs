//! Whom this instance trusts: the anchor chain, the register as it was proved last, keys once seen compromised.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create().table("anchor_links").col(integer("num").primary_key()).col(text("jws")).to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("compromised_keys")
                    .col(text("entity_id"))
                    .col(text("key_id"))
                    .primary_key(Index::create().col("entity_id").col("key_id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("register_members")
                    .col(text("entity_id").primary_key())
                    .col(text("sub"))
                    .col(text("status"))
                    .col(text("keys"))
                    .col(text_null("country"))
                    .to_owned(),
            )
            .await
    }
}
