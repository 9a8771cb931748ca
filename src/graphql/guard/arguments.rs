//! Arguments that are judged before anything runs: how many items (`first`, `last`, `ids`), how long a search. An error in
//! a resolver would come too late: below a non-null field this GraphQL library leaves the key out of the answer.

use std::borrow::Cow;

use async_graphql::{
    Name, Pos, Positioned,
    parser::types::{Field, OperationDefinition},
};
use async_graphql_value::{ConstValue, Value};

use super::GuardError;

/// Most items of a page.
pub const MAX_PAGE: i64 = 100;
/// Most ids (or representations) in one argument.
pub const MAX_IDS: u64 = 100;
/// Most counts beside a list: more than any kind has dimensions.
pub const MAX_FACETS: u64 = 20;
/// Most characters of a search.
pub const MAX_SEARCH: usize = 400;

/// Checks what only the types know, such as a cursor against its order. Asked before anything runs.
pub trait ArgumentJudge: Send + Sync {
    /// Whether this field's arguments are to be judged. Asked once for a document.
    fn judges(&self, type_name: &str, field: &str) -> bool;

    /// Judges the arguments of one field; asked for every request. A refusal without a place gets that of the field.
    fn judge(&self, type_name: &str, field: &str, arguments: &Arguments<'_>) -> Result<(), GuardError>;
}

/// A value of the document, as far as it is known without the variables.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// Without variables.
    Known(ConstValue),
    /// One variable.
    Variable(Name),
    /// A list or an object with variables in it.
    Mixed(Value),
}

impl Stored {
    /// Takes a value over from a document.
    pub fn new(value: &Value) -> Self {
        match value {
            Value::Variable(name) => Stored::Variable(name.clone()),
            other => match other.clone().into_const() {
                Some(known) => Stored::Known(known),
                None => Stored::Mixed(other.clone()),
            },
        }
    }

    /// The value of this request; None for a variable that is not given. A missing variable inside a list is null.
    pub fn resolve<'a>(&'a self, variables: &Variables<'a>) -> Option<Cow<'a, ConstValue>> {
        match self {
            Stored::Known(value) => Some(Cow::Borrowed(value)),
            Stored::Variable(name) => variables.get(name).map(Cow::Borrowed),
            Stored::Mixed(value) => {
                let filled = value.clone().into_const_with(|name| {
                    Ok::<_, std::convert::Infallible>(variables.get(&name).cloned().unwrap_or_default())
                });
                filled.ok().map(Cow::Owned)
            }
        }
    }

    /// The value as a whole number; None for null, nothing, and other types.
    pub fn integer(&self, variables: &Variables<'_>) -> Option<i64> {
        match self.resolve(variables)?.as_ref() {
            ConstValue::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Items of the value as a list: a single value stands for a list of one.
    pub fn length(&self, variables: &Variables<'_>) -> u64 {
        match self {
            Stored::Mixed(Value::List(items)) => items.len() as u64,
            _ => match self.resolve(variables).as_deref() {
                None | Some(ConstValue::Null) => 0,
                Some(ConstValue::List(items)) => items.len() as u64,
                Some(_) => 1,
            },
        }
    }
}

/// The variables of a request, over the defaults of its operation.
#[derive(Clone, Copy, Debug)]
pub struct Variables<'a> {
    given: Option<&'a async_graphql::Variables>,
    defaults: &'a [(Name, ConstValue)],
}

impl<'a> Variables<'a> {
    /// The variables of a request and the defaults of the operation.
    pub fn new(given: &'a async_graphql::Variables, defaults: &'a [(Name, ConstValue)]) -> Self {
        Self { given: Some(given), defaults }
    }

    /// No variables.
    pub fn none() -> Variables<'static> {
        Variables { given: None, defaults: &[] }
    }

    /// A variable's value.
    pub fn get(&self, name: &str) -> Option<&'a ConstValue> {
        let given = self.given.and_then(|given| given.get(name));
        given.or_else(|| self.defaults.iter().find(|(known, _)| known.as_str() == name).map(|(_, value)| value))
    }
}

/// One field whose arguments are judged.
#[derive(Clone, Debug)]
pub struct JudgedField {
    /// The type that the field stands on.
    pub type_name: Box<str>,
    /// The field's name.
    pub field: Box<str>,
    /// Where it stands in the document.
    pub position: Pos,
    /// Whether the [`ArgumentJudge`] wants to see it.
    pub for_judge: bool,
    /// Whether there are further pages of it.
    pub has_pages: bool,
    arguments: Box<[(Name, Stored)]>,
}

impl JudgedField {
    /// Takes a field over from a document.
    pub fn new(type_name: &str, field: &Positioned<Field>) -> Self {
        let arguments = field.node.arguments.iter();
        Self {
            type_name: type_name.into(),
            field: field.node.name.node.as_str().into(),
            position: field.pos,
            for_judge: false,
            has_pages: false,
            arguments: arguments.map(|(name, value)| (name.node.clone(), Stored::new(&value.node))).collect(),
        }
    }

    /// Whether an argument stands in the document (it may still be an absent variable).
    pub fn has(&self, name: &str) -> bool {
        self.arguments.iter().any(|(known, _)| known.as_str() == name)
    }
}

/// The arguments of one field in one request, variables filled in.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    field: &'a JudgedField,
    variables: Variables<'a>,
}

impl<'a> Arguments<'a> {
    /// The arguments of a field with the variables of a request.
    pub fn new(field: &'a JudgedField, variables: Variables<'a>) -> Self {
        Self { field, variables }
    }

    /// An argument's value; None when it is absent or null.
    pub fn get(&self, name: &str) -> Option<Cow<'a, ConstValue>> {
        let (_, stored) = self.field.arguments.iter().find(|(known, _)| known.as_str() == name)?;
        stored.resolve(&self.variables).filter(|value| !matches!(value.as_ref(), ConstValue::Null))
    }

    fn stored(&self, name: &str) -> Option<&'a Stored> {
        self.field.arguments.iter().find(|(known, _)| known.as_str() == name).map(|(_, stored)| stored)
    }
}

/// Arguments that make a field a judged one.
pub fn is_judged(argument: &str) -> bool {
    matches!(
        argument,
        "first" | "last" | "after" | "before" | "ids" | "representations" | "fields" | "search" | "query" | "maxAge"
    )
}

/// The rules that need no types: pages, ids, searches.
pub fn judge(field: &JudgedField, variables: Variables<'_>) -> Result<(), GuardError> {
    let arguments = Arguments::new(field, variables);
    judge_page(field, &arguments)?;
    for (name, most) in [("ids", MAX_IDS), ("representations", MAX_IDS), ("fields", MAX_FACETS)] {
        let length = arguments.stored(name).map_or(0, |stored| stored.length(&variables));
        if length > most {
            return Err(refuse(field, format!("{name} has {length} items; give at most {most} in one request")));
        }
    }
    for name in ["search", "query"] {
        if let Some(ConstValue::String(text)) = arguments.get(name).as_deref()
            && text.chars().nth(MAX_SEARCH).is_some()
        {
            return Err(refuse(field, format!("{name} is longer than {MAX_SEARCH} characters; shorten it")));
        }
    }
    Ok(())
}

fn judge_page(field: &JudgedField, arguments: &Arguments<'_>) -> Result<(), GuardError> {
    let size = |name: &str| arguments.stored(name).and_then(|stored| stored.integer(&arguments.variables));
    let (first, last) = (size("first"), size("last"));
    for (name, size) in [("first", first), ("last", last)] {
        if let Some(size) = size
            && !(1..=MAX_PAGE).contains(&size)
        {
            let go_on = if field.has_pages { format!(" and go on with {}", turn_of(name)) } else { String::new() };
            return Err(refuse(field, format!("{name} is {size}; take 1 to {MAX_PAGE}{go_on}")));
        }
    }
    if first.is_some() && last.is_some() {
        return Err(refuse(field, "first and last are both given; keep one of them".into()));
    }
    Ok(())
}

fn turn_of(size: &str) -> &'static str {
    if size == "first" { "after" } else { "before" }
}

fn refuse(field: &JudgedField, what: String) -> GuardError {
    GuardError::bad_input(format!("{}.{}: {what}.", field.type_name, field.field)).at(field.position)
}

/// The variables of an operation: their defaults, and which the request has to bring.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    /// How many there are.
    pub count: usize,
    /// Defaults that are stated.
    pub defaults: Box<[(Name, ConstValue)]>,
    required: Box<[(Name, String, Pos)]>,
}

impl Definitions {
    /// The variables that an operation defines.
    pub fn new(operation: &OperationDefinition) -> Self {
        let (mut defaults, mut required) = (Vec::new(), Vec::new());
        for definition in &operation.variable_definitions {
            let (name, variable) = (&definition.node.name.node, &definition.node);
            if let Some(value) = &variable.default_value {
                defaults.push((name.clone(), value.node.clone()));
            }
            if !variable.var_type.node.nullable {
                required.push((name.clone(), variable.var_type.node.to_string(), definition.pos));
            }
        }
        Self { count: operation.variable_definitions.len(), defaults: defaults.into(), required: required.into() }
    }

    /// Refuses a request without a value for a variable that must not be null.
    pub fn judge(&self, variables: &Variables<'_>) -> Result<(), GuardError> {
        for (name, wanted, position) in &self.required {
            if matches!(variables.get(name), None | Some(ConstValue::Null)) {
                let message = format!("The variable \"${name}\" of type {wanted} has no value; send one in variables.");
                return Err(GuardError::bad_input(message).at(*position));
            }
        }
        Ok(())
    }
}

/// Values in the variables, those inside lists and objects too; counting ends above `limit`.
pub fn count_values<'a>(values: impl Iterator<Item = &'a ConstValue>, limit: usize) -> usize {
    let mut stack: Vec<&ConstValue> = values.take(limit.saturating_add(1)).collect();
    let mut counted = 0;
    while let Some(value) = stack.pop() {
        counted += 1;
        if counted > limit {
            break;
        }
        match value {
            ConstValue::List(items) => stack.extend(items.iter().take(limit)),
            ConstValue::Object(members) => stack.extend(members.values().take(limit)),
            _ => {}
        }
    }
    counted
}
