//! A real browser on a hub: runs a script of `tests/pages` and fails with what it says.

use std::{
    path::Path,
    process::{Command, Stdio},
};

/// Runs `node SCRIPT BASE ARGUMENTS…` and gives what it printed.
pub async fn browse(base: &str, script: &str, arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    assert!(folder.join("node_modules").is_dir(), "npm ci in tests/pages, once");
    let mut node = Command::new("node");
    node.arg(folder.join(script)).arg(base).args(arguments).current_dir(&folder).stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || node.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{script}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}
