//! Running the program, and the little that its surroundings have to play.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nmirf_hub::store::Store;
use sea_orm::ConnectionTrait;
use serde_json::Value;

/// What a run left.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// It must have done what it was told.
    #[track_caller]
    pub fn done(self) -> Ran {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    /// It must have ended so, and said all these words on stderr.
    #[track_caller]
    pub fn refused(self, status: i32, words: &[&str]) -> Ran {
        assert_eq!(self.status, status, "{self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word} is not said: {self:?}");
        }
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// An instance in a folder of its own.
pub struct Instance {
    folder: tempfile::TempDir,
    pub entity_id: String,
}

impl Instance {
    /// A folder with nothing in it.
    pub fn nothing(entity_id: &str) -> Instance {
        Instance { folder: tempfile::tempdir().unwrap(), entity_id: entity_id.to_owned() }
    }

    /// A coordinator's.
    pub fn coordinator() -> Instance {
        let instance = Instance::nothing("https://coordinator.example");
        let name = ["init", "--entity-id", "https://coordinator.example", "--name", "Coordinator"];
        instance.run(&[&name[..], &["--role", "coordinator"]].concat()).done();
        instance
    }

    /// One of Morocco.
    pub fn national() -> Instance {
        let instance = Instance::nothing("https://hub.example.ma");
        instance.run(&["init", "--entity-id", "https://hub.example.ma", "--name", "Maroc", "--country", "MA"]).done();
        instance
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Pins a peer in the configuration, with the `x` of its key.
    pub fn pin(&self, entity_id: &str, x: &str) {
        let written = std::fs::read_to_string(self.path("hub.toml")).unwrap();
        let key = format!("{{ kty = \"OKP\", crv = \"Ed25519\", x = \"{x}\" }}");
        self.write("hub.toml", &format!("{written}\n[[trust.peers]]\nentity_id = \"{entity_id}\"\nkeys = [{key}]\n"));
    }

    /// Takes the pins out of the configuration again.
    pub fn unpin(&self) {
        let written = std::fs::read_to_string(self.path("hub.toml")).unwrap();
        self.write("hub.toml", written.split_once("\n[[trust.peers]]").unwrap().0);
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// With a text on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_nmirf-hub"))
            .args(["--config", &self.path("hub.toml").display().to_string()])
            .args(arguments)
            .env_remove("NMIRF_HUB_CONFIG")
            .env("LC_ALL", "en_GB.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads nothing may have ended already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Imports rows that are no file yet.
    pub fn import(&self, name: &str, rows: &str, more: &[&str]) -> Ran {
        let path = self.write(name, rows).display().to_string();
        self.run(&[&["import", &path], more].concat())
    }

    /// The rows of `export`.
    pub fn export(&self) -> Vec<Value> {
        let ran = self.run(&["export", "--format", "jsonl"]).done();
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub async fn store(&self) -> Store {
        Store::open(&format!("sqlite://{}", self.path("hub.db").display())).await.unwrap()
    }

    /// Changes the tables behind the program's back. Gives the number of rows changed.
    pub fn tamper(&self, sql: &str) -> u64 {
        wait(async {
            let store = self.store().await;
            let write = store.write().await.unwrap();
            let done = write.connection().execute_unprepared(sql).await.unwrap();
            write.commit().await.unwrap();
            store.close().await;
            done.rows_affected()
        })
    }

    /// The key's thumbprint.
    pub fn thumbprint(&self) -> String {
        self.run(&["key", "show", "--json"]).done().json()["thumbprint"].as_str().unwrap().to_owned()
    }
}

pub fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

/// Rows of three practices without ids.
pub const PRACTICES: &str = r#"{"title": {"fr": "Un"}, "summary": {"fr": "x"}, "country": "MA", "sources": [{"title": "s"}]}
{"title": {"fr": "Deux", "en": "Two"}, "summary": {"fr": "x"}, "country": "MA", "sources": [{"title": "s"}]}

{"title": {"fr": "Trois"}, "summary": {"fr": "x"}, "country": "MA", "sources": [{"title": "s"}], "audience": "network"}
"#;

/// A server of canned answers by path: it answers every request until the test ends.
pub struct Canned {
    pub url: String,
}

impl Canned {
    /// `answers` is given the server's URL: pairs of path, content type and body.
    pub fn start(answers: impl FnOnce(&str) -> Vec<(&'static str, &'static str, String)>) -> Canned {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answers = answers(&url);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or_default();
                let found = answers.iter().find(|(known, ..)| *known == path);
                let (status, kind, body) = match found {
                    Some((_, kind, body)) => ("200 OK", *kind, body.as_str()),
                    None => ("404 Not Found", "text/plain", ""),
                };
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
            }
        });
        Canned { url }
    }
}

pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().unwrap().permissions().mode() & 0o777
}
