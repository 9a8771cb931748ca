//! What the guard lets through and what it refuses, with which code.
#![allow(clippy::unwrap_used)]

use async_graphql::Variables as Given;
use proptest::prelude::*;
use serde_json::json;

use super::*;

const SDL: &str = r#"
type Query {
  mechanisms(search: String, first: Int, after: String, last: Int, before: String): MechanismConnection!
  nodes(ids: [ID!]!): [Node]!
  countries: [Country!]!
  leaf: String
  changes(filter: String): PracticeConnection!
  statistics: Statistics!
  tree: Tree
}
type Mutation { note(text: String): String }
interface Node { id: ID! }
type Tree { tree: Tree, trees: [Tree!]!, name: String, tags: [String!]!, lagSeconds: Int }
type Country { code: String!, mechanism: Mechanism }
type Mechanism implements Node { id: ID!, name: Text!, practices(first: Int, last: Int): PracticeConnection!, history(first: Int = 7): [Revision!] }
type Practice implements Node { id: ID!, title: Text! }
type Revision { number: Int! }
type Statistics { practices(groupBy: [String!]!): [Revision!]! }
type Text { text: String! }
type MechanismConnection { nodes: [Mechanism!]!, edges: [MechanismEdge!]!, totalCount: Int!, pageInfo: PageInfo!, facets(fields: [String!]!): [Facet!]! }
type Facet { field: String! }
type MechanismEdge { cursor: String!, node: Mechanism! }
type PracticeConnection { nodes: [Practice!]!, totalCount: Int! }
type PageInfo { hasNextPage: Boolean! }
"#;

fn rules() -> CostRules {
    CostRules::of_the_hub().field("Tree", "trees", rules::Rule::Times(3)).field("Tree", "tags", rules::Rule::Times(30))
}

fn guard() -> Guard {
    Guard::new(SDL, &rules(), Limits::default()).unwrap()
}

fn given(variables: serde_json::Value) -> Given {
    Given::from_json(variables)
}

fn judge(text: &str, variables: serde_json::Value) -> Result<(), GuardError> {
    let guard = guard();
    let document = guard.analyze(text)?;
    let operation = document.operation(None)?;
    guard.judge_request(&document, operation, &given(variables)).map(drop)
}

fn refused(text: &str, variables: serde_json::Value) -> Code {
    judge(text, variables).unwrap_err().code
}

fn cost(text: &str, variables: serde_json::Value) -> u64 {
    let guard = Guard::new(SDL, &rules(), Limits { max_cost: u64::MAX, ..Limits::default() }).unwrap();
    let document = guard.analyze(text).unwrap();
    document.cost(document.operation(None).unwrap(), &given(variables))
}

#[test]
fn costs_follow_the_rules() {
    for (text, variables, expected) in [
        ("{ leaf __typename }", json!({}), 0),
        ("{ tree { name } }", json!({}), 1),
        ("{ tree { tags } }", json!({}), 1 + 3),
        ("{ tree { trees { trees { name } } } }", json!({}), 1 + 3 * (1 + 3)),
        ("{ mechanisms { totalCount } }", json!({}), 1),
        ("{ mechanisms { nodes { id } pageInfo { hasNextPage } } }", json!({}), 1 + 1 + 20),
        ("{ mechanisms(first: 5) { edges { node { id } } } }", json!({}), 1 + 5 * 2),
        ("{ mechanisms(last: 7) { nodes { id } } }", json!({}), 1 + 7),
        ("{ mechanisms(first: null, last: 7) { nodes { id } } }", json!({}), 1 + 7),
        ("query($n: Int) { mechanisms(first: $n) { nodes { name { text } } } }", json!({"n": 10}), 1 + 10 * 2),
        ("query($n: Int = 4) { mechanisms(first: $n) { nodes { name { text } } } }", json!({}), 1 + 4 * 2),
        ("query($n: Int) { mechanisms(first: $n) { nodes { name { text } } } }", json!({}), 1 + 20 * 2),
        ("{ mechanisms(first: 10) { nodes { practices(first: 10) { nodes { id } } } } }", json!({}), 1 + 10 * (1 + 11)),
        ("{ nodes(ids: [1, 2, 3]) { id } }", json!({}), 3),
        ("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({"ids": [1, 2, 3, 4]}), 4),
        ("query($id: ID!) { nodes(ids: [$id, $id]) { id } }", json!({"id": 1}), 2),
        ("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({"ids": "one"}), 1),
        ("{ nodes(ids: [1]) { ... on Mechanism { history { number } } } }", json!({}), 1 + 7 * 4),
        ("{ nodes(ids: [1]) { ... on Mechanism { history(first: 2) { number } } } }", json!({}), 1 + 2 * 4),
        ("{ changes { nodes { id } } }", json!({}), 1 + 20),
        ("{ changes(filter: null) { nodes { id } } }", json!({}), 1 + 20),
        ("{ changes(filter: \"x\") { nodes { id } } }", json!({}), 1 + 20 + 500),
        ("query($f: String) { changes(filter: $f) { nodes { id } } }", json!({}), 1 + 20),
        ("query($f: String) { changes(filter: $f) { nodes { id } } }", json!({"f": "x"}), 1 + 20 + 500),
        ("{ statistics { practices(groupBy: [\"A\"]) { number } } }", json!({}), 1 + 200),
        ("{ statistics { practices(groupBy: [\"A\", \"B\"]) { number } } }", json!({}), 1 + 200 + 1500),
        ("query($b: [String!]!) { statistics { practices(groupBy: $b) { number } } }", json!({"b": ["A", "B"]}), 1701),
        ("{ mechanisms(search: \"a\") { totalCount } }", json!({}), 1 + 100),
        ("{ mechanisms { facets(fields: [\"A\", \"B\"]) { field } } }", json!({}), 1 + 2 * (20 + 1)),
        ("{ countries { code mechanism { id } } }", json!({}), 250 * 2),
        ("{ __schema { types { name } } }", json!({}), 1000),
        (
            "{ mechanisms(first: 3) { ...F } } fragment F on MechanismConnection { nodes { id } ...G } fragment G on MechanismConnection { nodes { id } totalCount }",
            json!({}),
            1 + 6,
        ),
    ] {
        assert_eq!(cost(text, variables), expected, "{text}");
    }
}

#[test]
fn refusals_have_the_right_code() {
    let deep = |levels: usize| format!("{{ {} name {} }}", "tree {".repeat(levels), "}".repeat(levels));
    let aliases = |count: usize| (0..count).map(|number| format!("a{number}: leaf ")).collect::<String>();
    let variables = |count: usize| (0..count).map(|number| format!("$v{number}: Int ")).collect::<String>();
    let fragments =
        |count: usize| (0..count).map(|n| format!("fragment F{n} on Query {{ leaf }} ")).collect::<String>();
    for (text, expected) in [
        (deep(12), Code::TooDeep),
        (deep(10_000), Code::TooDeep),
        (format!("{{ nodes(ids: {}1{}) {{ id }} }}", "[".repeat(10_000), "]".repeat(10_000)), Code::TooDeep),
        (format!("{{ tree {{ {} }} }}", aliases(51)), Code::TooComplex),
        (format!("{{ {} }}", aliases(10_000)), Code::TooComplex),
        (format!("{{ {} }}", "leaf ".repeat(21)), Code::TooComplex),
        (format!("query({}) {{ leaf }}", variables(20_000)), Code::TooComplex),
        (format!("query({}) {{ leaf }}", variables(201)), Code::TooComplex),
        (format!("{{ leaf }} {}", fragments(101)), Code::TooComplex),
        (format!("{{ leaf {} }}", "@skip(if: false) ".repeat(101)), Code::TooComplex),
        ("{ mechanisms(first: 100) { nodes { practices(first: 100) { nodes { id } } } } }".into(), Code::TooComplex),
        ("{ leaf ...A } fragment A on Query { ...B } fragment B on Query { ...A }".into(), Code::ValidationFailed),
        ("{ leaf ...A } fragment A on Query { tree { name } ...A }".into(), Code::ValidationFailed),
        ("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }".into(), Code::TooDeep),
        ("{ leaf".into(), Code::ParseFailed),
        ("".into(), Code::ParseFailed),
        ("fragment A on Query { leaf }".into(), Code::ParseFailed),
    ] {
        assert_eq!(refused(&text, json!({})), expected, "{}", text.chars().take(100).collect::<String>());
    }
}

#[test]
fn the_edge_of_each_limit_passes() {
    let deep = format!("{{ {} name {} }}", "tree {".repeat(11), "}".repeat(11));
    let aliases = (0..50).map(|number| format!("a{number}: name ")).collect::<String>();
    for text in [
        deep,
        format!("{{ tree {{ {aliases} }} }}"),
        format!("{{ {} }}", "leaf ".repeat(20)),
        "{ mechanisms(first: 100) { nodes { practices(first: 95) { nodes { id } } } } }".into(),
    ] {
        assert_eq!(judge(&text, json!({})), Ok(()), "{text}");
    }
}

fn doubling(levels: usize) -> String {
    let fragments = (0..levels).map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1));
    format!("{{ ...F0 }} {} fragment F{levels} on Query {{ leaf }}", fragments.collect::<String>())
}

// Without a memo, 60 levels would not end; so that this test ends is what it shows.
#[test]
fn fragments_that_double_are_counted_without_being_expanded() {
    assert_eq!(judge(&doubling(2), json!({})), Ok(()));
    assert_eq!(refused(&doubling(20), json!({})), Code::TooComplex);
    assert_eq!(refused(&doubling(29), json!({})), Code::TooComplex);
    assert_eq!(refused(&doubling(60), json!({})), Code::TooDeep);
}

#[test]
fn a_long_chain_of_fragments_needs_no_deep_recursion() {
    let fragments = (0..99).map(|n| format!("fragment F{n} on Query {{ ...F{} }} ", n + 1));
    let text = format!("{{ ...F0 }} {} fragment F99 on Query {{ leaf }}", fragments.collect::<String>());
    assert_eq!(refused(&text, json!({})), Code::TooDeep);
}

#[test]
fn arguments_are_judged_with_their_variables() {
    let page = "query($n: Int, $m: Int) { mechanisms(first: $n, last: $m) { totalCount } }";
    let ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let facets = "query($f: [String!]!) { mechanisms { facets(fields: $f) { field } } }";
    let search = "query($s: String) { mechanisms(search: $s) { totalCount } }";
    let in_fragment = "query($n: Int) { ...A } fragment A on Query { ...B } fragment B on Query { mechanisms(first: $n) { totalCount } }";
    for (text, variables, passes) in [
        (page, json!({"n": 1}), true),
        (page, json!({"n": 100}), true),
        (page, json!({"m": 100}), true),
        (page, json!({"n": null, "m": 5}), true),
        (page, json!({"n": 0}), false),
        (page, json!({"n": -1}), false),
        (page, json!({"n": 101}), false),
        (page, json!({"m": 101}), false),
        (page, json!({"n": 1, "m": 1}), false),
        (in_fragment, json!({"n": 101}), false),
        ("query($n: Int = 101) { mechanisms(first: $n) { totalCount } }", json!({}), false),
        ("{ mechanisms(first: 101) { totalCount } }", json!({}), false),
        ("{ tree { name } mechanisms(first: 5, last: 5) { totalCount } }", json!({}), false),
        (ids, json!({"ids": vec!["x"; 100]}), true),
        (ids, json!({"ids": vec!["x"; 101]}), false),
        (ids, json!({"ids": vec!["x"; 4000]}), false),
        (facets, json!({"f": vec!["X"; 20]}), true),
        (facets, json!({"f": vec!["X"; 21]}), false),
        (ids, json!({}), false),
        (ids, json!({"ids": null}), false),
        (search, json!({"s": "é".repeat(400)}), true),
        (search, json!({"s": "é".repeat(401)}), false),
    ] {
        let expected = if passes { None } else { Some(Code::BadUserInput) };
        assert_eq!(judge(text, variables.clone()).err().map(|refusal| refusal.code), expected, "{text} {variables}");
    }
}

#[test]
fn huge_variables_are_refused() {
    let text = "query($v: [Int]) { leaf }";
    assert_eq!(refused(text, json!({"v": vec![1; 100_000]})), Code::TooComplex);
    assert_eq!(refused(text, json!({"v": vec![vec![1; 100]; 100]})), Code::TooComplex);
}

#[test]
fn a_refusal_says_what_where_and_what_to_do() {
    let refusal = judge("{\n  mechanisms(first: 500) { totalCount } }", json!({})).unwrap_err();
    assert_eq!(refusal.message, "Query.mechanisms: first is 500; take 1 to 100 and go on with after.");
    assert_eq!(refusal.position, Some(Pos { line: 2, column: 3 }));
    let refusal = judge("{ mechanisms { nodes { history(first: 0) { number } } } }", json!({})).unwrap_err();
    assert_eq!(refusal.message, "Mechanism.history: first is 0; take 1 to 100.");
}

#[test]
fn operations_are_found_by_name() {
    let document = guard().analyze("query A { leaf } mutation B { note }").unwrap();
    assert_eq!(document.operation(Some("B")).unwrap().kind, OperationType::Mutation);
    assert_eq!(document.operation(None).unwrap_err().code, Code::BadUserInput);
    assert_eq!(document.operation(Some("C")).unwrap_err().code, Code::BadUserInput);
    let short = guard().analyze("{ leaf }").unwrap();
    assert_eq!(short.operation(Some("A")).unwrap_err().code, Code::BadUserInput);
}

#[test]
fn a_document_knows_whether_it_selects_the_lag() {
    let lag = |text: &str| guard().analyze(text).unwrap().operation(None).unwrap().selects_lag;
    assert!(lag("{ tree { ...T } } fragment T on Tree { tree { lagSeconds } }"));
    assert!(!lag("{ tree { name } }"));
}

#[test]
fn list_fields_without_a_rule_are_named() {
    let sdl = "type Query { a: [A!]! b: [Int] } type A { c: [[A]] terms: [Term!]! } type Term { code: String }";
    let guard = Guard::new(sdl, &CostRules::of_the_hub(), Limits::default()).unwrap();
    assert_eq!(guard.uncovered(), ["A.c", "Query.a", "Query.b"]);
    assert!(super::tests::guard().uncovered().is_empty());
}

#[test]
fn introspection_can_be_switched_off() {
    let limits = Limits { introspection: false, ..Limits::default() };
    let guard = Guard::new(SDL, &rules(), limits).unwrap();
    assert_eq!(guard.analyze("{ __schema { types { name } } }").unwrap_err().code, Code::ValidationFailed);
    assert!(guard.analyze("{ __typename }").is_ok());
}

#[test]
fn the_introspection_query_of_graphql_js_passes() {
    assert_eq!(judge(include_str!("../../../tests/graphql_http/introspection.graphql"), json!({})), Ok(()));
}

struct OnlyTrees;

impl ArgumentJudge for OnlyTrees {
    fn judges(&self, type_name: &str, field: &str) -> bool {
        (type_name, field) == ("Query", "mechanisms")
    }

    fn judge(&self, _: &str, _: &str, arguments: &Arguments<'_>) -> Result<(), GuardError> {
        match arguments.get("after").as_deref() {
            Some(async_graphql::Value::String(cursor)) if cursor != "known" => {
                Err(GuardError::bad_input("The cursor is of another list; begin without one."))
            }
            _ => Ok(()),
        }
    }
}

#[test]
fn the_judge_of_the_types_sees_the_arguments() {
    let guard = guard().with_judge(Arc::new(OnlyTrees));
    let document =
        guard.analyze("query($c: String) { ...F } fragment F on Query { mechanisms(after: $c) { totalCount } }");
    let document = document.unwrap();
    let judge = |variables| guard.judge_request(&document, document.operation(None).unwrap(), &given(variables));
    assert_eq!(judge(json!({"c": "known"})).map(drop), Ok(()));
    assert_eq!(judge(json!({"c": "other"})).unwrap_err().code, Code::BadUserInput);
}

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "a",
    "a:",
    "$v:",
    "\"",
    "\"\"\"",
    "\\",
    "#",
    "\n",
    "\r",
    " ",
    "...",
    "... on T",
    "@x(",
    "query Q",
    "{ a(b: ",
    "query($v: ",
    "é",
    "1",
    "!",
];

/// A selection of the test schema in a form of its own, so that its cost can be worked out another way.
#[derive(Clone, Debug)]
enum Node {
    Name,
    Tree(Vec<Node>),
    Trees(Vec<Node>),
    Inline(Vec<Node>),
    Spread(usize),
}

fn nodes(depth: u32, spreads: std::ops::Range<usize>) -> BoxedStrategy<Vec<Node>> {
    let leaf = match spreads.is_empty() {
        true => Just(Node::Name).boxed(),
        false => prop_oneof![Just(Node::Name), spreads.prop_map(Node::Spread)].boxed(),
    };
    let node = leaf.prop_recursive(depth, 12, 3, |inner| {
        let many = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![many().prop_map(Node::Tree), many().prop_map(Node::Trees), many().prop_map(Node::Inline)]
    });
    prop::collection::vec(node, 1..4).boxed()
}

fn write(nodes: &[Node]) -> String {
    let parts = nodes.iter().map(|node| match node {
        Node::Name => "name".to_owned(),
        Node::Tree(inner) => format!("tree {{ {} }}", write(inner)),
        Node::Trees(inner) => format!("trees {{ {} }}", write(inner)),
        Node::Inline(inner) => format!("... on Tree {{ {} }}", write(inner)),
        Node::Spread(number) => format!("...F{number}"),
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn naive(nodes: &[Node], fragments: &[Vec<Node>]) -> u64 {
    let costs = nodes.iter().map(|node| match node {
        Node::Name => 0,
        Node::Tree(inner) => 1 + naive(inner, fragments),
        Node::Trees(inner) => 3 * (1 + naive(inner, fragments)),
        Node::Inline(inner) => naive(inner, fragments),
        Node::Spread(number) => naive(&fragments[*number], fragments),
    });
    costs.sum()
}

proptest! {
    // A stack that overflows ends the whole test program: so that this test ends is what it shows.
    #[test]
    fn no_text_can_overflow_the_parser(
        before in prop::collection::vec(prop::sample::select(PIECES), 0..8),
        repeated in prop::collection::vec(prop::sample::select(PIECES), 1..4),
        times in 1..5000_usize,
    ) {
        let text = before.concat() + &repeated.concat().repeat(times);
        if let Err(refusal) = guard().analyze(&text) {
            prop_assert!(matches!(
                refusal.code,
                Code::ParseFailed | Code::TooDeep | Code::TooComplex | Code::ValidationFailed
            ));
        }
    }

    #[test]
    fn the_cost_with_a_memo_is_that_of_the_expanded_document(
        root in nodes(3, 0..3),
        first in nodes(2, 1..3),
        second in nodes(2, 2..3),
        third in nodes(2, 0..0),
    ) {
        let fragments = [first, second, third];
        let definitions = fragments.iter().enumerate().map(|(n, nodes)| format!("fragment F{n} on Tree {{ {} }} ", write(nodes)));
        let text = format!("{{ tree {{ {} }} }} {}", write(&root), definitions.collect::<String>());
        let limits = Limits { max_depth: 100, max_cost: u64::MAX, ..Limits::default() };
        let document = Guard::new(SDL, &rules(), limits).unwrap().analyze(&text).unwrap();
        let cost = document.cost(document.operation(None).unwrap(), &Given::default());
        prop_assert_eq!(cost, 1 + naive(&root, &fragments));
    }
}
