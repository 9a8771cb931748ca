//! The page for client developers: every worked query on it is asked, and its answer is the one that is shown.
//! `UPDATE_DOCS=1` writes both anew.

use std::fs;

use serde_json::Value;

use super::queries::{Names, Query, names};
use super::served::{Served, folder};

const PAGE: &str = "docs/GRAPHQL.md";

/// Names whose values differ from database to database.
const NOT_SHOWN: [&str; 1] = ["since"];

#[tokio::test(flavor = "multi_thread")]
async fn the_worked_queries_are_answered_as_the_page_shows() {
    let served = Served::start().await;
    let names = names(&served).await;
    served.indexed().await;
    let (mut page, mut faults) = (fs::read_to_string(folder(PAGE)).unwrap(), Vec::new());
    let queries = Query::all();
    assert!(queries.len() >= 20);
    for query in &queries {
        let answer = query.ask(&served, &names).await;
        if query.is_a_mistake() != answer.get("errors").is_some() || finds_nothing(&answer) {
            faults.push(format!("{} is answered with {answer}", query.name));
        }
        let block = block(query, &names, &answer);
        match put(&page, &query.name, &block) {
            Some(changed) => page = changed,
            None => faults.push(format!("{PAGE} has no place for {0}: <!-- query {0} --> … <!-- end -->", query.name)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    is_up_to_date(PAGE, &page);
}

/// An answer that shows a reader nothing.
fn finds_nothing(answer: &Value) -> bool {
    answer.to_string().contains("\"totalCount\":0,")
}

fn block(query: &Query, names: &Names, answer: &Value) -> String {
    let mut block = format!("```graphql\n{}\n```\n", query.text);
    if query.variables.is_some() {
        let shown = names.iter().map(|(name, value)| match NOT_SHOWN.contains(name) {
            true => (*name, "…".to_owned()),
            false => (*name, value.clone()),
        });
        let variables = query.filled(&shown.collect()).unwrap();
        block += &format!("```json\n{}\n```\n", narrow(&variables));
    }
    let asked = [
        query.language().map(|language| format!("`Accept-Language: {language}`")),
        query.role().map(|role| format!("`Authorization: Bearer …` of somebody with the role `{role}`")),
    ];
    let asked: Vec<String> = asked.into_iter().flatten().collect();
    if !asked.is_empty() {
        block += &format!("with {}\n", asked.join(", "));
    }
    block += &format!("```json\n{}\n```\n", narrow(answer));
    block
}

/// JSON in as few lines as are easily read: what fits a line stands on one.
fn narrow(value: &Value) -> String {
    written(value, 0, 0)
}

fn written(value: &Value, indent: usize, taken: usize) -> String {
    const WIDTH: usize = 110;
    let flat = flat(value);
    if indent * 2 + taken + flat.chars().count() <= WIDTH {
        return flat;
    }
    let pad = "  ".repeat(indent + 1);
    let end = "  ".repeat(indent);
    match value {
        Value::Object(members) => {
            let member = |(name, member): (&String, &Value)| {
                format!("{pad}\"{name}\": {}", written(member, indent + 1, name.len() + 4))
            };
            format!("{{\n{}\n{end}}}", members.iter().map(member).collect::<Vec<_>>().join(",\n"))
        }
        Value::Array(items) => {
            let item = |item: &Value| format!("{pad}{}", written(item, indent + 1, 0));
            format!("[\n{}\n{end}]", items.iter().map(item).collect::<Vec<_>>().join(",\n"))
        }
        _ => flat,
    }
}

fn flat(value: &Value) -> String {
    match value {
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| format!("\"{name}\": {}", flat(member)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(flat).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// The page with this text at the place of a query; none where it has no such place.
fn put(page: &str, name: &str, block: &str) -> Option<String> {
    let (before, rest) = page.split_once(&format!("<!-- query {name} -->\n"))?;
    let (_, after) = rest.split_once("<!-- end -->")?;
    Some(format!("{before}<!-- query {name} -->\n{block}<!-- end -->{after}"))
}

/// Compares a page with what it should be; writes it when told to.
pub fn is_up_to_date(path: &str, wanted: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(folder(path), wanted).unwrap();
        return;
    }
    let there = fs::read_to_string(folder(path)).unwrap_or_default();
    let place = there.lines().zip(wanted.lines()).position(|(there, wanted)| there != wanted);
    let line = place.map_or(there.lines().count().min(wanted.lines().count()), |place| place) + 1;
    assert!(
        there == wanted,
        "{path} differs from line {line} on: run the test with UPDATE_DOCS=1 and look at the difference"
    );
}
