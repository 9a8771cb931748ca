//! An object that is there is an object in the answer, `{}` if nothing of it was selected; the library gives null. Once it
//! has, nobody can tell which of the two a null was, so each selection that may come out empty (by type conditions,
//! `@skip`, `@include`) asks for one thing more, under a key that no document can write. It leaves the answer again.

use std::collections::HashMap;

use async_graphql::{
    Name, Pos, Positioned, Value,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
        TypeCondition,
    },
};

use super::{
    GuardError, fragments,
    types::{TypeId, TypeMap},
};

const KEY: &str = "is there";

/// Marks the selections that may come out empty; says whether there are any. Refuses circles of fragments.
pub fn mark(document: &mut ExecutableDocument, types: &TypeMap) -> Result<bool, GuardError> {
    let mut marker = Marker { types, filled: HashMap::new(), marked: false };
    for name in fragments::order(document)? {
        let Some(fragment) = document.fragments.get(name.as_str()) else { continue };
        let condition = &fragment.node.type_condition.node;
        let filled = marker.is_filled(&fragment.node.selection_set.node, marker.narrowed(None, Some(condition)));
        marker.filled.insert(name.clone(), (condition.clone(), filled));
    }
    for fragment in document.fragments.values_mut() {
        let on = marker.narrowed(None, Some(&fragment.node.type_condition.node));
        marker.mark_below(&mut fragment.node.selection_set.node, on);
    }
    for operation in operations(document) {
        let (root, set) = (types.root(operation.ty), &mut operation.selection_set.node);
        match operation.ty {
            // An event has the one field of its operation.
            OperationType::Subscription => marker.mark_below(set, root),
            OperationType::Query | OperationType::Mutation => marker.mark(set, root),
        }
    }
    Ok(marker.marked)
}

/// Takes the marks out of the answer to a marked document.
pub fn unmark(answer: &mut Value) {
    match answer {
        Value::Object(members) => {
            members.shift_remove(KEY);
            members.values_mut().for_each(unmark);
        }
        Value::List(items) => items.iter_mut().for_each(unmark),
        _ => {}
    }
}

fn operations(document: &mut ExecutableDocument) -> Vec<&mut OperationDefinition> {
    match &mut document.operations {
        DocumentOperations::Single(only) => vec![&mut only.node],
        DocumentOperations::Multiple(named) => named.values_mut().map(|operation| &mut operation.node).collect(),
    }
}

/// A walk over each selection of a document, once.
struct Marker<'a> {
    types: &'a TypeMap,
    /// Of each fragment: on what it is, and whether there is always something of it.
    filled: HashMap<Name, (TypeCondition, bool)>,
    marked: bool,
}

impl Marker<'_> {
    /// Marks the selection of an object, if nothing of it is certain, and what is below.
    fn mark(&mut self, set: &mut SelectionSet, on: Option<TypeId>) {
        self.mark_below(set, on);
        if !set.items.is_empty() && !self.is_filled(set, on) {
            set.items.push(presence());
            self.marked = true;
        }
    }

    fn mark_below(&mut self, set: &mut SelectionSet, on: Option<TypeId>) {
        for selection in &mut set.items {
            match &mut selection.node {
                Selection::Field(field) => {
                    let info = on.and_then(|on| self.types.get(on).field(&field.node.name.node));
                    let gives = info.and_then(|info| info.gives);
                    self.mark(&mut field.node.selection_set.node, gives);
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref().map(|condition| &condition.node);
                    let on = self.narrowed(on, condition);
                    self.mark_below(&mut inline.node.selection_set.node, on);
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// Whether there is a field that every object of the type has in its answer.
    fn is_filled(&self, set: &SelectionSet, on: Option<TypeId>) -> bool {
        set.items.iter().any(|selection| match &selection.node {
            Selection::Field(field) => field.node.directives.is_empty(),
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref().map(|condition| &condition.node);
                inline.node.directives.is_empty()
                    && self.is_of_all(on, condition)
                    && self.is_filled(&inline.node.selection_set.node, self.narrowed(on, condition))
            }
            Selection::FragmentSpread(spread) => {
                let of = self.filled.get(&spread.node.fragment_name.node);
                spread.node.directives.is_empty()
                    && of.is_some_and(|(condition, filled)| *filled && self.is_of_all(on, Some(condition)))
            }
        })
    }

    /// Whether every object of the type meets the condition; the types of the introspection are no interfaces.
    fn is_of_all(&self, on: Option<TypeId>, condition: Option<&TypeCondition>) -> bool {
        let Some(TypeCondition { on: wanted }) = condition else { return true };
        wanted.node.starts_with("__") || on.is_some_and(|on| *self.types.get(on).name == *wanted.node)
    }

    fn narrowed(&self, on: Option<TypeId>, condition: Option<&TypeCondition>) -> Option<TypeId> {
        condition.map_or(on, |condition| self.types.by_name(&condition.on.node))
    }
}

/// `__typename`, which every object has, under the key that no document can write.
fn presence() -> Positioned<Selection> {
    let here = |name: &str| Positioned::new(Name::new(name), Pos::default());
    let field = Field {
        alias: Some(here(KEY)),
        name: here("__typename"),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet::default(), Pos::default()),
    };
    Positioned::new(Selection::Field(Positioned::new(field, Pos::default())), Pos::default())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::graphql::guard::rules::CostRules;

    const SDL: &str = "type Query { node: Node, tree: Tree } interface Node { id: ID } \
                       type Tree implements Node { id: ID, tree: Tree } type Leaf implements Node { id: ID }";

    fn is_marked(text: &str) -> bool {
        let types = TypeMap::new(SDL, &CostRules::new()).unwrap();
        mark(&mut parse_query(text).unwrap(), &types).unwrap()
    }

    #[test]
    fn only_what_may_come_out_empty_is_marked() {
        for text in [
            "{ tree { id tree { id @skip(if: true) tree { id } id } } }",
            "{ node { id ... on Tree { tree { id } } } }",
            "{ ...A } fragment A on Query { tree { ...B } } fragment B on Tree { ... { id } }",
            "{ __schema { types { ...T } } } fragment T on __Type { name }",
            "subscription { ... on Subscription { tree { id } } }",
        ] {
            assert!(!is_marked(text), "{text}");
        }
        for text in [
            "{ __typename @skip(if: true) }",
            "{ node { ... on Tree { id } } }",
            "{ node { ... on Node { ... on Leaf { id } } } }",
            "{ tree { ... @include(if: true) { id } } }",
            "{ tree { tree { id @include(if: true) } id } }",
            "{ ...A } fragment A on Query { node { ...B } } fragment B on Leaf { id }",
            "mutation { ... @skip(if: true) { a } }",
        ] {
            assert!(is_marked(text), "{text}");
        }
    }
}
