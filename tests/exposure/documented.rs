//! The examples of docs/EXPOSURE.md are run, and say what stands there.

use std::{fs, process::Command};

use nmirf_hub::record::Audience;

use crate::support::Served;

/// Each `sh` block with the `text` block after it.
fn examples(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("```sh\n").skip(1);
    let parts = blocks.map(|rest| {
        let (script, rest) = rest.split_once("\n```\n```text\n").unwrap_or_else(|| panic!("no answer to {rest}"));
        let (said, _) = rest.split_once("\n```").unwrap();
        (script.to_owned(), said.to_owned())
    });
    parts.collect()
}

/// Whether a line says what is shown, `…` standing for anything.
fn is_as_shown(line: &str, shown: &str) -> bool {
    let mut rest = line;
    for (place, piece) in shown.split('…').enumerate() {
        match rest.find(piece) {
            Some(start) if start == 0 || place > 0 => rest = &rest[start + piece.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || shown.ends_with('…')
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_page_say_what_stands_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("count.graphql"), "{ practices { totalCount } }\n").unwrap();
    let open = Served::start().await;
    let locked = Served::with(|config| config.graphql.trusted_documents = Some(folder.path().to_owned())).await;
    for served in [&open, &locked] {
        served.publish(Audience::Public, 1, "Open meetings").await;
    }
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/EXPOSURE.md")).unwrap();
    let examples = examples(&page);
    assert!(examples.len() >= 5);
    let (hub, locked_hub) = (format!("http://{}", open.address), format!("http://{}", locked.address));
    for (script, shown) in examples {
        let mut bash = Command::new("bash");
        bash.args(["-euo", "pipefail", "-c", &script]).env("HUB", &hub).env("LOCKED", &locked_hub);
        let output = tokio::task::spawn_blocking(move || bash.output()).await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).replace('\r', "");
        let complaint = String::from_utf8_lossy(&output.stderr);
        let (lines, shown): (Vec<&str>, Vec<&str>) = (said.lines().collect(), shown.lines().collect());
        assert_eq!(lines.len(), shown.len(), "{script}\nsays {said}{complaint}");
        for (line, shown) in lines.into_iter().zip(shown) {
            assert!(is_as_shown(line, shown), "{script}\nsays {line}, not {shown}");
        }
    }
}
