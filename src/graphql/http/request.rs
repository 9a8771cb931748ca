//! The parameters of a GraphQL request, from a JSON body or from the address.

use std::collections::BTreeMap;

use async_graphql::{Value, Variables};
use axum::extract::Query;
use http::{StatusCode, Uri};
use serde::Deserialize;

use super::answer::Failure;
use crate::graphql::code::Code;

/// What a client sent. `extensions` are read and kept for what comes later (persisted queries); nothing uses them yet.
#[derive(Debug, Default, PartialEq)]
pub struct Parameters {
    /// The document.
    pub query: String,
    /// Which of its operations is to run.
    pub operation_name: Option<String>,
    /// Values for its variables.
    pub variables: Variables,
    /// Whatever else a client says about its request.
    pub extensions: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a JSON object")]
struct InBody {
    query: Option<String>,
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    extensions: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InAddress {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

impl Parameters {
    /// From the body of a POST request. Every refusal has status 400.
    pub fn from_body(body: &[u8]) -> Result<Self, Failure> {
        match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => return Err(bad("The body is empty; send a JSON object with the document in query.")),
            // serde would read an array as the members of an object in their order.
            Some(b'[') => {
                return Err(bad("The body is a JSON array; batches are not answered, send one request at a time."));
            }
            Some(_) => {}
        }
        let read: InBody = serde_json::from_slice(body).map_err(|error| {
            if error.is_data() {
                bad(format!(
                    "The body is no GraphQL request: {error}. query and operationName are strings, variables and extensions objects."
                ))
            } else {
                Failure::both(StatusCode::BAD_REQUEST, Code::ParseFailed, format!("The body is no JSON: {error}."))
            }
        })?;
        Self::new(read.query, read.operation_name, read.variables, read.extensions.unwrap_or_default())
    }

    /// From the address of a GET request: `variables` and `extensions` are JSON. Every refusal has status 400.
    pub fn from_address(address: &Uri) -> Result<Self, Failure> {
        let Query(read) = Query::<InAddress>::try_from_uri(address).map_err(|_| {
            bad("The address cannot be read; give query, variables, operationName and extensions once each.")
        })?;
        let variables = in_json("variables", read.variables.as_deref())?;
        let extensions: Option<BTreeMap<String, Value>> = in_json("extensions", read.extensions.as_deref())?;
        Self::new(read.query, read.operation_name, variables.unwrap_or_default(), extensions.unwrap_or_default())
    }

    fn new(
        query: Option<String>,
        operation_name: Option<String>,
        variables: Variables,
        extensions: BTreeMap<String, Value>,
    ) -> Result<Self, Failure> {
        let query = query.ok_or_else(|| bad("The request has no query; send the document in query."))?;
        Ok(Self { query, operation_name: operation_name.filter(|name| !name.is_empty()), variables, extensions })
    }
}

fn in_json<'a, T: Deserialize<'a>>(name: &str, text: Option<&'a str>) -> Result<Option<T>, Failure> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    serde_json::from_str::<Option<T>>(text).map_err(|error| bad(format!("{name} is no JSON object: {error}.")))
}

fn bad(message: impl Into<String>) -> Failure {
    Failure::both(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
}
