//! How a request names a document without its text: `documentId` (GraphQL over HTTP, appendix A), or the `persistedQuery`
//! of Apollo's clients in `extensions`. Both are the SHA-256 of the text.

use std::collections::BTreeMap;

use async_graphql::Value;
use aws_lc_rs::digest::{SHA256, digest};

use super::answer::Failure;
use crate::graphql::guard::GuardError;

const PREFIX: &str = "sha256:";
const APOLLO: &str = "persistedQuery";

/// The SHA-256 of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentId([u8; 32]);

impl DocumentId {
    /// The id of this text, byte for byte.
    pub fn of(text: &str) -> Self {
        let mut id = Self([0; 32]);
        id.0.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
        id
    }

    /// From 64 hexadecimal digits, `sha256:` before them or not.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(PREFIX).unwrap_or(text).as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut id = Self([0; 32]);
        for (byte, pair) in id.0.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::try_from(char::from(pair[0]).to_digit(16)? << 4 | char::from(pair[1]).to_digit(16)?).ok()?;
        }
        Some(id)
    }

    /// As a request gives it; one that is given twice must be the same.
    ///
    /// # Errors
    /// BAD_USER_INPUT for what is no id.
    pub fn read(
        document_id: Option<&str>,
        extensions: Option<&BTreeMap<String, Value>>,
    ) -> Result<Option<Self>, Failure> {
        let by_appendix = document_id.filter(|text| !text.is_empty()).map(|text| {
            Self::parse(text).ok_or_else(|| bad("documentId is sha256: and the 64 hexadecimal digits of the SHA-256."))
        });
        let by_apollo = extensions.and_then(|extensions| extensions.get(APOLLO)).filter(|said| **said != Value::Null);
        match (by_appendix.transpose()?, by_apollo.map(of_apollo).transpose()?) {
            (Some(one), Some(other)) if one != other => {
                Err(bad("documentId and extensions.persistedQuery name two documents; name one."))
            }
            (one, other) => Ok(one.or(other)),
        }
    }
}

impl std::fmt::Display for DocumentId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(PREFIX)?;
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

fn of_apollo(said: &Value) -> Result<DocumentId, Failure> {
    let Value::Object(said) = said else {
        return Err(bad("extensions.persistedQuery is an object with version and sha256Hash."));
    };
    if !matches!(said.get("version"), Some(Value::Number(version)) if version.as_u64() == Some(1)) {
        return Err(bad("extensions.persistedQuery has another version than 1; send version 1."));
    }
    match said.get("sha256Hash") {
        Some(Value::String(text)) => DocumentId::parse(text),
        _ => None,
    }
    .ok_or_else(|| bad("extensions.persistedQuery.sha256Hash is the 64 hexadecimal digits of the document's SHA-256."))
}

fn bad(message: &str) -> Failure {
    GuardError::bad_input(message).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    // The example of the appendix.
    const TEXT: &str = "query($id:ID!){user(id:$id){name}}";
    const ID: &str = "sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b";

    #[test]
    fn an_id_is_the_sha_256_of_the_text() {
        assert_eq!(DocumentId::of(TEXT).to_string(), ID);
        let digits = ID.strip_prefix(PREFIX).unwrap();
        for same in [ID, digits, &digits.to_uppercase()] {
            assert_eq!(DocumentId::parse(same), Some(DocumentId::of(TEXT)), "{same}");
        }
        for other in ["", "sha256:", &ID[..70], &format!("{ID}0"), "md5:1234", &ID.replace('7', "g"), &"é".repeat(32)]
        {
            assert_eq!(DocumentId::parse(other), None, "{other}");
        }
    }
}
