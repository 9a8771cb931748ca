//! A subscription has exactly one field (specification 5.2.3.1). The library looks for it only directly in the operation,
//! so fragments around it are opened here, and the rest of the document is left out.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet,
    },
};

use crate::graphql::{code::Code, guard::GuardError};

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// The operation that a request names (the guard has found it), with its one field directly in it; `root` is the name of
/// the type of subscriptions.
///
/// # Errors
/// VALIDATION_FAILED for none or several fields, for one of the introspection, and for `@skip` and `@include`.
pub(super) fn single_field(
    parsed: &ExecutableDocument,
    operation_name: Option<&str>,
    root: &str,
) -> Result<ExecutableDocument, GuardError> {
    let mut operations = parsed.operations.clone();
    if let DocumentOperations::Multiple(named) = &mut operations {
        named.retain(|name, _| operation_name.is_none_or(|wanted| name.as_str() == wanted));
    }
    let operation = match &mut operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(named) => named.values_mut().next(),
    };
    let Some(operation) = operation else { return Err(refuse("The document has no such operation.")) };
    let set = &mut operation.node.selection_set;
    let mut fields = Vec::new();
    collect(&set.node, &parsed.fragments, root, &mut fields)?;
    let field = merge(fields).map_err(|refusal| refusal.at(set.pos))?;
    let mut reached = Fragments::new();
    reach(&field.node.selection_set.node, &parsed.fragments, &mut reached);
    let pos = field.pos;
    set.node.items = vec![Positioned::new(Selection::Field(field), pos)];
    Ok(ExecutableDocument { operations, fragments: reached })
}

/// Circles and the number of selections are the guard's.
fn collect<'a>(
    set: &'a SelectionSet,
    fragments: &'a Fragments,
    root: &str,
    fields: &mut Vec<&'a Positioned<Field>>,
) -> Result<(), GuardError> {
    for selection in &set.items {
        let directives: &[Positioned<Directive>] = match &selection.node {
            Selection::Field(field) => &field.node.directives,
            Selection::FragmentSpread(spread) => &spread.node.directives,
            Selection::InlineFragment(inline) => &inline.node.directives,
        };
        if directives.iter().any(|directive| matches!(directive.node.name.node.as_str(), "skip" | "include")) {
            return Err(refuse("The field of a subscription has no @skip and no @include.").at(selection.pos));
        }
        let (condition, inner) = match &selection.node {
            Selection::Field(field) => {
                fields.push(field);
                continue;
            }
            Selection::InlineFragment(inline) => (inline.node.type_condition.as_ref(), &inline.node.selection_set.node),
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let found = fragments.get(name);
                let found = found.ok_or_else(|| refuse("There is no fragment of this name.").at(selection.pos))?;
                (Some(&found.node.type_condition), &found.node.selection_set.node)
            }
        };
        if condition.is_some_and(|condition| condition.node.on.node != root) {
            return Err(refuse(format!("This fragment is not one of {root}.")).at(selection.pos));
        }
        collect(inner, fragments, root, fields)?;
    }
    Ok(())
}

/// The same field written several times is one.
fn merge(fields: Vec<&Positioned<Field>>) -> Result<Positioned<Field>, GuardError> {
    let one_only = || refuse("A subscription has exactly one field; subscribe once for each.");
    let mut fields = fields.into_iter();
    let mut merged = fields.next().ok_or_else(one_only)?.clone();
    for other in fields {
        let (one, other) = (&mut merged.node, &other.node);
        if one.response_key().node != other.response_key().node
            || one.name.node != other.name.node
            || one.arguments != other.arguments
        {
            return Err(one_only());
        }
        one.selection_set.node.items.extend(other.selection_set.node.items.iter().cloned());
    }
    if merged.node.name.node.starts_with("__") {
        return Err(refuse("A subscription needs a field of its own; __typename alone tells nothing."));
    }
    Ok(merged)
}

/// The fragments that are spread below.
fn reach(set: &SelectionSet, fragments: &Fragments, reached: &mut Fragments) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => reach(&field.node.selection_set.node, fragments, reached),
            Selection::InlineFragment(inline) => reach(&inline.node.selection_set.node, fragments, reached),
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if let (Some(found), false) = (fragments.get(name), reached.contains_key(name)) {
                    reached.insert(name.clone(), found.clone());
                    reach(&found.node.selection_set.node, fragments, reached);
                }
            }
        }
    }
}

fn refuse(message: impl Into<String>) -> GuardError {
    GuardError::new(Code::ValidationFailed, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use async_graphql::parser::parse_query;

    use super::*;

    fn field(text: &str, name: Option<&str>) -> Result<(String, usize, usize), String> {
        let found = single_field(&parse_query(text).unwrap(), name, "Subscription").map_err(|fault| fault.message)?;
        let (_, operation) = found.operations.iter().next().unwrap();
        let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else { unreachable!() };
        let below = field.node.selection_set.node.items.len();
        Ok((field.node.name.node.to_string(), below, found.fragments.len()))
    }

    #[test]
    fn the_one_field_is_found_through_fragments() {
        for (text, name, expected) in [
            ("subscription { a { x } }", None, ("a", 1, 0)),
            ("subscription S { ... on Subscription { ... { a { x } } } } query Q { b }", Some("S"), ("a", 1, 0)),
            (
                "subscription { ...F } fragment F on Subscription { a { ...G } } fragment G on A { x }",
                None,
                ("a", 1, 1),
            ),
            ("subscription { a(b: 1) { x } a(b: 1) { y z } }", None, ("a", 3, 0)),
        ] {
            let (field, below, fragments) = field(text, name).unwrap();
            assert_eq!((field.as_str(), below, fragments), expected, "{text}");
        }
    }

    #[test]
    fn anything_but_one_field_is_refused() {
        for text in [
            "subscription { a b }",
            "subscription { a(b: 1) a(b: 2) }",
            "subscription { x: a y: a }",
            "subscription { __typename }",
            "subscription { a @skip(if: true) }",
            "subscription { ... @include(if: true) { a } }",
            "subscription { ... on Query { a } }",
            "subscription { ...Nowhere }",
        ] {
            assert!(field(text, None).is_err(), "{text}");
        }
    }
}
