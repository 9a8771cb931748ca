//! The TypeScript example: its types are generated from the published schema, it is type-checked, and it runs.

use std::fs;

use serde_json::Value;

use super::queries;
use super::served::{Served, node};

const FOLDER: &str = "examples/typescript";

#[tokio::test(flavor = "multi_thread")]
async fn the_example_is_typed_by_the_schema_and_runs() {
    node(FOLDER, &["node_modules/@graphql-codegen/cli/esm/bin.js", "--config", "codegen.ts"]).await;
    node(FOLDER, &["node_modules/typescript/bin/tsc"]).await;

    let served = Served::start().await;
    let url = served.url();
    let run = async |arguments: &[&str]| node(FOLDER, &[&["build/main.js", &url], arguments].concat()).await;
    let portugals = run(&["list", "PT"]).await;
    assert_eq!(portugals.lines().count(), 4, "{portugals}");
    assert!(portugals.contains("PT  Plenary meetings, one of them open to civil society"), "{portugals}");

    let copies = tempfile::tempdir().unwrap();
    let copy = copies.path().join("copy.json");
    let file = copy.to_str().unwrap();
    let first = run(&["harvest", file]).await;
    let kept: Value = serde_json::from_str(&fs::read_to_string(&copy).unwrap()).unwrap();
    let count = kept["records"].as_object().unwrap().len();
    assert!(count > 200, "{first}");
    assert_eq!(first.trim(), format!("{count} changes, {count} records"));
    let again = run(&["harvest", file]).await;
    assert_eq!(again.trim(), format!("0 changes, {count} records"));

    served.indexed().await;
    let found = run(&["search", "civil society"]).await;
    assert!(found.contains("[civil society]") || found.contains("[civil] [society]"), "{found}");
    let since = queries::names(&served).await.remove("since").unwrap();
    let seen = run(&["follow", &since, "3"]).await;
    assert_eq!(seen.lines().count(), 3, "{seen}");
}
