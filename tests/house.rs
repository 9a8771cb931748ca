//! Arrows point inward (docs/ARCHITECTURE.md): a room uses only the rooms that it may know.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Which room may know which.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("record", &[]),
    ("store", &[]),
    ("audit", &["store"]),
    ("texts", &["record"]),
    ("table", &["record"]),
    ("journal", &["record", "store"]),
    ("catalog", &["record"]),
    ("search", &["record", "catalog"]),
    ("address", &["record", "catalog", "search"]),
    ("register", &["record", "store", "journal", "audit"]),
    ("editorial", &["record", "store", "journal", "audit", "texts"]),
    ("access", &["record", "store", "journal", "audit", "config"]),
    ("wire", &["record", "journal"]),
    ("config", &["record"]),
    ("telemetry", &["config"]),
    (
        "hub",
        &[
            "record",
            "store",
            "journal",
            "catalog",
            "search",
            "register",
            "editorial",
            "access",
            "audit",
            "texts",
            "wire",
            "config",
        ],
    ),
    ("import", &["record", "store", "journal", "audit", "config", "hub", "table"]),
    ("federation", &["record", "store", "journal", "catalog", "register", "audit", "wire", "config", "hub"]),
    (
        "graphql",
        &[
            "record",
            "store",
            "journal",
            "catalog",
            "search",
            "register",
            "editorial",
            "access",
            "audit",
            "texts",
            "config",
            "hub",
            "federation",
        ],
    ),
    (
        "export",
        &[
            "record",
            "store",
            "journal",
            "audit",
            "catalog",
            "search",
            "access",
            "config",
            "hub",
            "federation",
            "graphql",
            "table",
            "address",
            "texts",
        ],
    ),
    (
        "pages",
        &[
            "record",
            "store",
            "journal",
            "audit",
            "texts",
            "table",
            "catalog",
            "search",
            "address",
            "register",
            "editorial",
            "access",
            "config",
            "hub",
            "federation",
            "graphql",
            "import",
            "export",
        ],
    ),
    (
        "http",
        &[
            "export",
            "pages",
            "record",
            "search",
            "config",
            "hub",
            "federation",
            "graphql",
            "store",
            "journal",
            "register",
            "catalog",
            "access",
            "audit",
            "texts",
        ],
    ),
    ("serving", &["config", "hub", "federation", "graphql", "http", "journal", "store"]),
];

#[test]
fn a_room_uses_only_the_rooms_that_it_may_know() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (room, may_know) in MAY_KNOW {
        for file in files_of(&source, room) {
            let text = fs::read_to_string(&file).unwrap();
            for known in rooms_named(without_tests(&text)) {
                if known != *room && !may_know.contains(&known.as_str()) {
                    wrong.push(format!("{} uses {known}", file.strip_prefix(&source).unwrap().display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that point outward:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_but_the_command_line_has_its_arrows() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = fs::read_to_string(source.join("lib.rs")).unwrap();
    let rooms: BTreeSet<&str> =
        map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let listed: BTreeSet<&str> = MAY_KNOW.iter().map(|(room, _)| *room).chain(["cli"]).collect();
    assert_eq!(rooms, listed);
}

fn files_of(source: &Path, room: &str) -> Vec<PathBuf> {
    let single = source.join(format!("{room}.rs"));
    if single.is_file() {
        return vec![single];
    }
    let mut files = Vec::new();
    let mut folders = vec![source.join(room)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    assert!(!files.is_empty(), "no file in the room {room}");
    files
}

/// Unit tests stand at the end of a file and may look wherever they need to.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Every `crate::room`, and every room in `use crate::{…}`.
fn rooms_named(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => rooms.extend(heads_of_list(list)),
            None => rooms.extend(word(rest)),
        }
    }
    rooms
}

fn heads_of_list(list: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, Vec::new(), true);
    for (place, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            character if start && depth == 0 && character.is_alphabetic() => {
                heads.extend(word(&list[place..]));
                start = false;
            }
            _ => {}
        }
    }
    heads
}

fn word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
    (!word.is_empty()).then_some(word)
}
