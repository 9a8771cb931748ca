//! A hub that answers listed documents only.

use std::{fs, path::Path, process::Command};

use nmirf_hub::{access::Role, graphql::http::DocumentId, record::Audience};
use serde_json::json;

use crate::support::{Served, query};

const LISTED: &str = "query Titles($first: Int) { practices(first: $first) { nodes { title { text } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_hub_answers_its_list_by_text_and_by_hash() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("titles.graphql"), format!("{LISTED}\n")).unwrap();
    let served = Served::with(|config| config.graphql.trusted_documents = Some(folder.path().to_owned())).await;
    served.publish(Audience::Public, 1, "Open meetings").await;
    let id = DocumentId::of(LISTED).to_string();
    let hash = id.strip_prefix("sha256:").unwrap();
    for body in [
        json!({"query": LISTED}),
        json!({"documentId": id, "variables": {"first": 1}}),
        json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}}),
    ] {
        let answer = served.post(&body.to_string()).await;
        assert!(answer.contains("Open meetings"), "{answer}");
    }
    let by_get = served.send(&format!("GET /graphql?documentId={id} HTTP/1.1"), "").await;
    assert!(by_get.contains("Open meetings"), "{by_get}");
    let token = served.token("ana", Role::Administrator).await;
    let signed_in =
        format!("POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\nauthorization: Bearer {token}");
    let introspection = include_str!("../graphql_http/introspection.graphql");
    for text in ["{ practices { totalCount } }", introspection, "mutation { __typename }"] {
        for answer in [served.post(&query(text)).await, served.send(&signed_in, &query(text)).await] {
            assert!(answer.contains("\"code\":\"DOCUMENT_NOT_TRUSTED\""), "{text}: {answer}");
        }
    }
    let page = served.send("GET /graphiql HTTP/1.1", "").await;
    assert!(page.contains("This hub answers listed documents only."));
}

#[test]
fn a_list_that_cannot_be_kept_stops_the_start_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let hub = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_nmirf-hub");
        Command::new(program).args(arguments).current_dir(folder.path()).output().unwrap()
    };
    let made = hub(&[
        "--config",
        "hub.toml",
        "init",
        "--entity-id",
        "http://127.0.0.1:4999",
        "--name",
        "Hub",
        "--country",
        "MA",
    ]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let serve = |documents: &str| {
        let setting = format!("graphql.trusted_documents={documents}");
        let arguments = ["--config", "hub.toml", "--set", "listen.address=127.0.0.1:0", "--set", &setting, "serve"];
        let output = hub(&arguments);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("empty/notes.txt", "");
    write("broken/a.graphql", "{ practices {");
    write("deep/a.graphql", &format!("{{ {} __typename {} }}", "a { ".repeat(40), "}".repeat(40)));
    for (documents, wanted) in [
        ("nowhere", "graphql.trusted_documents: there is no folder"),
        ("empty", "has no file *.graphql"),
        ("broken", "a.graphql: The document cannot be parsed"),
        ("deep", "a.graphql: The document goes"),
    ] {
        let (status, said) = serve(documents);
        assert_eq!(status, Some(2), "{documents}: {said}");
        assert!(said.contains(wanted), "{documents}: {said}");
    }
    assert!(Path::new(folder.path()).join("hub.db").exists());
}
