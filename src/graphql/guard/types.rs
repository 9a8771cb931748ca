//! The types of a schema in the compact form that the guard walks: per composite type its fields, per field the type it
//! gives, how many items it may have, and which arguments are judged. Made once, from the SDL.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, OperationType, ServiceDocument, Type, TypeKind, TypeSystemDefinition},
};
use async_graphql_value::Value;

use super::rules::{CostRules, Rule, Scan};

// Known to every schema; an SDL need not name them.
const BUILT_IN: [&str; 6] = ["Int", "Float", "String", "Boolean", "ID", "_Any"];

/// Place of a composite type in [`TypeMap`].
pub type TypeId = usize;

/// Composite types (objects, interfaces, unions) of a schema.
#[derive(Debug)]
pub struct TypeMap {
    types: Vec<TypeInfo>,
    by_name: HashMap<Box<str>, TypeId>,
    inputs: HashSet<Box<str>>,
    query: Option<TypeId>,
    mutation: Option<TypeId>,
    subscription: Option<TypeId>,
    uncovered: Vec<String>,
}

/// One composite type.
#[derive(Debug)]
pub struct TypeInfo {
    /// Its name in the schema.
    pub name: Box<str>,
    /// Whether it is no interface and no union.
    pub is_object: bool,
    fields: HashMap<Box<str>, FieldInfo>,
}

/// One field of a composite type.
#[derive(Debug)]
pub struct FieldInfo {
    /// The composite type that it gives; None for scalars and enums.
    pub gives: Option<TypeId>,
    /// How many items it may have.
    pub items: Rule,
    /// The walk over records that it may set off.
    pub scan: Option<Scan>,
    /// Arguments with a default that the guard looks at.
    pub defaults: Box<[(Box<str>, Value)]>,
}

/// The SDL cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// It is no SDL.
    #[error("the schema's SDL cannot be parsed: {0}")]
    Parse(#[from] async_graphql::parser::Error),
}

impl TypeMap {
    /// Reads an SDL. List fields without a rule count as one item and are named by [`TypeMap::uncovered`].
    pub fn new(sdl: &str, rules: &CostRules) -> Result<Self, SchemaError> {
        let document = parse_schema(sdl)?;
        let mut map = Self::names(&document);
        for definition in &document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let fields = match &definition.node.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                _ => continue,
            };
            let Some(&id) = map.by_name.get(definition.node.name.node.as_str()) else { continue };
            for field in fields {
                let info = map.field(&map.types[id].name, &field.node, rules);
                let info = info.unwrap_or_else(|uncovered| {
                    map.uncovered.push(format!("{}.{}", map.types[id].name, field.node.name.node));
                    uncovered
                });
                map.types[id].fields.insert(field.node.name.node.as_str().into(), info);
            }
        }
        map.add_federation_fields();
        map.uncovered.sort();
        Ok(map)
    }

    fn names(document: &ServiceDocument) -> Self {
        let mut map = Self {
            types: Vec::new(),
            by_name: HashMap::new(),
            inputs: BUILT_IN.iter().map(|name| Box::from(*name)).collect(),
            query: None,
            mutation: None,
            subscription: None,
            uncovered: Vec::new(),
        };
        let (mut query, mut mutation, mut subscription) = ("Query", "Mutation", "Subscription");
        for definition in &document.definitions {
            match definition {
                TypeSystemDefinition::Type(definition) => {
                    let composite = matches!(
                        definition.node.kind,
                        TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_)
                    );
                    let name: Box<str> = definition.node.name.node.as_str().into();
                    if !composite {
                        map.inputs.insert(name.clone());
                    }
                    if composite && !map.by_name.contains_key(&name) {
                        map.by_name.insert(name.clone(), map.types.len());
                        let is_object = matches!(definition.node.kind, TypeKind::Object(_));
                        map.types.push(TypeInfo { name, is_object, fields: HashMap::new() });
                    }
                }
                TypeSystemDefinition::Schema(schema) => {
                    query = schema.node.query.as_ref().map_or(query, |name| name.node.as_str());
                    mutation = schema.node.mutation.as_ref().map_or(mutation, |name| name.node.as_str());
                    subscription = schema.node.subscription.as_ref().map_or(subscription, |name| name.node.as_str());
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        map.query = map.by_name.get(query).copied();
        map.mutation = map.by_name.get(mutation).copied();
        map.subscription = map.by_name.get(subscription).copied();
        map
    }

    // Err holds the field all the same, with one item: the list is not covered.
    fn field(&self, owner: &str, field: &FieldDefinition, rules: &CostRules) -> Result<FieldInfo, FieldInfo> {
        let (item, list) = item_type(&field.ty.node);
        let gives = self.by_name.get(item).copied();
        let defaults = field
            .arguments
            .iter()
            .filter_map(|argument| {
                let value = argument.node.default_value.as_ref()?;
                Some((argument.node.name.node.as_str().into(), value.node.clone().into_value()))
            })
            .collect();
        let connection = gives.is_some() && !list && item.ends_with("Connection");
        let rule = rules.find(owner, field.name.node.as_str(), item);
        let (items, covered) = match rule {
            Some(rule) if list => (rule, true),
            _ if connection => (Rule::Connection, true),
            _ => (Rule::Times(1), !list),
        };
        let scan = rules.find_scan(owner, field.name.node.as_str());
        let info = FieldInfo { gives, items, scan, defaults };
        if covered { Ok(info) } else { Err(info) }
    }

    // The federation fields are not in the SDL, but a schema with federation answers them.
    fn add_federation_fields(&mut self) {
        let Some(query) = self.query else { return };
        let entity = self.types.len();
        self.by_name.insert("_Entity".into(), entity);
        self.types.push(TypeInfo { name: "_Entity".into(), is_object: false, fields: HashMap::new() });
        let items = Rule::Length("representations");
        let entities = FieldInfo { gives: Some(entity), items, scan: None, defaults: Box::default() };
        self.types[query].fields.entry("_entities".into()).or_insert(entities);
    }

    /// The type with this name, if it is a composite one.
    pub fn by_name(&self, name: &str) -> Option<TypeId> {
        self.by_name.get(name).copied()
    }

    /// Whether this is the name of a scalar, an enum or an input object: a type that a variable can have.
    pub fn is_input(&self, name: &str) -> bool {
        self.inputs.contains(name)
    }

    /// The type at this place.
    pub fn get(&self, id: TypeId) -> &TypeInfo {
        &self.types[id]
    }

    /// The root type of an operation.
    pub fn root(&self, operation: OperationType) -> Option<TypeId> {
        match operation {
            OperationType::Query => self.query,
            OperationType::Mutation => self.mutation,
            OperationType::Subscription => self.subscription,
        }
    }

    /// List fields without a cost rule, as `Type.field`, sorted. A schema is only guarded when there is none.
    pub fn uncovered(&self) -> &[String] {
        &self.uncovered
    }
}

impl TypeInfo {
    /// The field with this name.
    pub fn field(&self, name: &str) -> Option<&FieldInfo> {
        self.fields.get(name)
    }
}

/// The named type inside of lists, and whether there is a list.
pub fn item_type(ty: &Type) -> (&str, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(inner) => (item_type(inner).0, true),
    }
}
