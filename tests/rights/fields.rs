//! A request for each field of the roots, made from the schema: every needed argument gets a value that names nothing
//! here, so that whoever may do it changes nothing.

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};
use nmirf_hub::graphql::sdl;
use std::collections::BTreeMap;

/// A field of a root.
pub struct Field {
    /// `Query.practices`.
    pub name: String,
    /// A document that asks for it.
    pub request: String,
}

/// Every field of every root.
pub fn of_the_roots() -> Vec<Field> {
    let types: BTreeMap<String, TypeDefinition> = parse_schema(sdl())
        .unwrap()
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some((definition.node.name.node.to_string(), definition.node)),
            _ => None,
        })
        .collect();
    let mut fields = Vec::new();
    for (root, word) in [("Query", "query"), ("Mutation", "mutation"), ("Subscription", "subscription")] {
        let Some(TypeKind::Object(object)) = types.get(root).map(|definition| &definition.kind) else { continue };
        for field in &object.fields {
            let name = field.node.name.node.to_string();
            if name.starts_with('_') {
                continue;
            }
            let request = format!(
                "{word} {{ {name}{}{} }}",
                arguments(&types, &field.node),
                selection(&types, &field.node.ty.node)
            );
            fields.push(Field { name: format!("{root}.{name}"), request });
        }
    }
    assert!(fields.len() > 20, "the schema has roots");
    fields
}

fn arguments(types: &BTreeMap<String, TypeDefinition>, field: &FieldDefinition) -> String {
    let given: Vec<String> = field
        .arguments
        .iter()
        .filter(|argument| is_needed(&argument.node))
        .map(|argument| format!("{}: {}", argument.node.name.node, value(types, &argument.node)))
        .collect();
    // The one field with two arguments of which exactly one is needed.
    match (field.name.node.as_str(), given.is_empty()) {
        ("mechanism", true) => "(country: \"MA\")".to_owned(),
        (_, true) => String::new(),
        (_, false) => format!("({})", given.join(", ")),
    }
}

fn is_needed(argument: &InputValueDefinition) -> bool {
    !argument.ty.node.nullable && argument.default_value.is_none()
}

fn value(types: &BTreeMap<String, TypeDefinition>, argument: &InputValueDefinition) -> String {
    let name = argument.name.node.as_str();
    of_type(types, name, &argument.ty.node)
}

fn of_type(types: &BTreeMap<String, TypeDefinition>, name: &str, ty: &Type) -> String {
    let word = match &ty.base {
        BaseType::List(item) => return format!("[{}]", of_type(types, name, item)),
        BaseType::Named(word) => word.as_str(),
    };
    match word {
        "ID" => "\"AAAAAAAAAAAAAAAAAAAAAA\"".to_owned(),
        "Int" => "987654".to_owned(),
        "Boolean" => "true".to_owned(),
        "CountryCode" => "\"ZW\"".to_owned(),
        "Date" => "\"2026-01-01\"".to_owned(),
        "LanguageTag" => "\"en\"".to_owned(),
        "URL" => "\"https://nobody.example\"".to_owned(),
        _ if name == "entityId" => "\"https://nobody.example\"".to_owned(),
        _ => match types.get(word).map(|definition| &definition.kind) {
            Some(TypeKind::Enum(values)) => values.values[0].node.value.node.to_string(),
            Some(TypeKind::InputObject(input)) => {
                let needed = input.fields.iter().filter(|field| is_needed(&field.node));
                let needed: Vec<String> =
                    needed.map(|field| format!("{}: {}", field.node.name.node, value(types, &field.node))).collect();
                format!("{{ {} }}", needed.join(", "))
            }
            _ => "\"nothing\"".to_owned(),
        },
    }
}

fn selection(types: &BTreeMap<String, TypeDefinition>, ty: &Type) -> String {
    let word = match &ty.base {
        BaseType::List(item) => return selection(types, item),
        BaseType::Named(word) => word.as_str(),
    };
    match types.get(word).map(|definition| &definition.kind) {
        Some(TypeKind::Object(object)) => {
            let counts = object.fields.iter().any(|field| field.node.name.node == "totalCount");
            if counts { " { totalCount }".to_owned() } else { " { __typename }".to_owned() }
        }
        Some(TypeKind::Interface(_) | TypeKind::Union(_)) => " { __typename }".to_owned(),
        _ => String::new(),
    }
}
