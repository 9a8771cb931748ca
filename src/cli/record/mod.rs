//! `record …`: a record is named by its global id, or by `kind/uuid` for one of this instance.

mod find;
mod history;
mod show;
mod withdraw;

use super::arguments::{Global, Record};
use super::{Failure, context};

/// Does what `record` is told.
pub(super) fn run(global: &Global, record: &Record) -> Result<(), Failure> {
    let config = context::configuration(global)?;
    context::run(async {
        let (hub, snapshot) = context::open_with_catalogue(config).await?;
        match record {
            Record::Show(asked) => show::run(&hub, &snapshot, asked).await,
            Record::History(asked) => history::run(&hub, &snapshot, asked).await,
            Record::Withdraw(asked) => withdraw::run(&hub, &snapshot, asked).await,
        }
    })
}
