//! Passwords of local accounts: the rule for new ones, and argon2id with the parameters that OWASP recommends (19 MiB,
//! two passes, one lane). Hashing is dear on purpose: few at one time, beside the async threads.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use aws_lc_rs::rand;
use thiserror::Error;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::{names::spelled, refused::SignInError};

/// Shortest and longest password, in characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 12..=200;

/// Hashes at one time.
const PLACES: usize = 2;

/// Longest wait for a place.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is wrong with a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// Under 12 characters.
    #[error("a password has at least 12 characters")]
    Short,
    /// Over 200 characters.
    #[error("a password has at most 200 characters")]
    Long,
    /// The name.
    #[error("a password is not the name")]
    Name,
}

/// The rule for new passwords of an account.
pub(super) fn check(password: &str, name: &str) -> Result<(), PasswordError> {
    let length = password.nfc().count();
    if length < *LENGTH.start() {
        return Err(PasswordError::Short);
    }
    if length > *LENGTH.end() {
        return Err(PasswordError::Long);
    }
    match spelled(password) == name {
        true => Err(PasswordError::Name),
        false => Ok(()),
    }
}

/// Hashes and compares, few at one time.
pub(super) struct Passwords(Arc<Semaphore>);

impl Passwords {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(PLACES)))
    }

    /// The hash to keep.
    pub(super) async fn hash(&self, password: &str) -> Result<String, SignInError> {
        let password: String = password.nfc().collect();
        self.beside(move || hash(&password)).await
    }

    /// Whether a password is the one of a hash. Without a hash it takes as long and is false.
    pub(super) async fn is_right(&self, password: &str, kept: Option<String>) -> Result<bool, SignInError> {
        let password: String = password.nfc().collect();
        self.beside(move || {
            let (known, against) = match kept {
                Some(kept) => (true, kept),
                None => (false, NOBODYS.clone()),
            };
            let parsed = PasswordHash::new(&against);
            let right = parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
            right && known
        })
        .await
    }

    async fn beside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, SignInError> {
        let place = tokio::time::timeout(PATIENCE, self.0.clone().acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(SignInError::Unavailable) };
        let done = tokio::task::spawn_blocking(move || {
            let _until_done = place;
            work()
        });
        done.await.map_err(|_| SignInError::Unavailable)
    }
}

/// The hash of a password that nobody has: comparing with it takes as long as with any other.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash(&super::secret::fresh()));

fn hash(password: &str) -> String {
    let mut salt = [0; 16];
    rand::fill(&mut salt).expect("the system's random number generator works, or nobody may sign in");
    let hashed: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("the recommended parameters and a salt of 16 bytes are within argon2's bounds");
    hashed.to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_for_its_own_hash_alone() {
        let passwords = Passwords::new();
        let kept = passwords.hash("correct horse battery").await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(passwords.is_right("correct horse battery", Some(kept.clone())).await.unwrap());
        assert!(!passwords.is_right("correct horse batterie", Some(kept)).await.unwrap());
        assert!(!passwords.is_right("correct horse battery", None).await.unwrap());
    }

    #[tokio::test]
    async fn a_password_is_the_same_however_its_accents_are_typed() {
        let passwords = Passwords::new();
        let kept = passwords.hash("la clé du ministère").await.unwrap();
        assert!(passwords.is_right("la cle\u{301} du ministe\u{300}re", Some(kept)).await.unwrap());
    }

    #[test]
    fn a_new_password_is_neither_short_nor_endless_nor_the_name() {
        assert_eq!(check("elevenchars", "amina"), Err(PasswordError::Short));
        assert_eq!(check(&"a".repeat(201), "amina"), Err(PasswordError::Long));
        assert_eq!(check("Amina.Benali@example", "amina.benali@example"), Err(PasswordError::Name));
        assert_eq!(check("twelve chars", "amina"), Ok(()));
        assert_eq!(check("كلمة السر الطويلة", "amina"), Ok(()));
    }
}
