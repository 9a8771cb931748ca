//! The steps that make and change the tables of nmirf-hub. One file a step, forward only, the same for SQLite and
//! PostgreSQL. A new step goes at the end of [`Migrator::migrations`]; a step that has been released is never changed.

pub use sea_orm_migration::prelude::*;

mod m0001_journals;
mod m0002_trust;
mod m0003_peers;
mod m0004_audit;
mod m0005_accounts;
mod m0006_drafts;
mod m0007_cases;
mod m0008_pins;

/// All steps in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_journals::Migration),
            Box::new(m0002_trust::Migration),
            Box::new(m0003_peers::Migration),
            Box::new(m0004_audit::Migration),
            Box::new(m0005_accounts::Migration),
            Box::new(m0007_cases::Migration),
            Box::new(m0006_drafts::Migration),
            Box::new(m0008_pins::Migration),
        ]
    }
}
