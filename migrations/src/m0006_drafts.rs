//! Drafts of records, what their numbers have come to, and the compiled records that this State leaves as they are.
//! None of it is ever in a journal.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("drafts")
                    .col(text("id").primary_key())
                    .col(text("sub").unique_key())
                    .col(text("audience"))
                    .col(text("body"))
                    .col(text("state"))
                    .col(integer("revision"))
                    .col(integer_null("base_revision"))
                    .col(boolean("overtaken").default(false))
                    .col(text("author"))
                    .col(text("saved_by"))
                    .col(big_integer("saved_at"))
                    .col(text_null("comment"))
                    .col(text_null("replaces"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("drafts_by_time").table("drafts").col("saved_at").col("id").to_owned())
            .await?;
        manager
            .create_table(
                Table::create().table("draft_numbers").col(text("sub").primary_key()).col(integer("last")).to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("left_records")
                    .col(text("sub").primary_key())
                    .col(text("left_by"))
                    .col(big_integer("left_at"))
                    .to_owned(),
            )
            .await
    }
}
