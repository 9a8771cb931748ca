//! Opening the database, and the two ways to use it: read, and write in one transaction at a time.

use std::{
    str::FromStr as _,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveValue::Set,
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    ExprTrait, QueryFilter, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
    sea_query::{Expr, OnConflict},
};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use thiserror::Error;

use super::{counter, settings};

/// How many rows one INSERT takes: SQLite allows 32,766 values a statement.
pub const ROWS_AT_ONCE: usize = 300;

/// What can be wrong with a database.
#[derive(Debug, Error)]
pub enum StoreError {
    /// It cannot be opened.
    #[error("the database {url} cannot be opened: {source}. Check [database] url and who may read and write there")]
    Open {
        /// The URL without its password.
        url: String,
        /// What the driver says.
        source: DbErr,
    },
    /// A newer version of nmirf-hub has changed the tables.
    #[error(
        "the database {url} was made by a newer version of nmirf-hub (it knows the step {step}). \
         Use that version, or restore a backup made before the upgrade"
    )]
    Newer {
        /// The URL without its password.
        url: String,
        /// Name of the first step not known here.
        step: String,
    },
    /// Another `serve` runs on the same database.
    #[error(
        "another `nmirf-hub serve` runs on the database {url}. \
         Stop it first, or give this instance a database of its own"
    )]
    Served {
        /// The URL without its password.
        url: String,
    },
    /// A query failed.
    #[error("the database answers with an error: {0}")]
    Query(#[from] DbErr),
}

/// One instance's database.
#[derive(Clone)]
pub struct Store {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    url: String,
    shown_url: String,
    unscrubbed: Arc<AtomicBool>,
}

impl Store {
    /// Opens the database and brings its tables up to date; of SQLite a new one is made where there is none. `url` is `sqlite://path` or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let shown_url = without_password(url);
        let open = |source| StoreError::Open { url: shown_url.clone(), source: without_url(source, url, &shown_url) };
        let sqlite = url.starts_with("sqlite:");
        if sqlite {
            make_for_its_owner(url).await;
        }
        let writer = Database::connect(options(url, if sqlite { 1 } else { 4 })).await.map_err(open)?;
        let store = Self {
            readers: writer.clone(),
            writer,
            url: url.to_owned(),
            shown_url: shown_url.clone(),
            unscrubbed: Arc::new(AtomicBool::new(true)),
        };
        // Most commands only read: they must not wait for another process that writes.
        if store.is_unfinished().await? {
            Migrator::up(&store.writer, None).await?;
            store.fill_settings().await?;
        }
        // Readers come after the migrations: a pool opened before would keep plans of the old tables.
        let readers = Database::connect(options(url, 6)).await.map_err(open)?;
        Ok(Self { readers, ..store })
    }

    /// The connections for queries.
    pub fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// The kind of database.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// The URL as it may be shown: without a password.
    pub fn shown_url(&self) -> &str {
        &self.shown_url
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Begins a transaction that may write. There is one at a time: what it reads nobody else changes meanwhile, or two
    /// publications could each sign a root without the other's entries.
    pub async fn write(&self) -> Result<Write, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let transaction = self.writer.begin_with_options(options).await?;
        if self.backend() == DbBackend::Postgres {
            // Waits here, before anything is read; on SQLite `BEGIN IMMEDIATE` does.
            transaction.execute_unprepared("SELECT value FROM counter WHERE id = 1 FOR UPDATE").await?;
        }
        Ok(Write { transaction, number: None })
    }

    /// Number of the last change.
    pub async fn number(&self) -> Result<u64, StoreError> {
        let row = counter::Entity::find_by_id(1).one(&self.readers).await?;
        Ok(row.map_or(0, |row| row.value.unsigned_abs()))
    }

    /// A fact kept under a name.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(settings::Entity::find_by_id(name).one(&self.readers).await?.map(|row| row.value))
    }

    /// The id of this database: part of every ETag, so that two databases never share one.
    pub async fn id(&self) -> Result<String, StoreError> {
        Ok(self.setting("database_id").await?.unwrap_or_default())
    }

    /// After bodies were erased: nothing of them may stay in the write-ahead log or in dead rows (protocol §3). Where a
    /// reader is in the way, [`Store::scrub_if_due`] tries again.
    pub async fn scrub(&self) -> Result<(), StoreError> {
        self.unscrubbed.store(true, Ordering::Release);
        self.scrub_if_due().await
    }

    /// Another process on this database may have erased bodies and ended before it could scrub.
    pub fn scrub_later(&self) {
        self.unscrubbed.store(true, Ordering::Release);
    }

    /// Scrubs after a commit. What was committed is so whether this works or not, and [`Store::scrub_if_due`] tries again:
    /// a failure is no failure of the change.
    pub async fn scrub_after_commit(&self) {
        if let Err(fault) = self.scrub().await {
            tracing::warn!("erased bodies may still stand in the files of the database: {fault}");
        }
    }

    /// Scrubs if that is still to be done; so once after each start, since the process before may have been ended.
    pub async fn scrub_if_due(&self) -> Result<(), StoreError> {
        if !self.unscrubbed.load(Ordering::Acquire) {
            return Ok(());
        }
        let done = match self.backend() {
            DbBackend::Sqlite => {
                let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
                let row = self.writer.query_one_raw(statement).await?;
                row.and_then(|row| row.try_get_by_index::<i32>(0).ok()) == Some(0)
            }
            _ => {
                self.writer
                    .execute_unprepared("VACUUM revisions, staged_revisions, applications, focal_points")
                    .await?;
                true
            }
        };
        if done {
            self.unscrubbed.store(false, Ordering::Release);
        }
        Ok(())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        // Nothing can be done about a connection that does not close: the process ends anyway.
        let _ = self.readers.clone().close().await;
        let _ = self.writer.clone().close().await;
    }

    /// Whether something is still to be done: a step, or the facts that a new database begins with. A database of a newer
    /// version is refused.
    async fn is_unfinished(&self) -> Result<bool, StoreError> {
        let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        // No table of steps yet: a new database.
        let Ok(applied) = Migrator::get_migration_models(&self.writer).await else { return Ok(true) };
        if let Some(step) = applied.iter().find(|step| !known.contains(&step.version)) {
            return Err(StoreError::Newer { url: self.shown_url.clone(), step: step.version.clone() });
        }
        Ok(applied.len() < known.len() || self.id().await?.is_empty())
    }

    async fn fill_settings(&self) -> Result<(), StoreError> {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let write = self.write().await?;
        let first = settings::ActiveModel { name: Set("database_id".to_owned()), value: Set(id) };
        let keep = |column| OnConflict::column(column).do_nothing().to_owned();
        settings::Entity::insert(first)
            .on_conflict(keep(settings::Column::Name))
            .exec_without_returning(write.connection())
            .await?;
        counter::Entity::insert(counter::ActiveModel { id: Set(1), value: Set(0) })
            .on_conflict(OnConflict::column(counter::Column::Id).do_nothing().to_owned())
            .exec_without_returning(write.connection())
            .await?;
        write.commit().await?;
        Ok(())
    }
}

/// One transaction that may write; dropped without [`Write::commit`] it leaves no trace.
pub struct Write {
    transaction: DatabaseTransaction,
    number: Option<u64>,
}

impl Write {
    /// For queries inside the transaction.
    pub fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// The number of this change: the next one of the counter, taken once a transaction.
    pub async fn number(&mut self) -> Result<u64, StoreError> {
        if let Some(number) = self.number {
            return Ok(number);
        }
        counter::Entity::update_many()
            .col_expr(counter::Column::Value, Expr::col(counter::Column::Value).add(1))
            .filter(Expr::col(counter::Column::Id).eq(1))
            .exec(&self.transaction)
            .await?;
        let row = counter::Entity::find_by_id(1).one(&self.transaction).await?;
        let number = row.map_or(0, |row| row.value.unsigned_abs());
        self.number = Some(number);
        Ok(number)
    }

    /// Keeps a fact under a name.
    pub async fn set(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let row = settings::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
        settings::Entity::insert(row)
            .on_conflict(OnConflict::column(settings::Column::Name).update_column(settings::Column::Value).to_owned())
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    /// Runs a statement of our own words with one value from outside; it stands where `sql` puts the mark that it is given.
    pub async fn run_with(&self, sql: impl FnOnce(&str) -> String, value: impl Into<Value>) -> Result<u64, StoreError> {
        let backend = self.transaction.get_database_backend();
        let mark = if backend == DbBackend::Postgres { "$1" } else { "?" };
        let statement = Statement::from_sql_and_values(backend, sql(mark), [value.into()]);
        Ok(self.transaction.execute_raw(statement).await?.rows_affected())
    }

    /// Makes it last. Gives the number of the change, if it took one.
    pub async fn commit(self) -> Result<Option<u64>, StoreError> {
        self.transaction.commit().await?;
        Ok(self.number)
    }
}

/// Makes the file of a new SQLite database, which its owner alone can read: records for the network, drafts and accounts
/// stand in it. SQLite gives its log and its shared memory the same rights.
async fn make_for_its_owner(url: &str) {
    let Ok(sqlite) = SqliteConnectOptions::from_str(url) else { return };
    let mut file = tokio::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    file.mode(0o600);
    // It is there already, or the driver says what is wrong with the place.
    let _ = file.open(sqlite.get_filename()).await;
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .sqlx_logging(false)
        .acquire_timeout(Duration::from_secs(30))
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(20))
                // A checkpoint leaves the machine only after it is on the disk (protocol §4).
                .synchronous(SqliteSynchronous::Full)
                // Withdrawn bodies must not stay in free pages (protocol §3).
                .pragma("secure_delete", "ON")
        });
    options
}

/// `postgres://user:secret@host/db?password=secret` → `postgres://user@host/db`.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    if scheme == "sqlite" {
        return url.to_owned();
    }
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => format!("{scheme}://{rest}"),
    }
}

/// The driver quotes a URL that it cannot read, password and all.
fn without_url(fault: DbErr, url: &str, shown: &str) -> DbErr {
    let text = fault.to_string();
    if !text.contains(url) {
        return fault;
    }
    let text = text.trim_start_matches("Connection Error: ").trim_end_matches('.');
    DbErr::Conn(RuntimeErr::Internal(text.replace(url, shown)))
}
