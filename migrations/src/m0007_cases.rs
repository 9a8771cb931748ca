//! What only the coordinator keeps of membership, in no journal: the cases of who applies, and the focal points of the
//! members. The applicant's own case has its place in the settings.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("applications")
                    .col(pk_auto("number"))
                    .col(text("entity_id"))
                    .col(text("key_id"))
                    .col(text("jwk"))
                    .col(text("country"))
                    .col(text("name"))
                    .col(text_null("contact"))
                    .col(text("block"))
                    .col(text("status"))
                    .col(text_null("message"))
                    .col(big_integer("received_at"))
                    .col(big_integer_null("decided_at"))
                    .to_owned(),
            )
            .await?;
        for (name, columns) in
            [("applications_of_whom", &["entity_id", "key_id"][..]), ("applications_by_status", &["status", "block"])]
        {
            let mut index = Index::create();
            index.name(name).table("applications");
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index.to_owned()).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("focal_points")
                    .col(text("id").primary_key())
                    .col(text("member"))
                    .col(text("name"))
                    .col(text_null("function"))
                    .col(text_null("email"))
                    .col(text_null("telephone"))
                    .to_owned(),
            )
            .await?;
        let of_member = Index::create().name("focal_points_of_member").table("focal_points").col("member").to_owned();
        manager.create_index(of_member).await
    }
}
