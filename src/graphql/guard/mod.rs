//! The guard: what a document asks for is bounded before anything runs.
//!
//! The library's own limits expand fragments without memory, so a few hundred bytes can take minutes; its parser and its
//! validation are recursive. The guard therefore counts tokens and brackets first ([`lexer`]), parses, orders the
//! fragments ([`fragments`]), measures each definition once ([`measure`]), looks for different fields under one key
//! (`overlaps`), and keeps the result with the document, marked where the library would answer null for an object that is
//! there (`presence`). For each request it adds up what hangs on variables ([`cost`]) and judges arguments ([`arguments`]).

pub mod arguments;
pub mod cost;
mod error;
pub mod fragments;
pub mod lexer;
pub mod measure;
mod overlaps;
mod presence;
pub mod rules;
pub mod types;

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{
    Name, Pos, Positioned,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};

pub use arguments::{ArgumentJudge, Arguments};
pub use error::GuardError;
use {
    arguments::{Definitions, JudgedField, Variables},
    cost::{Cost, Plan},
    measure::{Measure, Measurer},
    rules::CostRules,
    types::{SchemaError, TypeMap},
};

use crate::graphql::code::Code;

const MAX_OPERATIONS: usize = 50;
const MAX_FRAGMENTS: usize = 100;
const MAX_DIRECTIVES: usize = 100;
const MAX_VARIABLES: usize = 200;
const MAX_HEIGHT: u64 = 5000;
// What the library's own check allows before it refuses with an error without a code.
const MAX_NESTING: u32 = 32;
// The introspection query of graphql-js goes 15 deep and has no list of types or fields inside of another.
const MAX_INTROSPECTION_DEPTH: u32 = 20;
const MAX_INTROSPECTION_LISTS: u32 = 2;

/// The limits that an operator sets (`[graphql]` in the configuration).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fields below one another.
    pub max_depth: u32,
    /// Cost of an operation, variables counted (see [`measure`]).
    pub max_cost: u64,
    /// Aliases, spreads counted in full.
    pub max_aliases: u64,
    /// Fields on the root type, spreads counted in full.
    pub max_root_fields: u64,
    /// Tokens of the document, and values in the variables.
    pub max_tokens: usize,
    /// Whether `__schema` and `__type` are answered.
    pub introspection: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_depth: 12,
            max_cost: 10_000,
            max_aliases: 50,
            max_root_fields: 20,
            max_tokens: 5000,
            introspection: true,
        }
    }
}

/// Judges documents and requests against one schema.
pub struct Guard {
    types: TypeMap,
    limits: Limits,
    judge: Option<Arc<dyn ArgumentJudge>>,
}

/// A document that may run, with what was measured on it.
#[derive(Debug)]
pub struct Document {
    /// The document as the library parsed it; answers to it go through [`Document::finish`].
    pub parsed: ExecutableDocument,
    /// Its tokens: a measure of how much memory it holds.
    pub tokens: usize,
    operations: Vec<Operation>,
    plan: Plan,
    marked: bool,
    /// Whether it was executed without an error, and nothing of a request but its text decides whether it is valid.
    known_valid: AtomicBool,
}

/// One operation of a document.
#[derive(Debug)]
pub struct Operation {
    /// Its name; None for the short form.
    pub name: Option<Name>,
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// Whether `lagSeconds` is selected: such an answer is never kept.
    pub selects_lag: bool,
    /// Whether it asks about the schema, or as a gateway does.
    pub introspects: bool,
    /// Fields whose arguments are judged, in no order.
    pub judged: Vec<JudgedField>,
    position: Pos,
    cost: Cost,
    root_fields: u64,
    definitions: Definitions,
}

impl Guard {
    /// A guard for the schema with this SDL.
    pub fn new(sdl: &str, rules: &CostRules, limits: Limits) -> Result<Self, SchemaError> {
        Ok(Self { types: TypeMap::new(sdl, rules)?, limits, judge: None })
    }

    /// The same guard with a judge of cursors, orders and whatever else only the types know.
    #[must_use]
    pub fn with_judge(mut self, judge: Arc<dyn ArgumentJudge>) -> Self {
        self.judge = Some(judge);
        self
    }

    /// The most that an operation may cost.
    pub fn max_cost(&self) -> u64 {
        self.limits.max_cost
    }

    /// List fields of the schema that no cost rule covers, as `Type.field`. A test keeps it empty.
    pub fn uncovered(&self) -> &[String] {
        self.types.uncovered()
    }

    /// Counts, parses and measures a document. Whatever does not hang on variables is judged here, once.
    pub fn analyze(&self, text: &str) -> Result<Document, GuardError> {
        let counted = lexer::count(text, &self.limits)?;
        at_most("directives", counted.directives as u64, MAX_DIRECTIVES as u64)?;
        let mut parsed = parse_query(text)?;
        at_most("operations", parsed.operations.iter().count() as u64, MAX_OPERATIONS as u64)?;
        at_most("fragments", parsed.fragments.len() as u64, MAX_FRAGMENTS as u64)?;
        let (operations, plan) = self.measure(&parsed)?;
        overlaps::judge(&parsed, &self.types)?;
        let marked = presence::mark(&mut parsed, &self.types)?;
        let known_valid = AtomicBool::new(false);
        Ok(Document { parsed, tokens: counted.tokens, operations, plan, marked, known_valid })
    }

    fn measure(&self, parsed: &ExecutableDocument) -> Result<(Vec<Operation>, Plan), GuardError> {
        let mut measurer = Measurer::new(parsed, &self.types, self.judge.as_deref())?;
        let mut measures: Vec<(Pos, Measure)> = Vec::new();
        for (name, measure) in measurer.fragments() {
            let position = parsed.fragments.get(name).map_or_else(Pos::default, |fragment| fragment.pos);
            measures.push((position, measure));
        }
        let mut operations = Vec::new();
        for (name, definition) in parsed.operations.iter() {
            self.judge_variable_types(&definition.node)?;
            let (measure, part) = measurer.operation(&definition.node);
            let judged = judged_fields(part, &measurer);
            measures.push((definition.pos, measure));
            operations.push(operation(name, definition, &measure, judged));
        }
        // Depth before size, over all definitions: the same document is always refused for the same reason.
        for (position, measure) in &measures {
            self.judge_depth(measure).map_err(|refusal| refusal.at(*position))?;
        }
        for (position, measure) in &measures {
            self.judge_size(measure).map_err(|refusal| refusal.at(*position))?;
        }
        for operation in &operations {
            at_most("root fields", operation.root_fields, self.limits.max_root_fields)
                .and_then(|()| at_most("variables", operation.definitions.count as u64, MAX_VARIABLES as u64))
                .map_err(|refusal| refusal.at(operation.position))?;
        }
        Ok((operations, measurer.plan))
    }

    // The library's validation panics on the default of a list of a type that does not exist.
    fn judge_variable_types(&self, operation: &OperationDefinition) -> Result<(), GuardError> {
        for definition in &operation.variable_definitions {
            let (wanted, _) = types::item_type(&definition.node.var_type.node);
            if !self.types.is_input(wanted) {
                let name = &definition.node.name.node;
                let message = format!(
                    "The variable \"${name}\" has the type \"{wanted}\", which is no input type of this schema."
                );
                return Err(GuardError::new(Code::ValidationFailed, message).at(definition.pos));
            }
        }
        Ok(())
    }

    fn judge_depth(&self, measure: &Measure) -> Result<(), GuardError> {
        not_deeper("fields", measure.depth, self.limits.max_depth)?;
        not_deeper("selections", measure.nesting, MAX_NESTING)?;
        not_deeper("fields of the introspection", measure.introspection_depth, MAX_INTROSPECTION_DEPTH)?;
        not_deeper("lists of the introspection", measure.introspection_lists, MAX_INTROSPECTION_LISTS)
    }

    fn judge_size(&self, measure: &Measure) -> Result<(), GuardError> {
        at_most("aliases", measure.aliases, self.limits.max_aliases)?;
        at_most("selections, spreads counted in full,", measure.height, MAX_HEIGHT)?;
        if measure.introspects && !self.limits.introspection {
            let message = "Introspection is switched off here; read the schema in the documentation.";
            return Err(GuardError::new(Code::ValidationFailed, message));
        }
        match measure.cost {
            Cost::Known(cost) => self.judge_cost(cost),
            Cost::Sum(_) => Ok(()),
        }
    }

    fn judge_cost(&self, cost: u64) -> Result<(), GuardError> {
        let limit = self.limits.max_cost;
        if cost <= limit {
            return Ok(());
        }
        let message =
            format!("The operation costs {cost}, more than {limit}; ask for fewer items (first) or less below them.");
        Err(GuardError::new(Code::TooComplex, message))
    }

    /// Judges the variables of a request: required ones, their size, arguments, cost. Gives the cost.
    pub fn judge_request(
        &self,
        document: &Document,
        operation: &Operation,
        given: &async_graphql::Variables,
    ) -> Result<u64, GuardError> {
        if !given.is_empty() {
            let limit = self.limits.max_tokens;
            let counted = arguments::count_values(given.values(), limit);
            at_most("values in its variables", counted as u64, limit as u64)?;
        }
        let variables = operation.variables(given);
        operation.definitions.judge(&variables)?;
        for field in &operation.judged {
            arguments::judge(field, variables)?;
            if let (true, Some(judge)) = (field.for_judge, &self.judge) {
                let arguments = Arguments::new(field, variables);
                judge
                    .judge(&field.type_name, &field.field, &arguments)
                    .map_err(|refusal| refusal.at(field.position))?;
            }
        }
        let cost = document.cost(operation, given);
        self.judge_cost(cost).map_err(|refusal| refusal.at(operation.position))?;
        Ok(cost)
    }
}

impl Document {
    /// Whether the document was found valid before, declares no variables that could be wrong this time, and asks
    /// nothing about the schema.
    pub fn is_known_valid(&self) -> bool {
        self.known_valid.load(Ordering::Relaxed)
    }

    /// It was executed without an error.
    pub fn note_valid(&self) {
        let trusts = |operation: &Operation| operation.definitions.count == 0 && !operation.introspects;
        if !self.is_known_valid() && self.operations.iter().all(trusts) {
            self.known_valid.store(true, Ordering::Relaxed);
        }
    }

    /// Makes what the library answered what the document asks: an object of which nothing is selected is there.
    pub fn finish(&self, answer: &mut async_graphql::Value) {
        if self.marked {
            presence::unmark(answer);
        }
    }

    /// The names of its operations; None for the short form.
    pub fn operation_names(&self) -> impl Iterator<Item = Option<&Name>> {
        self.operations.iter().map(|operation| operation.name.as_ref())
    }

    /// The operation that a request names, or the only one.
    pub fn operation(&self, name: Option<&str>) -> Result<&Operation, GuardError> {
        match (name, self.operations.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => Err(GuardError::bad_input(
                "The document has several operations; say in operationName which one is to run.",
            )),
            (Some(name), operations) => {
                // The library finds an operation by its name only if it has one.
                let named = !matches!(self.parsed.operations, DocumentOperations::Single(_));
                let found = operations
                    .iter()
                    .find(|operation| operation.name.as_ref().is_some_and(|known| known.as_str() == name));
                found.filter(|_| named).ok_or_else(|| {
                    GuardError::bad_input(
                        "The document has no operation with the name in operationName; name one of the document's.",
                    )
                })
            }
        }
    }

    /// The cost of an operation with these variables; saturates.
    pub fn cost(&self, operation: &Operation, given: &async_graphql::Variables) -> u64 {
        self.plan.evaluate(operation.cost, &operation.variables(given))
    }
}

impl Operation {
    /// The variables of a request over this operation's defaults.
    pub fn variables<'a>(&'a self, given: &'a async_graphql::Variables) -> Variables<'a> {
        Variables::new(given, &self.definitions.defaults)
    }
}

fn operation(
    name: Option<&Name>,
    definition: &Positioned<OperationDefinition>,
    measure: &Measure,
    judged: Vec<JudgedField>,
) -> Operation {
    let of_gateways = |field: &JudgedField| &*field.field == "_entities";
    Operation {
        name: name.cloned(),
        kind: definition.node.ty,
        selects_lag: measure.selects_lag,
        introspects: measure.introspects || judged.iter().any(of_gateways),
        judged,
        position: definition.pos,
        cost: measure.cost,
        root_fields: measure.fields,
        definitions: Definitions::new(&definition.node),
    }
}

// Those of the operation and of every fragment that it reaches, each once.
fn judged_fields(part: measure::Part, measurer: &Measurer<'_>) -> Vec<JudgedField> {
    let mut judged = part.judged;
    let mut reached: HashSet<&str> = HashSet::new();
    let mut open: Vec<&str> = part.spreads.iter().map(AsRef::as_ref).collect();
    while let Some(name) = open.pop() {
        let Some((name, part)) = measurer.parts.get_key_value(name) else { continue };
        if reached.insert(name) {
            judged.extend(part.judged.iter().cloned());
            open.extend(part.spreads.iter().map(AsRef::as_ref));
        }
    }
    judged
}

fn at_most(what: &str, counted: u64, limit: u64) -> Result<(), GuardError> {
    if counted <= limit {
        return Ok(());
    }
    let message = format!("The request has more than {limit} {what}; ask in several requests.").replace(",;", ";");
    Err(GuardError::new(Code::TooComplex, message))
}

fn not_deeper(what: &str, depth: u32, limit: u32) -> Result<(), GuardError> {
    if depth <= limit {
        return Ok(());
    }
    let message =
        format!("The document goes {depth} {what} deep, more than {limit}; ask for less depth in one request.");
    Err(GuardError::new(Code::TooDeep, message))
}

#[cfg(test)]
mod tests;
