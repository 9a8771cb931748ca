//! A fresh database for a test: SQLite in a temporary folder always, and PostgreSQL when `NMIRF_HUB_TEST_POSTGRES`
//! names a server (`postgres://user@host:port`): each test gets a database of its own there, dropped with it.

use std::{
    fmt,
    future::Future,
    path::{Path, PathBuf},
    thread,
};

use nmirf_hub::store::Store;
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

/// Names the PostgreSQL server.
pub const POSTGRES: &str = "NMIRF_HUB_TEST_POSTGRES";

/// A database that is gone when this is dropped.
pub struct Database {
    /// Opened.
    pub store: Store,
    /// Where it is, for opening it once more.
    pub url: String,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Server { url: String, name: String },
}

impl Database {
    /// In a temporary folder.
    pub async fn sqlite() -> Self {
        // Every commit waits for the disk: in memory the tests take a tenth of the time.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
        let url = format!("sqlite://{}", folder.path().join("hub.db").display());
        Self { store: Store::open(&url).await.unwrap(), url, place: Place::Folder(folder) }
    }

    /// On the PostgreSQL server, if one is named.
    pub async fn postgres() -> Option<Self> {
        let server = std::env::var(POSTGRES).ok().filter(|server| !server.is_empty())?;
        // A database may stand in the URL: tests never use it but to make others.
        let (scheme, rest) = server.split_once("://").expect("NMIRF_HUB_TEST_POSTGRES is postgres://user@host:port");
        let base = format!("{scheme}://{}", rest.split('/').next().unwrap_or_default());
        let name = format!("nmirf_test_{}", uuid::Uuid::now_v7().simple());
        let admin = format!("{base}/postgres");
        run(&admin, &format!("CREATE DATABASE {name}")).await;
        let url = format!("{base}/{name}");
        Some(Self { store: Store::open(&url).await.unwrap(), url, place: Place::Server { url: admin, name } })
    }

    /// Every file of an SQLite database, the write-ahead log too; none on PostgreSQL.
    pub fn files(&self) -> Vec<PathBuf> {
        let Place::Folder(folder) = &self.place else { return Vec::new() };
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect()
    }

    /// Whether these bytes stand in one of the files, dead pages and the write-ahead log included.
    pub fn files_contain(&self, wanted: &[u8]) -> bool {
        self.files().iter().any(|file| {
            let content = read_elsewhere(file);
            content.windows(wanted.len()).any(|window| window == wanted)
        })
    }

    /// Whether it is SQLite.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    /// Runs one statement past the doors.
    pub async fn run(&self, sql: &str) {
        self.store.read().execute_unprepared(sql).await.unwrap();
    }

    /// The first column of the first row, a number.
    pub async fn number(&self, sql: &str) -> i64 {
        let statement = sea_orm::Statement::from_string(self.store.backend(), sql.to_owned());
        self.store.read().query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }
}

/// Read by another process: when this one closes any descriptor of an SQLite file, the system takes all its locks on
/// that file away (POSIX), and the next process to open the database takes it for abandoned and shortens what is mapped
/// here: SIGBUS.
fn read_elsewhere(file: &std::path::Path) -> Vec<u8> {
    let read = std::process::Command::new("cat").arg(file).output().unwrap();
    assert!(read.status.success(), "{read:?}");
    read.stdout
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_sqlite() { "SQLite" } else { "PostgreSQL" })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Place::Server { url, name } = &self.place else { return };
        let (url, drop) = (url.clone(), format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        // A test that fails must clean up too, and nothing can be awaited here: a thread with a runtime of its own does.
        let cleaner = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(run(&url, &drop));
        });
        let _ = cleaner.join();
    }
}

async fn run(url: &str, sql: &str) {
    let connection = sea_orm::Database::connect(url).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

/// One of each kind.
pub async fn databases() -> Vec<Database> {
    let mut databases = vec![Database::sqlite().await];
    databases.extend(Database::postgres().await);
    databases
}

/// Runs the same test on each kind; the output of a failure says which it was.
pub async fn on_each_database<F: Future<Output = ()>>(test: impl Fn(Database) -> F) {
    for database in databases().await {
        eprintln!("on {database}");
        test(database).await;
    }
}
