//! The script of docs/OPERATIONS.md: a network from an empty folder by commands alone, with the real program.

#![allow(clippy::unwrap_used)]

use std::{
    net::TcpListener,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Ports that the script uses, from the first on.
const PORTS: u16 = 5;
/// On a busy machine; it takes about a minute on a quiet one.
const LONGEST: Duration = Duration::from_secs(600);

fn free_ports() -> u16 {
    let mut first = 20_000 + u16::try_from(std::process::id() % 9_000).unwrap();
    loop {
        let taken: Vec<_> =
            (first..first + PORTS).map_while(|port| TcpListener::bind(("127.0.0.1", port)).ok()).collect();
        if taken.len() == usize::from(PORTS) {
            return first;
        }
        first += PORTS;
    }
}

#[test]
fn a_network_is_run_by_commands_from_an_empty_folder_to_another_coordinator() {
    let folder = tempfile::tempdir().unwrap();
    let said = std::fs::File::create(folder.path().join("said")).unwrap();
    let mut script = Command::new("bash")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/operations/network.sh"))
        .env("HUB", env!("CARGO_BIN_EXE_nmirf-hub"))
        .env("DIR", folder.path())
        .env("PORT", free_ports().to_string())
        .stdin(Stdio::null())
        .stdout(said.try_clone().unwrap())
        .stderr(said)
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = script.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > LONGEST {
            // The script's trap ends its servers, which a kill of it alone would not.
            Command::new("kill").arg(script.id().to_string()).status().unwrap();
            break script.wait().unwrap();
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    let said = std::fs::read_to_string(folder.path().join("said")).unwrap();
    assert!(status.success() && said.contains("== Done"), "{said}");
}
