//! The two queries that the demonstration asks, and their answers.

use std::sync::Arc;

use serde_json::Value;

use crate::{cli::Failure, graphql, hub::Hub};

/// A query with its answer.
pub struct Example {
    /// What it shows.
    pub title: &'static str,
    /// The query.
    pub query: &'static str,
    /// What the instance answered.
    pub answer: Value,
}

const BY_THEME: &str = r#"
{
  practices(filter: { themes: ["consultation"] }, first: 4) {
    totalCount
    nodes {
      title(language: "en") { text }
      countryName(language: "en") { text }
      compiled
      provenance { origin { name } revision confirmedAt isStale }
    }
    facets(fields: [REGION]) { buckets { value count } }
  }
}
"#;

const IN_FRENCH: &str = r#"
{
  practices(filter: { countries: ["PT", "CR", "MA"] }, first: 4, orderBy: { field: COUNTRY }) {
    nodes {
      countryName(language: "fr") { text }
      summary(language: "fr") { text language isOriginal available }
      provenance { origin { name } }
    }
  }
}
"#;

/// Asks one instance about the whole network.
pub async fn run(hub: &Arc<Hub>) -> Result<Vec<Example>, Failure> {
    let mut examples = Vec::new();
    for (title, query) in [
        ("By theme, across countries; who says it and how fresh it is:", BY_THEME),
        ("Summaries in French; where there is none, the answer says in which language it is:", IN_FRENCH),
    ] {
        let answer = graphql::ask(hub.clone(), query).await;
        if answer.get("errors").is_some() {
            return Err(Failure::failed(format!("an example query failed: {answer}")));
        }
        examples.push(Example { title, query, answer });
    }
    Ok(examples)
}
