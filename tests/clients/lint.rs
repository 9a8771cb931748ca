//! The published schema under the rules of `@graphql-eslint`.

use super::served::node;

#[tokio::test]
async fn the_schema_passes_the_rules_for_schemas_and_for_relay() {
    let said = node("tests/clients", &["lint.mjs"]).await;
    let rules: usize = said.split(' ').next().unwrap().parse().unwrap();
    assert!(rules > 20, "the sets of rules are empty: {said}");
    assert!(said.trim_end().ends_with(" 0 complaints"), "{said}");
}
