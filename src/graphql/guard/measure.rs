//! Measures a document: depth, size and cost of every selection, in one walk with one memo per fragment.
//!
//! Cost: a composite field costs 1, a scalar nothing, a list its items times what is below it, a list of scalars a tenth
//! of its items, a revision that is read from the store as much as four fields, a walk over records what its rule says.
//! Parts for several types of an interface all count. `__schema` and `__type` cost a fixed sum and are held
//! by a depth limit of their own.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Positioned,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};

use super::{
    GuardError,
    arguments::{ArgumentJudge, JudgedField, Stored, is_judged},
    cost::{Cost, Factor, Plan, Sum},
    fragments,
    rules::{DEFAULT_PAGE, Rule},
    types::{FieldInfo, TypeId, TypeMap},
};

const COST_OF_SCHEMA: u64 = 1000;
const COST_OF_TYPE: u64 = 100;
/// A full page with its usual histories stays within the usual bound.
const COST_OF_READ: u64 = 4;

/// What is known of a selection.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Fields below one another.
    pub depth: u32,
    /// Fields, inline fragments and spreads below one another: how deep recursive code goes.
    pub nesting: u32,
    /// Fields below one another inside of `__schema` or `__type`.
    pub introspection_depth: u32,
    /// Lists of types or fields below one another inside of `__schema` or `__type`.
    pub introspection_lists: u32,
    /// Selections, with every spread counted in full.
    pub height: u64,
    /// Aliases, with every spread counted in full.
    pub aliases: u64,
    /// Fields of the uppermost level, spreads counted in full.
    pub fields: u64,
    /// Cost of the selection itself.
    pub cost: Cost,
    /// Cost for each item of the connection that the selection stands on.
    pub cost_of_item: Cost,
    /// Whether `lagSeconds` or `pulling`, which change with no change of the counter, is selected somewhere.
    pub selects_lag: bool,
    /// Whether the schema is asked for.
    pub introspects: bool,
}

/// The fields to be judged of one definition, and the fragments that it spreads.
#[derive(Debug, Default)]
pub struct Part {
    /// Fields whose arguments are judged.
    pub judged: Vec<JudgedField>,
    /// Names of the fragments that it spreads.
    pub spreads: Vec<Box<str>>,
}

/// A walk over one document.
pub struct Measurer<'a> {
    types: &'a TypeMap,
    judge: Option<&'a dyn ArgumentJudge>,
    memo: HashMap<&'a str, Measure>,
    of_introspection: HashSet<&'a str>,
    /// Parts of the fragments, by name.
    pub parts: HashMap<&'a str, Part>,
    /// Sums that hang on variables.
    pub plan: Plan,
    part: Part,
}

#[derive(Clone, Copy)]
enum Parent {
    Known(TypeId),
    Introspection,
    Unknown,
}

struct Builder {
    measure: Measure,
    own: Sum,
    item: Sum,
}

impl<'a> Measurer<'a> {
    /// Measures all fragments of a document. Refuses circles.
    pub fn new(
        document: &'a ExecutableDocument,
        types: &'a TypeMap,
        judge: Option<&'a dyn ArgumentJudge>,
    ) -> Result<Self, GuardError> {
        let mut measurer = Self {
            types,
            judge,
            memo: HashMap::new(),
            of_introspection: HashSet::new(),
            parts: HashMap::new(),
            plan: Plan::default(),
            part: Part::default(),
        };
        for name in fragments::order(document)? {
            let Some(fragment) = document.fragments.get(name.as_str()) else { continue };
            let parent = measurer.parent(fragment.node.type_condition.node.on.node.as_str());
            let measure = measurer.selection(&fragment.node.selection_set.node, parent);
            measurer.memo.insert(name.as_str(), measure);
            if matches!(parent, Parent::Introspection) {
                measurer.of_introspection.insert(name.as_str());
            }
            let part = std::mem::take(&mut measurer.part);
            measurer.parts.insert(name.as_str(), part);
        }
        Ok(measurer)
    }

    /// The measures of the fragments, each as it would count where it may be spread.
    pub fn fragments(&self) -> impl Iterator<Item = (&'a str, Measure)> {
        self.memo.iter().map(|(name, measure)| {
            if !self.of_introspection.contains(name) {
                return (*name, *measure);
            }
            let inside = measure.introspection_depth.max(measure.depth);
            (*name, Measure { depth: 0, introspection_depth: inside, ..*measure })
        })
    }

    /// Measures an operation.
    pub fn operation(&mut self, operation: &'a OperationDefinition) -> (Measure, Part) {
        let parent = self.types.root(operation.ty).map_or(Parent::Unknown, Parent::Known);
        let mut measure = self.selection(&operation.selection_set.node, parent);
        measure.introspects &= operation.ty == OperationType::Query;
        (measure, std::mem::take(&mut self.part))
    }

    fn parent(&self, name: &str) -> Parent {
        match self.types.by_name(name) {
            Some(id) => Parent::Known(id),
            None if name.starts_with("__") => Parent::Introspection,
            None => Parent::Unknown,
        }
    }

    fn selection(&mut self, set: &'a SelectionSet, parent: Parent) -> Measure {
        let mut builder = Builder::new();
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(field, parent, &mut builder),
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let parent = condition.map_or(parent, |condition| self.parent(condition.node.on.node.as_str()));
                    let inner = self.selection(&inline.node.selection_set.node, parent);
                    builder.spread(&inner);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    if let Some(inner) = self.memo.get(name) {
                        builder.spread(inner);
                        self.part.spreads.push(name.into());
                    }
                }
            }
        }
        builder.finish(&mut self.plan)
    }

    fn field(&mut self, field: &'a Positioned<Field>, parent: Parent, builder: &mut Builder) {
        let name = field.node.name.node.as_str();
        let info = match parent {
            Parent::Known(id) => self.types.get(id).field(name),
            _ => None,
        };
        let below = match (parent, info.and_then(|info| info.gives)) {
            (Parent::Introspection, _) => Parent::Introspection,
            _ if matches!(name, "__schema" | "__type") => Parent::Introspection,
            (_, Some(id)) => Parent::Known(id),
            _ => Parent::Unknown,
        };
        self.note_judged(field, parent, info);
        let set = &field.node.selection_set.node;
        let inner = if set.items.is_empty() { Builder::new().empty() } else { self.selection(set, below) };
        builder.field(name, field.node.alias.is_some(), &inner);
        match parent {
            Parent::Introspection => builder.inside_introspection(name, &inner),
            _ if matches!(name, "__schema" | "__type" | "_service") => builder.introspection(name, &inner),
            _ => builder.add_cost(&field.node, info, !set.items.is_empty(), &inner),
        }
    }

    fn note_judged(&mut self, field: &'a Positioned<Field>, parent: Parent, info: Option<&FieldInfo>) {
        let Parent::Known(id) = parent else { return };
        let type_name = &self.types.get(id).name;
        let name = field.node.name.node.as_str();
        let for_judge = self.judge.is_some_and(|judge| judge.judges(type_name, name));
        let judged = field.node.arguments.iter().any(|(name, _)| is_judged(name.node.as_str()));
        if for_judge || judged {
            let mut judged = JudgedField::new(type_name, field);
            judged.for_judge = for_judge;
            judged.has_pages = info.is_some_and(|info| info.items == Rule::Connection);
            self.part.judged.push(judged);
        }
    }
}

impl Builder {
    fn new() -> Self {
        let measure = Measure {
            depth: 0,
            nesting: 0,
            introspection_depth: 0,
            introspection_lists: 0,
            height: 0,
            aliases: 0,
            fields: 0,
            cost: Cost::Known(0),
            cost_of_item: Cost::Known(0),
            selects_lag: false,
            introspects: false,
        };
        Self { measure, own: Sum::default(), item: Sum::default() }
    }

    fn empty(self) -> Measure {
        self.measure
    }

    fn finish(self, plan: &mut Plan) -> Measure {
        let (cost, cost_of_item) = (plan.keep(self.own), plan.keep(self.item));
        Measure { cost, cost_of_item, ..self.measure }
    }

    fn take_over(&mut self, inner: &Measure) {
        let measure = &mut self.measure;
        measure.nesting = measure.nesting.max(inner.nesting.saturating_add(1));
        measure.introspection_depth = measure.introspection_depth.max(inner.introspection_depth);
        measure.height = measure.height.saturating_add(inner.height).saturating_add(1);
        measure.aliases = measure.aliases.saturating_add(inner.aliases);
        measure.selects_lag |= inner.selects_lag;
        measure.introspects |= inner.introspects;
    }

    // A spread or an inline fragment: its fields stand on this level.
    fn spread(&mut self, inner: &Measure) {
        self.take_over(inner);
        let measure = &mut self.measure;
        measure.depth = measure.depth.max(inner.depth);
        measure.introspection_lists = measure.introspection_lists.max(inner.introspection_lists);
        measure.fields = measure.fields.saturating_add(inner.fields);
        self.own.add(&Factor::Times(1), inner.cost);
        self.item.add(&Factor::Times(1), inner.cost_of_item);
    }

    fn field(&mut self, name: &str, alias: bool, inner: &Measure) {
        self.take_over(inner);
        let measure = &mut self.measure;
        measure.aliases = measure.aliases.saturating_add(u64::from(alias));
        measure.fields = measure.fields.saturating_add(1);
        measure.selects_lag |= matches!(name, "lagSeconds" | "pulling");
    }

    fn inside_introspection(&mut self, name: &str, inner: &Measure) {
        let list = matches!(name, "fields" | "interfaces" | "possibleTypes" | "inputFields");
        let measure = &mut self.measure;
        measure.depth = measure.depth.max(inner.depth.saturating_add(1));
        measure.introspection_lists =
            measure.introspection_lists.max(inner.introspection_lists.saturating_add(u32::from(list)));
    }

    // What is inside counts for limits of its own, so to the outside it is one field.
    fn introspection(&mut self, name: &str, inner: &Measure) {
        let measure = &mut self.measure;
        measure.introspects = true;
        measure.depth = measure.depth.max(1);
        measure.introspection_depth = measure.introspection_depth.max(inner.depth.saturating_add(1));
        measure.introspection_lists = measure.introspection_lists.max(inner.introspection_lists);
        self.own.add_known(if name == "__type" { COST_OF_TYPE } else { COST_OF_SCHEMA });
    }

    fn add_cost(&mut self, field: &Field, info: Option<&FieldInfo>, composite: bool, inner: &Measure) {
        self.measure.depth = self.measure.depth.max(inner.depth.saturating_add(1));
        self.measure.introspection_lists = self.measure.introspection_lists.max(inner.introspection_lists);
        let rule = info.map_or(Rule::Times(1), |info| info.items);
        if !composite {
            if let (Rule::Times(times), true) = (rule, rule != Rule::Times(1)) {
                self.own.add_known(u64::from(times).div_ceil(10));
            }
            return;
        }
        if let Some(scan) = info.and_then(|info| info.scan)
            && let Some(values) = given(field, info, scan.argument)
        {
            self.own.add(&Factor::Beyond(u64::from(scan.free), values).known(), Cost::Known(u64::from(scan.cost)));
        }
        let factor = factor(rule, field, info);
        let to = if rule == Rule::Items { &mut self.item } else { &mut self.own };
        match rule {
            Rule::Connection => {
                to.add_known(1);
                to.add(&Factor::Times(1), inner.cost);
                to.add(&factor, inner.cost_of_item);
            }
            _ => {
                to.add(&factor, Cost::Known(if matches!(rule, Rule::Read(_)) { COST_OF_READ } else { 1 }));
                to.add(&factor, inner.cost);
                to.add(&factor, inner.cost_of_item);
            }
        }
    }
}

/// The value of an argument, or its default in the schema.
fn given(field: &Field, info: Option<&FieldInfo>, name: &str) -> Option<Stored> {
    let value = field.get_argument(name).map(|value| &value.node);
    let default = || info?.defaults.iter().find(|(known, _)| &**known == name).map(|(_, value)| value);
    value.or_else(default).map(Stored::new)
}

fn factor(rule: Rule, field: &Field, info: Option<&FieldInfo>) -> Factor {
    let given = |name: &str| given(field, info, name);
    let factor = match rule {
        Rule::Times(times) => Factor::Times(u64::from(times)),
        Rule::Items => Factor::Times(1),
        Rule::First(default) | Rule::Read(default) => {
            Factor::Page { first: given("first"), last: None, default: u64::from(default) }
        }
        Rule::Connection => {
            Factor::Page { first: given("first"), last: given("last"), default: u64::from(DEFAULT_PAGE) }
        }
        Rule::Length(argument) => given(argument).map_or(Factor::Times(1), Factor::Length),
    };
    factor.known()
}
