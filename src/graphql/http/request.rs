//! The parameters of a GraphQL request, from a JSON body or from the address.

use std::collections::BTreeMap;

use async_graphql::{Value, Variables};
use axum::extract::Query;
use http::{StatusCode, Uri};
use serde::Deserialize;

use super::{answer::Failure, document_id::DocumentId};
use crate::graphql::code::Code;

/// What a client sent. It names its document by the text, by an id, or by both.
#[derive(Debug, Default, PartialEq)]
pub struct Parameters {
    /// The document.
    pub query: Option<String>,
    /// Which document it is, where the client says so.
    pub id: Option<DocumentId>,
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
    document_id: Option<String>,
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    extensions: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InAddress {
    query: Option<String>,
    document_id: Option<String>,
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
                    "The body is no GraphQL request: {error}. query, documentId and operationName are strings, variables and extensions objects."
                ))
            } else {
                Failure::both(StatusCode::BAD_REQUEST, Code::ParseFailed, format!("The body is no JSON: {error}."))
            }
        })?;
        let id = DocumentId::read(read.document_id.as_deref(), read.extensions.as_ref())?;
        let extensions = read.extensions.unwrap_or_default();
        Self { query: read.query, id, operation_name: read.operation_name, variables: read.variables, extensions }
            .checked()
    }

    /// From the address of a GET request: `variables` and `extensions` are JSON. Every refusal has status 400.
    pub fn from_address(address: &Uri) -> Result<Self, Failure> {
        let Query(read) = Query::<InAddress>::try_from_uri(address).map_err(|_| {
            bad("The address cannot be read; give query or documentId, variables, operationName, extensions once each.")
        })?;
        let variables = in_json("variables", read.variables.as_deref())?;
        let extensions: Option<BTreeMap<String, Value>> = in_json("extensions", read.extensions.as_deref())?;
        let id = DocumentId::read(read.document_id.as_deref(), extensions.as_ref())?;
        Self {
            query: read.query,
            id,
            operation_name: read.operation_name,
            variables: variables.unwrap_or_default(),
            extensions: extensions.unwrap_or_default(),
        }
        .checked()
    }

    fn checked(mut self) -> Result<Self, Failure> {
        if self.query.is_none() && self.id.is_none() {
            return Err(bad("The request has no query; send the document in query, or its id in documentId."));
        }
        self.operation_name = self.operation_name.filter(|name| !name.is_empty());
        Ok(self)
    }
}

fn in_json<'a, T: Deserialize<'a>>(name: &str, text: Option<&'a str>) -> Result<Option<T>, Failure> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    serde_json::from_str::<Option<T>>(text).map_err(|error| bad(format!("{name} is no JSON object: {error}.")))
}

fn bad(message: impl Into<String>) -> Failure {
    Failure::both(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
}
