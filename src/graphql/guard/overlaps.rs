//! Fields that an object answers under one key are one field with one set of arguments (specification 5.3.2, without the
//! shapes of types that exclude each other). The library looks for it in each selection by itself, so of two selections
//! that only meet below, as `title { text }` and `title(language: "fr") { text }`, one would silently go missing.

use std::collections::HashSet;

use async_graphql::{
    Name, Positioned,
    indexmap::IndexMap,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};
use async_graphql_value::Value;

use super::{
    GuardError,
    types::{TypeId, TypeMap},
};
use crate::graphql::code::Code;

/// Most selections that are looked at, counted wherever they meet others. What stands on an interface meets what stands
/// on each of its types, so nested a few hundred bytes could take hours.
const MOST: usize = 50_000;

/// Refuses a document in which two different fields stand under one key. Circles of fragments and depth have been judged.
pub fn judge(document: &ExecutableDocument, types: &TypeMap) -> Result<(), GuardError> {
    let mut walk = Walk { document, types, left: MOST };
    let mut operations: Vec<_> = document.operations.iter().map(|(_, operation)| operation).collect();
    // In their order: the same document is always refused for the same reason.
    operations.sort_unstable_by_key(|operation| operation.pos);
    for operation in operations {
        let root = types.root(operation.node.ty);
        walk.merge(&[(&operation.node.selection_set.node, root)]).map_err(|refusal| refusal.at(operation.pos))?;
    }
    Ok(())
}

/// A selection and what it is made on.
type OnType<'a> = (&'a SelectionSet, Option<TypeId>);

/// A field and the type that it stands on.
type Placed<'a> = (&'a Positioned<Field>, Option<TypeId>);

struct Walk<'a> {
    document: &'a ExecutableDocument,
    types: &'a TypeMap,
    left: usize,
}

/// The fields of some selections of one object.
#[derive(Default)]
struct Met<'a> {
    by_key: IndexMap<&'a str, Vec<Placed<'a>>>,
    spread: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    /// Judges selections of one object together, and what is below.
    fn merge(&mut self, sets: &[OnType<'a>]) -> Result<(), GuardError> {
        let mut met = Met::default();
        for (set, on) in sets {
            self.collect(set, *on, &mut met)?;
        }
        for fields in met.by_key.into_values() {
            let (everywhere, mut by_type) = self.by_type(fields);
            if by_type.is_empty() {
                by_type.push(Vec::new());
            }
            for of_type in by_type {
                let together: Vec<Placed<'a>> = everywhere.iter().copied().chain(of_type).collect();
                same(&together)?;
                let below: Vec<OnType<'a>> = together.into_iter().filter_map(|placed| self.below(placed)).collect();
                if !below.is_empty() {
                    self.merge(&below)?;
                }
            }
        }
        Ok(())
    }

    fn collect(&mut self, set: &'a SelectionSet, on: Option<TypeId>, met: &mut Met<'a>) -> Result<(), GuardError> {
        for selection in &set.items {
            self.left = self.left.checked_sub(1).ok_or_else(too_many)?;
            match &selection.node {
                Selection::Field(field) => {
                    met.by_key.entry(field.node.response_key().node.as_str()).or_default().push((field, on));
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| self.types.by_name(&condition.node.on.node));
                    self.collect(&inline.node.selection_set.node, on, met)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let (Some(fragment), true) = (self.document.fragments.get(name), met.spread.insert(name)) {
                        let on = self.types.by_name(&fragment.node.type_condition.node.on.node);
                        self.collect(&fragment.node.selection_set.node, on, met)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The fields that any object may have, and those of each type of objects: an object is of one type only.
    fn by_type(&self, fields: Vec<Placed<'a>>) -> (Vec<Placed<'a>>, Vec<Vec<Placed<'a>>>) {
        let may_be_any = |(_, on): &Placed<'a>| on.is_some_and(|on| !self.types.get(on).is_object);
        let (everywhere, of_objects): (Vec<_>, Vec<_>) = fields.into_iter().partition(may_be_any);
        let mut by_type: IndexMap<Option<TypeId>, Vec<Placed<'a>>> = IndexMap::new();
        for placed in of_objects {
            by_type.entry(placed.1).or_default().push(placed);
        }
        (everywhere, by_type.into_values().collect())
    }

    fn below(&self, (field, on): Placed<'a>) -> Option<OnType<'a>> {
        let set = &field.node.selection_set.node;
        let gives = || self.types.get(on?).field(&field.node.name.node)?.gives;
        (!set.items.is_empty()).then(|| (set, gives()))
    }
}

/// Each is the same field as the first.
fn same(fields: &[Placed<'_>]) -> Result<(), GuardError> {
    let Some(((first, _), others)) = fields.split_first() else { return Ok(()) };
    for (other, _) in others {
        let why = if other.node.name.node != first.node.name.node {
            format!("\"{}\" and \"{}\" are different fields", first.node.name.node, other.node.name.node)
        } else if !same_arguments(&first.node, &other.node) {
            "they have differing arguments".to_owned()
        } else {
            continue;
        };
        let key = &first.node.response_key().node;
        let message = format!(
            "Fields \"{key}\" conflict because {why}. Use different aliases on the fields to fetch both if this was \
             intentional."
        );
        return Err(GuardError::new(Code::ValidationFailed, message).at(other.pos));
    }
    Ok(())
}

fn same_arguments(one: &Field, other: &Field) -> bool {
    let has = |(name, value): &(Positioned<Name>, Positioned<Value>)| {
        other.get_argument(&name.node).is_some_and(|given| given.node == value.node)
    };
    one.arguments.len() == other.arguments.len() && one.arguments.iter().all(has)
}

fn too_many() -> GuardError {
    let message = format!(
        "The selections of the document meet each other in more than {MOST} places; ask for less below interfaces, or in \
         several requests."
    );
    GuardError::new(Code::TooComplex, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::graphql::guard::rules::CostRules;

    const SDL: &str = "type Query { any: Any, a: A } interface Any { any: Any, name(in: String, of: Int): Text } \
                       type A implements Any { any: Any, name(in: String, of: Int): Text, code: Int, other: Int } \
                       type B implements Any { any: Any, name(in: String, of: Int): Text, code: Int, other: Int } \
                       type C implements Any { any: Any, name(in: String, of: Int): Text } type Text { text: String }";

    fn judged(text: &str) -> Result<(), GuardError> {
        judge(&parse_query(text).unwrap(), &TypeMap::new(SDL, &CostRules::new()).unwrap())
    }

    #[test]
    fn two_fields_under_one_key_are_refused_wherever_they_meet() {
        for text in [
            "{ a { name { text } } a { name(in: \"fr\") { text } } }",
            "{ a { any { name { text } } } ...F } fragment F on Query { a { ... on Any { any { name(of: 1) { text } } } } }",
            "{ any { name { text } ... on A { name(in: \"fr\") { text } } } }",
            "{ any { ... on A { name: any { name { text } } } } any { name { text } } }",
            "{ a { code } a { ... { code: other } } }",
            "query Q($a: Int, $b: Int) { a { name(of: $a) { text } ...F } } fragment F on A { name(of: $b) { text } }",
            "query P { a { code } } query Q { any { ...F } } fragment F on A { code ...G } fragment G on A { code: other }",
            "{ __schema { types { name } } __schema { types { name: kind } } }",
        ] {
            let refusal = judged(text).unwrap_err();
            assert_eq!(refusal.code, Code::ValidationFailed, "{text}");
            assert!(refusal.message.contains("conflict because") && refusal.position.is_some(), "{text}: {refusal}");
        }
    }

    #[test]
    fn the_same_field_twice_and_fields_of_different_objects_are_no_conflict() {
        for text in [
            "{ a { name(in: \"fr\", of: 1) { text } } a { name(of: 1, in: \"fr\") { text } } }",
            "{ any { ... on A { code } ... on B { code: other } } }",
            "{ any { ... on A { name { text } } ... on B { name(in: \"fr\") { text } } } }",
            "{ a { name { text } french: name(in: \"fr\") { text } } }",
            "{ a { ...F ...F } } fragment F on A { code @skip(if: true) code }",
        ] {
            assert_eq!(judged(text), Ok(()), "{text}");
        }
    }

    // Without a bound, what is below the last of 30 levels would be looked at 3^30 times.
    #[test]
    fn what_meets_everything_on_every_level_is_refused_and_does_not_take_for_ever() {
        let nested = |levels: usize| {
            (0..levels).fold("name { text }".to_owned(), |inner, _| {
                format!("any {{ {inner} }} ... on A {{ any {{ __typename }} }} ... on B {{ any {{ __typename }} }} ... on C {{ any {{ __typename }} }}")
            })
        };
        assert_eq!(judged(&format!("{{ any {{ {} }} }}", nested(4))), Ok(()));
        assert_eq!(judged(&format!("{{ any {{ {} }} }}", nested(30))).unwrap_err().code, Code::TooComplex);
    }
}
