//! Peers that an operator pins by hand, beside those of the configuration: their keys, as the register lists keys.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter().table("peers").add_column(text_null("pinned_keys")).to_owned();
        manager.alter_table(column).await
    }
}
