//! The journals: own ones and proved copies of others', their entries and revisions, and the one counter that numbers
//! every change.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create().table("counter").col(integer("id").primary_key()).col(big_integer("value")).to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create().table("settings").col(string("name").primary_key()).col(text("value")).to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("journals")
                    .col(pk_auto("id"))
                    .col(text("origin"))
                    .col(text("audience"))
                    .col(text_null("checkpoint"))
                    .col(big_integer_null("seq"))
                    .col(big_integer_null("signed_at"))
                    .col(text_null("key_id"))
                    .col(big_integer_null("first_seen_at"))
                    .col(text_null("via"))
                    .col(big_integer_null("confirmed_at"))
                    .col(big_integer_null("last_success_at"))
                    .col(big_integer_null("last_attempt_at"))
                    .col(big_integer_null("next_attempt_at"))
                    .col(integer("failures").default(0))
                    .col(text_null("fault_word"))
                    .col(text_null("fault"))
                    .col(text_null("trouble"))
                    .col(big_integer_null("wait_until"))
                    .col(text_null("conflict_first"))
                    .col(text_null("conflict_second"))
                    .col(big_integer_null("conflict_seen_at"))
                    .col(big_integer("change").default(0))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .unique()
                    .name("journals_origin")
                    .table("journals")
                    .col("origin")
                    .col("audience")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("entries")
                    .col(integer("journal_id"))
                    .col(binary("name"))
                    .col(binary("digest"))
                    .col(big_integer("seq"))
                    .col(big_integer("change"))
                    .col(big_integer("changed_at"))
                    .col(integer_null("highest_revision"))
                    .col(boolean("revised"))
                    .primary_key(Index::create().col("journal_id").col("name"))
                    .foreign_key(&mut journal_key("entries_journal", "entries"))
                    .to_owned(),
            )
            .await?;
        for (name, columns) in [
            ("entries_change", &["change"][..]),
            // Without it a journal is read as a whole to find its last change.
            ("entries_journal_change", &["journal_id", "change"]),
            ("entries_seq", &["journal_id", "seq"]),
            ("entries_name", &["name"]),
        ] {
            manager.create_index(index(name, "entries", columns)).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("revisions")
                    .col(integer("journal_id"))
                    .col(binary("digest"))
                    .col(binary("name"))
                    .col(text("jws"))
                    .col(text_null("verified_key_id"))
                    .col(text_null("kind"))
                    .col(integer_null("revision"))
                    .col(boolean("withdraws"))
                    .col(big_integer("received_at"))
                    .col(text_null("via"))
                    .primary_key(Index::create().col("journal_id").col("digest"))
                    .foreign_key(&mut journal_key("revisions_journal", "revisions"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("revisions_name", "revisions", &["journal_id", "name"])).await?;
        manager.create_index(index("revisions_kind", "revisions", &["journal_id", "kind"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("staged_revisions")
                    .col(integer("journal_id"))
                    .col(binary("digest"))
                    .col(binary("name"))
                    .col(text("jws"))
                    .col(text_null("verified_key_id"))
                    .col(text_null("kind"))
                    .col(integer_null("revision"))
                    .col(boolean("withdraws"))
                    .primary_key(Index::create().col("journal_id").col("digest"))
                    .foreign_key(&mut journal_key("staged_journal", "staged_revisions"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("tombstones")
                    .col(integer("journal_id"))
                    .col(binary("name"))
                    .col(text("key_id"))
                    .primary_key(Index::create().col("journal_id").col("name").col("key_id"))
                    .foreign_key(&mut journal_key("tombstones_journal", "tombstones"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("signed_checkpoints")
                    .col(binary("digest").primary_key())
                    .col(big_integer("seq"))
                    .to_owned(),
            )
            .await
    }
}

fn journal_key(name: &str, table: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table.to_owned(), "journal_id")
        .to("journals", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

fn index(name: &str, table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut statement = Index::create().name(name).table(table.to_owned()).to_owned();
    for column in columns {
        statement.col((*column).to_owned());
    }
    statement
}
