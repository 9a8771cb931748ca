//! The order in which the fragments of a document can be measured: each after those that it spreads. So each is walked
//! once, however often it is spread, and recursion never goes deeper than the brackets of one definition.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet},
};

use super::GuardError;
use crate::graphql::code::Code;

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// Names of the fragments, each after those that it spreads. A circle is VALIDATION_FAILED; a spread of a fragment that
/// does not exist is left to the validation.
pub fn order(document: &ExecutableDocument) -> Result<Vec<&Name>, GuardError> {
    let fragments = &document.fragments;
    let mut state: HashMap<&str, Visit> = HashMap::with_capacity(fragments.len());
    let mut ordered = Vec::with_capacity(fragments.len());
    for name in fragments.keys() {
        visit(name, fragments, &mut state, &mut ordered)?;
    }
    Ok(ordered)
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Open,
    Done,
}

fn visit<'a>(
    name: &'a Name,
    fragments: &'a Fragments,
    state: &mut HashMap<&'a str, Visit>,
    ordered: &mut Vec<&'a Name>,
) -> Result<(), GuardError> {
    let mut stack: Vec<(&'a Name, Vec<&'a Name>)> = Vec::new();
    let mut next = Some(name);
    loop {
        if let Some(name) = next.take() {
            match (state.get(name.as_str()), fragments.get_key_value(name.as_str())) {
                (Some(Visit::Open), Some((_, fragment))) => return Err(circle(name).at(fragment.pos)),
                (None, Some((name, fragment))) => {
                    state.insert(name.as_str(), Visit::Open);
                    let mut spreads = Vec::new();
                    collect_spreads(&fragment.node.selection_set.node, &mut spreads);
                    stack.push((name, spreads));
                }
                _ => {}
            }
        }
        let Some((name, spreads)) = stack.last_mut() else { return Ok(()) };
        match spreads.pop() {
            Some(spread) => next = Some(spread),
            None => {
                state.insert(name.as_str(), Visit::Done);
                ordered.push(name);
                stack.pop();
            }
        }
    }
}

/// Names of the fragments that a selection spreads itself, at any depth.
pub fn collect_spreads<'a>(set: &'a SelectionSet, into: &mut Vec<&'a Name>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => collect_spreads(&field.node.selection_set.node, into),
            Selection::InlineFragment(inline) => collect_spreads(&inline.node.selection_set.node, into),
            Selection::FragmentSpread(spread) => into.push(&spread.node.fragment_name.node),
        }
    }
}

fn circle(name: &Name) -> GuardError {
    GuardError::new(
        Code::ValidationFailed,
        format!("The fragment \"{name}\" spreads itself, directly or through others; take one of the spreads out."),
    )
}
