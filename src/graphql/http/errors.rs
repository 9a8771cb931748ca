//! Every error that leaves the hub has a code, a bounded message, and nothing of the machine; an answer has few of them.

use async_graphql::{ErrorExtensionValues, ServerError, Value};

use crate::graphql::code::Code;

/// Most errors in one answer; one more says how many there were.
pub const MAX_ERRORS: usize = 20;
// Messages of the validation quote what the client sent.
const MAX_MESSAGE: usize = 500;

// How this library begins what it says about wrong values.
const ABOUT_INPUT: [&str; 4] = ["Invalid value for argument", "Failed to parse", "Expected input type", "Variable "];

/// Gives each error its code, shortens messages, and cuts the list.
pub fn finish(errors: &mut Vec<ServerError>) {
    let count = errors.len();
    errors.truncate(MAX_ERRORS);
    for error in errors.iter_mut() {
        finish_one(error);
    }
    if count > MAX_ERRORS {
        let code = errors.last().and_then(code_of).unwrap_or_else(|| Code::Internal.as_str().into());
        let mut rest = ServerError::new(format!("… and {} more errors; mend these first.", count - MAX_ERRORS), None);
        rest.extensions = Some(with_code(ErrorExtensionValues::default(), code));
        errors.push(rest);
    }
}

/// Whether a value of the request could not be read (a number too large, a word that is no date). The specification has
/// that as an error of the request, but the library finds it only in the resolver. If so, only such errors are left,
/// without a path.
pub fn keep_input_errors(errors: &mut Vec<ServerError>) -> bool {
    if !errors.iter().any(is_about_input) {
        return false;
    }
    errors.retain(is_about_input);
    errors.iter_mut().for_each(|error| error.path.clear());
    true
}

fn is_about_input(error: &ServerError) -> bool {
    code_of(error).is_none() && classify(error) == Code::BadUserInput
}

fn finish_one(error: &mut ServerError) {
    // The source is for programs that use the library; it never goes out.
    error.source = None;
    if code_of(error).is_some() {
        shorten(&mut error.message);
        return;
    }
    let code = classify(error);
    if code == Code::Internal {
        tracing::error!(message = %error.message, path = ?error.path, "a resolver failed");
        error.message = "The hub failed to answer this field; the operator finds the reason in the log.".into();
    }
    shorten(&mut error.message);
    let extensions = error.extensions.take().unwrap_or_default();
    error.extensions = Some(with_code(extensions, code.as_str().into()));
}

fn classify(error: &ServerError) -> Code {
    let about_input = ABOUT_INPUT.iter().any(|start| error.message.starts_with(start));
    match error.path.is_empty() {
        false if about_input => Code::BadUserInput,
        false => Code::Internal,
        // Before anything runs, a sentence about a variable is one about the document.
        true if about_input && !(error.message.starts_with("Variable ") && error.message.contains('"')) => {
            Code::BadUserInput
        }
        true if error.message.starts_with("The recursion depth") => Code::TooDeep,
        true => Code::ValidationFailed,
    }
}

fn code_of(error: &ServerError) -> Option<String> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code.clone()),
        Value::Enum(code) => Some(code.to_string()),
        _ => None,
    }
}

fn with_code(mut extensions: ErrorExtensionValues, code: String) -> ErrorExtensionValues {
    extensions.set("code", code);
    extensions
}

fn shorten(message: &mut String) {
    if let Some((end, _)) = message.char_indices().nth(MAX_MESSAGE) {
        message.truncate(end);
        message.push('…');
    }
}
