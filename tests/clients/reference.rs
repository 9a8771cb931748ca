//! The reference of the schema, a page for each kind of types, written from the schema itself. `UPDATE_DOCS=1` writes it
//! anew.

use std::collections::BTreeMap;
use std::fmt::Write;

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use nmirf_hub::graphql::sdl;

use super::page::is_up_to_date;

/// Pages: name, title, what stands on it.
const PAGES: [(&str, &str, &str); 6] = [
    ("queries", "Queries", "What can be read: the fields of `Query`."),
    ("mutations", "Mutations", "What can be changed: the fields of `Mutation`."),
    ("subscriptions", "Subscriptions", "What can be followed: the fields of `Subscription`."),
    ("types", "Types", "Objects, interfaces and unions."),
    ("inputs", "Inputs", "What arguments are made of."),
    ("enums", "Enums and scalars", "Closed lists of words, and values of one piece."),
];

/// On which page a type stands.
type Places = BTreeMap<String, &'static str>;

fn page_of(name: &str, kind: &TypeKind) -> &'static str {
    match (name, kind) {
        ("Query", _) => "queries",
        ("Mutation", _) => "mutations",
        ("Subscription", _) => "subscriptions",
        (_, TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)) => "types",
        (_, TypeKind::InputObject(_)) => "inputs",
        (_, TypeKind::Enum(_) | TypeKind::Scalar) => "enums",
    }
}

#[test]
fn the_reference_is_that_of_the_schema() {
    let document = parse_schema(sdl()).unwrap();
    let mut types: Vec<&TypeDefinition> = document
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(&definition.node),
            _ => None,
        })
        .collect();
    types.sort_by_key(|definition| definition.name.node.as_str());
    let name = |definition: &TypeDefinition| definition.name.node.to_string();
    let places: Places = types.iter().map(|each| (name(each), page_of(&each.name.node, &each.kind))).collect();
    assert!(places.len() > 100, "{}", places.len());
    let mut index = format!("# Reference\n{WRITTEN}\n\n");
    for (page, title, about) in PAGES {
        let here: Vec<_> = types.iter().filter(|each| places[each.name.node.as_str()] == page).collect();
        if here.is_empty() {
            continue;
        }
        let mut text = format!("# {title}\n{about} [All pages](README.md).\n");
        here.iter().for_each(|definition| section(&mut text, definition, &places));
        is_up_to_date(&format!("docs/reference/{page}.md"), &text);
        writeln!(index, "- [{title}]({page}.md): {about}").unwrap();
        if here.len() > 1 {
            let links = here.iter().map(|each| link(&each.name.node, &places));
            writeln!(index, "  {}", links.collect::<Vec<_>>().join(", ")).unwrap();
        }
    }
    is_up_to_date("docs/reference/README.md", &index);
}

const WRITTEN: &str =
    "Every type of the schema, written from it by a test. How to use them: [GRAPHQL.md](../GRAPHQL.md).";

fn section(text: &mut String, definition: &TypeDefinition, places: &Places) {
    let name = &definition.name.node;
    write!(text, "\n## {name}\n{}", described(&definition.description)).unwrap();
    let implements = |names: &[Positioned<async_graphql::Name>]| {
        let names: Vec<_> = names.iter().map(|each| link(&each.node, places)).collect();
        if names.is_empty() { String::new() } else { format!(" Is a {}.", names.join(" and a ")) }
    };
    match &definition.kind {
        TypeKind::Object(object) => {
            writeln!(text, "{}", implements(&object.implements)).unwrap();
            fields(text, &object.fields, places);
        }
        TypeKind::Interface(interface) => {
            writeln!(text, " An interface.{}", implements(&interface.implements)).unwrap();
            fields(text, &interface.fields, places);
        }
        TypeKind::Union(union) => {
            let members = union.members.iter().map(|each| link(&each.node, places));
            writeln!(text, " One of {}.", members.collect::<Vec<_>>().join(", ")).unwrap();
        }
        TypeKind::InputObject(input) => {
            text.push_str("\n\n| field | type | |\n|---|---|---|\n");
            for field in &input.fields {
                let field = &field.node;
                let (ty, about) = (input_type(field, places), described(&field.description));
                writeln!(text, "| `{}` | {ty} | {about} |", field.name.node).unwrap();
            }
        }
        TypeKind::Enum(values) => {
            text.push_str("\n\n| value | |\n|---|---|\n");
            for value in &values.values {
                let value = &value.node;
                writeln!(text, "| `{}` | {} |", value.value.node, described(&value.description)).unwrap();
            }
        }
        TypeKind::Scalar => text.push_str(" A scalar.\n"),
    }
}

fn fields(text: &mut String, fields: &[Positioned<FieldDefinition>], places: &Places) {
    text.push_str("\n| field | type | |\n|---|---|---|\n");
    for field in fields {
        let field = &field.node;
        let mut about = described(&field.description);
        if let Some(reason) = deprecated(field) {
            write!(about, " **Deprecated:** {reason}").unwrap();
        }
        for argument in &field.arguments {
            let argument = &argument.node;
            let (name, ty) = (&argument.name.node, input_type(argument, places));
            write!(about, "<br>`{name}` {ty}: {}", described(&argument.description)).unwrap();
        }
        writeln!(text, "| `{}` | {} | {about} |", field.name.node, type_link(&field.ty.node, places)).unwrap();
    }
}

fn deprecated(field: &FieldDefinition) -> Option<String> {
    let directive = field.directives.iter().find(|each| each.node.name.node == "deprecated")?;
    let reason = directive.node.arguments.iter().find(|(name, _)| name.node == "reason");
    Some(reason.map(|(_, value)| value.node.to_string()).unwrap_or_default())
}

fn input_type(value: &InputValueDefinition, places: &Places) -> String {
    let default = value.default_value.as_ref().map(|default| format!(" = `{}`", default.node)).unwrap_or_default();
    format!("{}{default}", type_link(&value.ty.node, places))
}

fn type_link(ty: &Type, places: &Places) -> String {
    let bang = if ty.nullable { "" } else { "!" };
    match &ty.base {
        BaseType::Named(name) => format!("{}{bang}", link(name, places)),
        BaseType::List(inner) => format!("\\[{}\\]{bang}", type_link(inner, places)),
    }
}

fn link(name: &str, places: &Places) -> String {
    match places.get(name) {
        Some(page) => format!("[{name}]({page}.md#{})", name.to_lowercase()),
        None => name.to_owned(),
    }
}

fn described(description: &Option<Positioned<String>>) -> String {
    let text = description.as_ref().map(|text| text.node.trim()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
