//! Keys that an operator takes on: shown with their thumbprint, taken when told yes. What is compared over the telephone
//! is the thumbprint, so it is what `--yes` wants.

use super::{Failure, output};
use crate::config::{PinnedKey, PinnedStatus};
use crate::journal::key::{PublicKey, in_groups_of_four, is_thumbprint};
use crate::wire::{Conditional, Fault};

/// Asks whether this key is the right one. With `yes` nothing is asked: it must be the thumbprint.
pub(super) fn confirm(whose: &str, thumbprint: &str, yes: Option<&str>) -> Result<(), Failure> {
    match yes {
        Some(wanted) if is_thumbprint(wanted, thumbprint) => Ok(()),
        Some(wanted) => Err(Failure::failed(format!(
            "{whose} shows a key with the thumbprint {}, and --yes says {}: nothing was pinned. Compare the thumbprint with \
             its staff, on a telephone number known before",
            in_groups_of_four(thumbprint),
            in_groups_of_four(&wanted.split_whitespace().collect::<String>()),
        ))),
        None => {
            let question = "Did its staff read you this thumbprint, on a telephone number known before? Pin it?";
            match output::confirm(question, false, "give the thumbprint with --yes THUMBPRINT")? {
                true => Ok(()),
                false => Err(Failure::failed("nothing was pinned, and nothing was written")),
            }
        }
    }
}

/// The key as the configuration keeps it.
pub(super) fn pinned(key: &PublicKey) -> Result<PinnedKey, Failure> {
    PinnedKey::new(&key.x(), PinnedStatus::Current).map_err(Failure::failed)
}

/// What came, of a request without an ETag.
pub(super) fn answer<T>(entity_id: &str, answer: Result<Conditional<T>, Fault>) -> Result<T, Failure> {
    match answer {
        Ok(Conditional::New { value, .. }) => Ok(value),
        Ok(Conditional::NotModified) => Err(Failure::failed(format!("{entity_id}: the server answered out of turn"))),
        Err(fault) => Err(Failure::failed(format!("{entity_id}: {fault}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_thumbprint_is_refused_with_both_named() {
        let said = confirm("https://a.example", "kPrK_qmxVWa", Some("aaaa")).map_err(|failure| failure.to_string());
        assert!(said.is_err_and(|said| said.contains("kPrK _qmx VWa") && said.contains("aaaa")));
    }
}
