//! Automatic persisted queries with the client that made them up.

use std::{path::Path, process::Command};

use nmirf_hub::record::Audience;

use crate::support::Served;

#[tokio::test(flavor = "multi_thread")]
async fn apollos_client_persists_its_queries() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exposure");
    assert!(
        folder.join("node_modules/@apollo/client").is_dir(),
        "Apollo's client is not installed: run `npm ci` in tests/exposure, or tests/run, which does it"
    );
    let served = Served::start().await;
    served.publish(Audience::Public, 1, "Open meetings").await;
    let url = served.url();
    let node = move || Command::new("node").arg("persisted.mjs").arg(&url).current_dir(&folder).output();
    let output = tokio::task::spawn_blocking(node).await.unwrap();
    let output = output.expect("node can be started: install Node 20 or later");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("post: hash, text, hash\nget: hash, hash"), "{said}");
}
