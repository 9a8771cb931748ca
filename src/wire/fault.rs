//! Why an answer of another server may not be used. Each fault has one sentence for the operator and one word for
//! anonymous viewers. Nothing in either comes from this machine's network, and of the other server's text only a host
//! and a problem code of fixed form.

use crate::record::EntityIdError;

/// Longest pause that a server can ask for, in seconds (protocol §5: at most 6 h).
pub const LONGEST_PAUSE: u64 = 6 * 60 * 60;

/// What was waited for when the time ran out (protocol §6, time limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The connection, TLS included.
    Connection,
    /// The next byte.
    Byte,
    /// The end of the answer.
    Whole,
}

/// Nothing of the answer may be used, except the revisions of a batch that had come before the fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Too slow.
    #[error("{}", match .0 {
        Waited::Connection => "The server could not be reached in time; check its address and the network.",
        Waited::Byte => "The server fell silent before its answer was complete.",
        Waited::Whole => "The server's answer was not complete in the time that one may take.",
    })]
    Timeout(Waited),
    /// No connection; the text says why.
    #[error("No connection to the server: {0}.")]
    Refused(&'static str),
    /// The host resolves to an address that may not be called (protocol §7), or is such an address.
    #[error(
        "The server's address is private, local or reserved and may not be called; \
         if it is meant, set trust.allow_private_networks."
    )]
    AddressNotAllowed,
    /// The base URL breaks the rules of protocol §2.
    #[error("The server's URL can't be called: {0}")]
    NotCallable(EntityIdError),
    /// The TLS handshake failed.
    #[error("No trusted TLS connection: the server's certificate or its TLS does not pass; see trust.ca_file.")]
    Tls,
    /// Redirects are never followed (protocol §7). `to` is the host, if another one was named.
    #[error("The server redirects{}; redirects are not followed.", host_named(.to))]
    Redirect {
        /// Host of the `Location`, if it has one.
        to: Option<String>,
    },
    /// A status that protocol §5 does not give for this request.
    #[error("The server answered with status {code}{}.", problem_in_brackets(.problem))]
    Status {
        /// HTTP status.
        code: u16,
        /// Code of `urn:nmirf:problem:<code>`.
        problem: Option<String>,
    },
    /// The server asks for patience: do not ask again before `seconds` have passed.
    #[error("The server asks to wait {seconds} seconds (status {status}{}).", problem_in_brackets(.problem))]
    RetryLater {
        /// At most [`LONGEST_PAUSE`].
        seconds: u64,
        /// 429 or 503.
        status: u16,
        /// Code of `urn:nmirf:problem:<code>`.
        problem: Option<String>,
    },
    /// Over the bound of decompressed bytes (protocol §7), or as many bytes on the wire.
    #[error("The server's answer is larger than allowed.")]
    TooLarge,
    /// A line of a batch, or the revision in it, is over its bound.
    #[error("A line of the server's answer is longer than allowed.")]
    LineTooLong,
    /// The answer ends before its end.
    #[error("The server's answer broke off before its end.")]
    Truncated,
    /// Not the type that protocol §5 gives.
    #[error("The server's answer has another content type than the protocol gives: is this a nmirf-hub?")]
    ContentType,
    /// An unknown or double encoding, a wrong compressed stream, or bytes after its end.
    #[error("The content encoding of the server's answer is unknown or wrong.")]
    ContentEncoding,
    /// Not of the form that the protocol gives; the text says what.
    #[error("The server's answer does not follow the protocol: {0}.")]
    Malformed(&'static str),
    /// A revision that was not asked for, or one twice.
    #[error("The server sent a revision that was not asked for, or one twice.")]
    NotAskedFor,
    /// `more` is true, but the batch brought nothing.
    #[error("The server promises more revisions, but sent none.")]
    NoProgress,
    /// The receiver of the revisions wants no more of them.
    #[error("Reading was stopped: a bound of this instance is reached.")]
    Stopped,
}

impl Fault {
    /// The one word that anonymous viewers see: `timeout`, `refused`, `tls` or `protocol`.
    pub fn word(&self) -> &'static str {
        match self {
            Fault::Timeout(_) => "timeout",
            Fault::Refused(_) | Fault::AddressNotAllowed | Fault::NotCallable(_) => "refused",
            Fault::Tls => "tls",
            _ => "protocol",
        }
    }

    /// One clear sentence for the operator, without addresses of this machine.
    pub fn sentence(&self) -> String {
        self.to_string()
    }

    /// Whether a batch should be asked again in halves (protocol §6 step 4).
    pub fn breaks_a_bound(&self) -> bool {
        matches!(self, Fault::TooLarge | Fault::LineTooLong)
    }
}

fn host_named(to: &Option<String>) -> String {
    to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default()
}

fn problem_in_brackets(problem: &Option<String>) -> String {
    problem.as_ref().map(|code| format!(", {code}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_one_sentence_and_one_of_four_words() {
        let all = [
            (Fault::Timeout(Waited::Byte), "timeout"),
            (Fault::Refused("the server refuses connections"), "refused"),
            (Fault::AddressNotAllowed, "refused"),
            (Fault::Tls, "tls"),
            (Fault::Redirect { to: Some("b.example".into()) }, "protocol"),
            (Fault::Status { code: 500, problem: None }, "protocol"),
            (Fault::RetryLater { seconds: 5, status: 503, problem: Some("overloaded".into()) }, "protocol"),
            (Fault::Malformed("this is no JSON"), "protocol"),
        ];
        for (fault, word) in all {
            assert_eq!(fault.word(), word);
            let sentence = fault.sentence();
            assert!(
                sentence.ends_with(['.', '?']) && !sentence.contains('\n') && !sentence.contains("  "),
                "{sentence}"
            );
        }
    }
}
