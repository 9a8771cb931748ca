//! The audit log. Its lines are added and never changed: the database refuses it, whoever asks.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("audit_entries")
                    .col(pk_auto("id"))
                    .col(big_integer("at"))
                    .col(text("actor"))
                    .col(text_null("address"))
                    .col(text("action"))
                    .col(text_null("target"))
                    .col(text_null("detail"))
                    .to_owned(),
            )
            .await?;
        let connection = manager.get_connection();
        for statement in refuse_changes(manager.get_database_backend()) {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn refuse_changes(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Postgres => &[
            "CREATE FUNCTION refuse_change_of_audit() RETURNS trigger AS $$ BEGIN \
             RAISE EXCEPTION 'lines of the audit log are never changed'; END $$ LANGUAGE plpgsql",
            "CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries \
             FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit()",
        ],
        _ => &[
            "CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries \
             BEGIN SELECT RAISE(ABORT, 'lines of the audit log are never changed'); END",
            "CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries \
             BEGIN SELECT RAISE(ABORT, 'lines of the audit log are never changed'); END",
        ],
    }
}
