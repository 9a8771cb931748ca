//! No secret and no personal data in logs, errors or journals: what is planted is looked for everywhere.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::support::Instance;

const PERSON: &str = "Zora Plantedperson";
const EMAIL: &str = "zora.planted@example.org";
const TELEPHONE: &str = "+41 555 0199 77";
const PASSWORD: &str = "a-planted-password-77";
const DRAFT: &str = "Planted words of a draft";

/// A server of the program itself, with its log in a file; ended with the test.
struct Server {
    child: Child,
    address: String,
    log: std::path::PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(instance: &Instance) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap().to_string();
        drop(free);
        let log = instance.path("log.txt");
        let child = Command::new(env!("CARGO_BIN_EXE_nmirf-hub"))
            .args(["--config", &instance.path("hub.toml").display().to_string(), "serve"])
            .env("NMIRF_HUB__LISTEN__ADDRESS", &address)
            .env("NMIRF_HUB__TELEMETRY__LOG", "debug")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let server = Self { child, address, log };
        let begun = Instant::now();
        while TcpStream::connect(&server.address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(60), "it does not serve: {}", server.said());
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn send(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let request = format!(
            "{head}\r\nhost: {}\r\nsec-fetch-site: same-origin\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn graphql(&self, token: Option<&str>, query: &str) -> (String, Value) {
        let bearer = token.map(|token| format!("\r\nauthorization: Bearer {token}")).unwrap_or_default();
        let head = format!("POST /graphql HTTP/1.1\r\ncontent-type: application/json{bearer}");
        let answer = self.send(&head, &json!({ "query": query }).to_string());
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        (answer.clone(), serde_json::from_str(body).unwrap_or_else(|_| panic!("{query}: {answer}")))
    }
}

#[test]
fn what_is_planted_is_found_in_no_log_no_error_and_no_journal() {
    let instance = Instance::coordinator();
    let invited = instance.run(&["user", "add", "amina", "--role", "coordinator"]).done().out;
    let invitation =
        invited.split("/sign-in/invitation/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let issue = ["token", "issue", "--for", "planter", "--role", "coordinator", "--ttl", "1h"];
    let token = instance.run(&issue).done().out.trim().to_owned();
    instance.run(&["member", "add", "CH", "--name", "en=Mechanism", "--from", "2026-01-01"]).done();
    let add = ["member", "focal-points", "--add", "CH", "--name", PERSON, "--email", EMAIL, "--telephone", TELEPHONE];
    let added = instance.run(&add).done();
    let wrong = instance.run(&["member", "focal-points", "--add", "XX", "--name", PERSON, "--email", EMAIL]);
    assert_ne!(wrong.status, 0);

    let server = Server::start(&instance);
    let form = "content-type: application/x-www-form-urlencoded";
    let chosen = format!("password={PASSWORD}&again={PASSWORD}");
    let welcomed = server.send(&format!("POST /en/sign-in/invitation/{invitation} HTTP/1.1\r\n{form}"), &chosen);
    assert!(welcomed.starts_with("HTTP/1.1 303"), "{welcomed}");
    let cookie = welcomed.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let session = cookie.split(';').next().unwrap().split_once('=').unwrap().1.to_owned();
    let wrong =
        server.send(&format!("POST /en/sign-in HTTP/1.1\r\n{form}"), &format!("name=amina&password={PASSWORD}x"));
    assert!(wrong.starts_with("HTTP/1.1 401"), "{wrong}");

    let (_, members) = server.graphql(Some(&token), "{ members { nodes { id focalPoints { name email } } } }");
    assert_eq!(members["data"]["members"]["nodes"][0]["focalPoints"][0]["name"], PERSON, "who may, sees the person");
    let draft = format!(
        r#"mutation {{ createPractice(input: {{ country: "CH", title: [{{ language: "en", text: "{DRAFT}" }}], summary: [{{ language: "en", text: "x" }}] }}) {{ draft {{ id }} userErrors {{ message }} }} }}"#
    );
    let (_, written) = server.graphql(Some(&token), &draft);
    assert_ne!(written["data"]["createPractice"]["draft"], Value::Null, "{written}");

    let anybody = [
        server.graphql(None, "{ members { nodes { id focalPoints { name email } } } }").0,
        server.graphql(None, &format!(r#"{{ node(id: "focalPoint:{}") {{ id }} }}"#, added.out)).0,
        server.graphql(None, r#"{ practices { totalCount nodes { title { text } } } }"#).0,
        server.graphql(None, "{ auditLog { nodes { actor target } } }").0,
        server.graphql(Some("planted.token.bad"), "{ viewer { name } }").0,
        server.send("GET /federation/v1/journals HTTP/1.1", ""),
        server.send("GET /federation/v1/state HTTP/1.1", ""),
        server.send("GET /.well-known/openid-federation HTTP/1.1", ""),
        server.send("GET /health/ready HTTP/1.1", ""),
    ];
    let export = instance.run(&["export", "--format", "jsonl"]).done().out;
    let audit = instance.run(&["audit", "--format", "jsonl"]).done().out;
    let signed = signed_texts(&instance);
    assert!(signed.contains("Mechanism"), "the journals have been read");
    let log = server.said();
    assert!(log.contains("/sign-in"), "the log has been read: {log}");
    drop(server);

    let personal = [PERSON, EMAIL, TELEPHONE, "zora.planted", DRAFT];
    let secret = [PASSWORD, token.as_str(), invitation.as_str(), session.as_str()];
    let public = [&anybody.join("\n"), &log, &export, &signed, &audit, &instance.run(&["doctor"]).out];
    for (place, text) in ["answers", "log", "export", "journals", "audit", "doctor"].into_iter().zip(public) {
        for planted in personal.iter().chain(&secret) {
            assert!(!text.contains(planted), "{planted} stands in the {place}");
        }
    }
    let database = fs::read(instance.path("hub.db")).unwrap();
    let log_ahead = fs::read(instance.path("hub.db-wal")).unwrap_or_default();
    for planted in secret {
        let found = |bytes: &[u8]| bytes.windows(planted.len()).any(|window| window == planted.as_bytes());
        assert!(!found(&database) && !found(&log_ahead), "a secret is kept as it is: {planted}");
    }
}

/// What this instance has signed, with the bodies as they stand in it.
fn signed_texts(instance: &Instance) -> String {
    use nmirf_hub::journal::encoding::from_base64url;
    use sea_orm::{ConnectionTrait, Statement};
    crate::support::wait(async {
        let store = instance.store().await;
        let rows = Statement::from_string(store.backend(), "SELECT jws FROM revisions");
        let rows = store.read().query_all_raw(rows).await.unwrap();
        let jws: Vec<String> = rows.iter().map(|row| row.try_get("", "jws").unwrap()).collect();
        store.close().await;
        let body = |jws: &String| from_base64url(jws.split('.').nth(1).unwrap()).unwrap();
        jws.iter().map(|jws| String::from_utf8(body(jws)).unwrap()).collect::<Vec<_>>().join("\n")
    })
}
