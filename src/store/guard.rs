//! One `serve` a database: a lock file beside an SQLite database, an advisory lock on PostgreSQL.

use std::fs::{File, OpenOptions};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};

use super::{Store, StoreError};

/// Any number, the same in every version: the name of our advisory lock.
const ADVISORY_LOCK: i64 = 0x6e6d_6972_665f_6875;

/// Held while an instance serves; dropped, another may.
pub struct ServeLock {
    _file: Option<File>,
    _connection: Option<DatabaseConnection>,
}

impl ServeLock {
    /// Takes the lock, or says that another process has it.
    pub async fn take(store: &Store) -> Result<Self, StoreError> {
        match store.backend() {
            DbBackend::Sqlite => Self::by_file(store),
            _ => Self::by_database(store).await,
        }
    }

    fn by_file(store: &Store) -> Result<Self, StoreError> {
        let path = store.url().trim_start_matches("sqlite:").trim_start_matches("//");
        let path = format!("{}.lock", path.split('?').next().unwrap_or_default());
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = open.map_err(|fault| StoreError::Query(DbErr::Custom(format!("{path}: {fault}"))))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: Some(file), _connection: None }),
            Err(_) => Err(StoreError::Served { url: store.shown_url().to_owned() }),
        }
    }

    async fn by_database(store: &Store) -> Result<Self, StoreError> {
        // The lock lives as long as its session: one connection, never given back.
        let mut options = ConnectOptions::new(store.url());
        options.max_connections(1).min_connections(1).sqlx_logging(false).idle_timeout(None).max_lifetime(None);
        let connection = Database::connect(options).await?;
        let ask = format!("SELECT pg_try_advisory_lock({ADVISORY_LOCK})");
        let row = connection.query_one_raw(Statement::from_string(DbBackend::Postgres, ask)).await?;
        match row.and_then(|row| row.try_get_by_index::<bool>(0).ok()) {
            Some(true) => Ok(Self { _file: None, _connection: Some(connection) }),
            _ => Err(StoreError::Served { url: store.shown_url().to_owned() }),
        }
    }
}
