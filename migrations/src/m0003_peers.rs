//! What this instance knows and was told of its peers: their entity configurations, and whether the operator has
//! paused or blocked them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("peers")
                    .col(text("entity_id").primary_key())
                    .col(text_null("configuration"))
                    .col(text_null("configuration_etag"))
                    .col(text_null("journals_etag"))
                    .col(text_null("anchor_etag"))
                    .col(text_null("journals"))
                    .col(big_integer_null("looked_at"))
                    .col(boolean("paused").default(false))
                    .col(boolean("blocked").default(false))
                    .to_owned(),
            )
            .await
    }
}
