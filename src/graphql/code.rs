//! The words of `extensions.code`: a closed list that clients may rely on (docs/GRAPHQL.md, Errors).

use std::fmt;

/// Why a request, or a part of it, was not answered. Written in SCREAMING_SNAKE_CASE on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The document, or the JSON around it, cannot be parsed.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// An argument, a variable or a parameter of the request is wrong.
    BadUserInput,
    /// The request needs somebody who is signed in, or brought a bad token.
    Unauthenticated,
    /// The viewer lacks the right.
    Forbidden,
    /// What the request names does not exist.
    NotFound,
    /// What the request changes was changed by somebody else.
    Conflict,
    /// The document asks for too much: cost, aliases, root fields, tokens.
    TooComplex,
    /// The document is nested too deep.
    TooDeep,
    /// The request's body is too large.
    TooLarge,
    /// Too many requests in a short time.
    RateLimited,
    /// The answer took too long.
    Timeout,
    /// The persisted query is not known here.
    PersistedQueryNotFound,
    /// Only trusted documents are answered, and this is none.
    DocumentNotTrusted,
    /// The HTTP method does not fit the operation.
    MethodNotAllowed,
    /// The hub failed.
    Internal,
}

impl Code {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::ParseFailed => "PARSE_FAILED",
            Code::ValidationFailed => "VALIDATION_FAILED",
            Code::BadUserInput => "BAD_USER_INPUT",
            Code::Unauthenticated => "UNAUTHENTICATED",
            Code::Forbidden => "FORBIDDEN",
            Code::NotFound => "NOT_FOUND",
            Code::Conflict => "CONFLICT",
            Code::TooComplex => "TOO_COMPLEX",
            Code::TooDeep => "TOO_DEEP",
            Code::TooLarge => "TOO_LARGE",
            Code::RateLimited => "RATE_LIMITED",
            Code::Timeout => "TIMEOUT",
            Code::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Code::DocumentNotTrusted => "DOCUMENT_NOT_TRUSTED",
            Code::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Code::Internal => "INTERNAL",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
