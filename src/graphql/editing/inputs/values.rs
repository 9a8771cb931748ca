//! Values that inputs have in common.

use std::borrow::Cow;

use async_graphql::registry::Registry;
use async_graphql::{InputObject, InputType, InputValueError, InputValueResult, OutputType as _, Value};
use serde_json::json;

use crate::graphql::scalars::{LanguageTag, Url};

/// A text by language.
#[derive(InputObject, Debug)]
pub struct LocalizedTextInput {
    /// Language.
    pub language: LanguageTag,
    /// Text; empty removes the language.
    pub text: String,
}

/// A source.
#[derive(InputObject, Debug)]
pub struct SourceInput {
    /// Title.
    pub title: String,
    /// Address.
    pub url: Option<UrlInput>,
}

impl SourceInput {
    pub(super) fn written(self) -> serde_json::Value {
        json!({"title": self.title, "url": self.url.map(|url| url.0)})
    }
}

/// A document in one language.
#[derive(InputObject, Debug)]
pub struct EditionInput {
    /// Language.
    pub language: LanguageTag,
    /// Address.
    pub url: UrlInput,
}

impl EditionInput {
    pub(super) fn written(self) -> serde_json::Value {
        json!({"language": self.language.0.as_str(), "url": self.url.0})
    }
}

/// An address as it is typed; the checks of the draft say whether it is one, so that a half-typed one can be saved.
#[derive(Debug, Clone)]
pub struct UrlInput(pub(super) String);

impl InputType for UrlInput {
    type RawValueType = String;

    fn type_name() -> Cow<'static, str> {
        <Url<'_> as async_graphql::OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Url::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            Some(Value::String(text)) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other.unwrap_or_default())),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }

    fn as_raw_value(&self) -> Option<&String> {
        Some(&self.0)
    }
}
