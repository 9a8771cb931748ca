//! Secrets that are handed out once: 256 random bits. The database keeps their hashes alone; a fast hash does, since
//! nobody can try all of them.

use aws_lc_rs::rand;

use crate::journal::encoding::{base64url, hash_from_base64url, sha256};

/// A new secret: 43 characters of base64url.
pub(super) fn fresh() -> String {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).expect("the system's random number generator works, or nobody may sign in");
    base64url(&bytes)
}

/// What the database keeps of a secret; None for what cannot be one.
pub(super) fn kept(secret: &str) -> Option<String> {
    hash_from_base64url(secret).map(|bytes| base64url(&sha256(&bytes)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn two_secrets_differ_and_neither_is_kept_itself() {
        let (one, other) = (fresh(), fresh());
        assert_ne!(one, other);
        assert_ne!(kept(&one).unwrap(), one);
        assert_ne!(kept(&one), kept(&other));
    }

    #[test]
    fn what_is_no_secret_is_not_looked_up() {
        for text in ["", "abc", &"a".repeat(10_000), &format!("{}=", fresh())] {
            assert_eq!(kept(text), None, "{text}");
        }
    }
}
