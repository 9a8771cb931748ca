//! Who may do what: every field of the roots and every endpoint, asked by everybody. `matrix.txt` is the table; the test
//! writes it with UPDATE_RIGHTS=1 and fails when the hub does otherwise. What the table does not cover stands in
//! `not-covered.txt`, which is empty: a new field or endpoint shows up there.
#![allow(clippy::unwrap_used)]

mod endpoints;
mod fields;
mod people;
#[path = "../federation_serve/support/mod.rs"]
#[allow(dead_code)]
mod support;

use std::path::Path;

use people::{Asking, Table};

#[tokio::test(flavor = "multi_thread")]
async fn who_may_do_what_is_as_the_table_says() {
    let asking = Asking::start().await;
    let mut table = Table::new();
    table.section("Fields of the roots");
    for field in fields::of_the_roots() {
        table.row(&field.name, asking.fields(&field.request).await);
    }
    table.section("What a record, a list or an instance tells");
    for (name, query, pointer) in asking.told() {
        table.row(name, asking.told_values(&query, pointer).await);
    }
    table.section("Endpoints");
    let mut uncovered = Vec::new();
    for route in endpoints::of_the_router() {
        match endpoints::sample(&route) {
            Some(requests) => {
                for request in requests {
                    table.row(&request.to_string(), asking.endpoint(&request).await);
                }
            }
            None => uncovered.push(route),
        }
    }
    same("matrix.txt", &table.text());
    same("not-covered.txt", &uncovered.join("\n"));
}

/// Compares with a file of this folder, or writes it.
fn same(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rights").join(file);
    if std::env::var_os("UPDATE_RIGHTS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (kept, now) in kept.lines().zip(text.lines()) {
        assert_eq!(kept, now, "{file}; if this is meant, write it with UPDATE_RIGHTS=1");
    }
    assert_eq!(kept.lines().count(), text.lines().count(), "{file}; if this is meant, write it with UPDATE_RIGHTS=1");
}
