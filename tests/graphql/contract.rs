//! The schema against its contract (`tests/contract/schema.graphql`): nothing is missing but what is listed here, nothing
//! is different, everything is described.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition};
use nmirf_hub::graphql::guard::rules::CostRules;
use nmirf_hub::graphql::guard::{Guard, Limits};
use nmirf_hub::graphql::sdl;

/// What the contract has and the schema not yet, each with what brings it: a type, `Type.field`, or `Type.field.argument`.
const LATER: &str = include_str!("later.txt");

/// What a place of a schema says: its type, default, description.
type Places = BTreeMap<String, String>;

fn places(sdl: &str) -> Places {
    let mut places = Places::new();
    for definition in parse_schema(sdl).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let (name, description) = (definition.node.name.node.to_string(), definition.node.description);
        let description = description.map(|text| text.node.trim().to_owned()).unwrap_or_default();
        let is = |what: &str, implements: &[_]| {
            let implements: BTreeSet<String> = implements
                .iter()
                .map(|name: &async_graphql::Positioned<async_graphql::Name>| name.node.to_string())
                .collect();
            format!("{what} {implements:?} {description:?}")
        };
        let what = match &definition.node.kind {
            TypeKind::Scalar => {
                let arguments = definition.node.directives.iter().flat_map(|each| &each.node.arguments);
                let arguments = arguments.map(|(name, value)| format!(" {}: {}", name.node, value.node));
                format!("{}{}", is("scalar", &[]), arguments.collect::<String>())
            }
            TypeKind::Object(object) => {
                fields(&mut places, &name, &object.fields);
                is("object", &object.implements)
            }
            TypeKind::Interface(interface) => {
                fields(&mut places, &name, &interface.fields);
                is("interface", &interface.implements)
            }
            TypeKind::Union(_) => is("union", &[]),
            TypeKind::Enum(values) => {
                for value in &values.values {
                    let description = value.node.description.as_ref().map(|text| text.node.trim().to_owned());
                    places.insert(
                        format!("{name}.{}", value.node.value.node),
                        format!("{:?}", description.unwrap_or_default()),
                    );
                }
                is("enum", &[])
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    let field = &field.node;
                    places.insert(format!("{name}.{}", field.name.node), input_value(field));
                }
                is("input", &[])
            }
        };
        places.insert(name, what);
    }
    places
}

fn fields(places: &mut Places, owner: &str, fields: &[async_graphql::Positioned<FieldDefinition>]) {
    for field in fields {
        let field = &field.node;
        let place = format!("{owner}.{}", field.name.node);
        for argument in &field.arguments {
            places.insert(format!("{place}.{}", argument.node.name.node), input_value(&argument.node));
        }
        let description = field.description.as_ref().map(|text| text.node.trim().to_owned()).unwrap_or_default();
        places.insert(place, format!("{} {description:?}", field.ty.node));
    }
}

fn input_value(value: &InputValueDefinition) -> String {
    let description = value.description.as_ref().map(|text| text.node.trim().to_owned()).unwrap_or_default();
    let default = value.default_value.as_ref().map(|default| format!(" = {}", default.node)).unwrap_or_default();
    format!("{}{default} {description:?}", value.ty.node)
}

fn contract() -> Places {
    // The parser knows no description of the schema itself.
    let contract = include_str!("../contract/schema.graphql");
    places(&contract[contract.find("schema {").unwrap()..])
}

fn later() -> BTreeSet<&'static str> {
    let lines = LATER.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_whitespace().next()).collect()
}

/// Whether a place or what it stands in is on the list.
fn is_later(place: &str, later: &BTreeSet<&str>) -> bool {
    let ends = place.match_indices('.').map(|(end, _)| end).chain([place.len()]);
    ends.map(|end| &place[..end]).any(|part| later.contains(part))
}

#[test]
fn nothing_of_the_contract_is_missing_but_what_comes_later() {
    let (ours, later) = (places(&sdl()), later());
    let contract = contract();
    let missing: Vec<_> =
        contract.keys().filter(|place| !ours.contains_key(*place) && !is_later(place, &later)).collect();
    assert_eq!(missing, Vec::<&String>::new());
    let arrived: Vec<_> = later.iter().filter(|place| ours.contains_key(**place)).collect();
    assert_eq!(arrived, Vec::<&&str>::new(), "strike them off the list");
    let unknown: Vec<_> = later.iter().filter(|place| !contract.contains_key(**place)).collect();
    assert_eq!(unknown, Vec::<&&str>::new(), "the contract has no such place");
}

#[test]
fn what_the_contract_has_is_the_same_here() {
    let (ours, contract) = (places(&sdl()), contract());
    assert!(ours.len() > 600, "{}", ours.len());
    let different: Vec<_> = ours
        .iter()
        .filter_map(|(place, here)| Some((place, here, contract.get(place)?)))
        .filter(|(_, here, there)| here != there)
        .map(|(place, here, there)| format!("{place}\n  here:     {here}\n  contract: {there}"))
        .collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
    let added: Vec<_> = ours.keys().filter(|place| !contract.contains_key(*place)).collect();
    assert_eq!(added, Vec::<&String>::new(), "more may be added: say so in the contract test");
}

#[test]
fn everything_is_described() {
    let bare: Vec<_> =
        places(&sdl()).into_iter().filter(|(_, what)| what.contains(" \"\"") || what == "\"\"").collect();
    assert_eq!(bare, Vec::new());
}

#[test]
fn the_schema_that_is_checked_in_is_that_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    let now = sdl();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert!(checked_in == now, "schema.graphql differs: run the test with UPDATE_SCHEMA=1 and look at the difference");
}

#[test]
fn every_list_has_a_cost() {
    let guard = Guard::new(&sdl(), &CostRules::of_the_hub(), Limits::default()).unwrap();
    assert_eq!(guard.uncovered(), Vec::<String>::new());
}

/// A failed field that must not be null leaves its key out of the answer, so a resolver that can fail gives an `Option`.
#[test]
fn what_can_fail_may_be_null() {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/graphql"))];
    let (mut resolvers, mut failing) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = std::fs::read_to_string(&entry).unwrap();
            let objects = text.split("#[Object").skip(1).chain(text.split("macro_rules! record_object").skip(1));
            for object in objects.map(|object| object.split("\n}\n").next().unwrap()) {
                // The transport gives no data where a field of the root of mutations failed.
                let changes = |line: &str| line.contains("Mutations {") || line.contains("$mutations {");
                if object.lines().take(2).any(|line| line.trim_start().starts_with("impl ") && changes(line)) {
                    continue;
                }
                for resolver in object.split("async fn ").skip(1) {
                    let head = resolver.split(" {\n").next().unwrap();
                    let gives = head.rsplit("-> ").next().unwrap();
                    resolvers += 1;
                    if gives.contains("Result<") && !gives.contains("Result<Option<") {
                        failing.push(format!("{}: {}", entry.display(), head.split('(').next().unwrap()));
                    }
                }
            }
        }
    }
    assert!(resolvers > 150, "{resolvers}");
    // Not resolvers: what fetches from the store.
    failing.retain(|each| !each.contains("/fetched.rs") && !each.contains("/http/"));
    assert_eq!(failing, Vec::<String>::new());
}
