//! The anchor: the chain of signed links that says who the coordinator is (protocol §2).

use serde_json::{Value, json};
use thiserror::Error;

use super::{
    jws::{self, JwsError, LARGE, SMALL, StatementType, Unverified},
    key::{KeySet, KeyStatus, PublicKey},
    signing::SigningKey,
};
use crate::record::json as strict;

/// Why a chain is not followed any further.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AnchorError {
    /// No link of the pinned coordinator that the pinned key signed and that lists it as current.
    #[error("no link of the anchor is signed by the pinned key of the coordinator")]
    NotPinned,
    /// A link does not follow the one before.
    #[error("link {num} of the anchor does not follow the link before: {why}")]
    Broken {
        /// Its number.
        num: u32,
        /// What is wrong.
        why: String,
    },
    /// Two links of one number: the one reached first stays.
    #[error("two links of the anchor have the number {0}: somebody signed a second chain with the coordinator's key")]
    Conflict(u32),
}

/// One link, proved.
#[derive(Clone, Debug)]
pub struct Link {
    /// 1, 2, 3 …
    pub num: u32,
    /// EntityId of the coordinator from this link on.
    pub issuer: String,
    /// Its keys.
    pub keys: KeySet,
    /// As it came.
    pub jws: String,
}

/// What the operator pinned: where the chain is entered.
#[derive(Clone, Debug)]
pub struct Pin {
    /// EntityId of the coordinator.
    pub entity_id: String,
    /// A key of it.
    pub key: PublicKey,
}

/// The chain as far as it was followed.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    earlier: Vec<String>,
    links: Vec<Link>,
}

impl Chain {
    /// The last link reached.
    pub fn last(&self) -> Option<&Link> {
        self.links.last()
    }

    /// Every issuer from our start on, the present one last, none twice.
    pub fn coordinators(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for link in &self.links {
            found.retain(|issuer| *issuer != link.issuer);
            found.push(&link.issuer);
        }
        found
    }

    /// All links from link 1, as they are served.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.earlier.iter().map(String::as_str).chain(self.links.iter().map(|link| link.jws.as_str()))
    }

    /// How many links are served.
    pub fn len(&self) -> usize {
        self.earlier.len() + self.links.len()
    }

    /// Whether nothing was followed yet.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The keys of each coordinator in the chain; the latest link of each counts.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &KeySet)> {
        self.links.iter().map(|link| (link.issuer.as_str(), &link.keys))
    }

    /// Follows what a source serves, from the last link reached and never back. `compromised` says which keys were
    /// once seen so. What went well stays when a later link is refused.
    pub fn follow(
        &mut self,
        pin: &Pin,
        tokens: &[String],
        compromised: &dyn Fn(&str, &str) -> bool,
    ) -> Result<(), AnchorError> {
        let mut earlier = Vec::new();
        let walked = self.walk(pin, tokens, compromised, &mut earlier);
        // Also when a later link was refused: the links before our start come with no other occasion.
        // They vouch for nothing here, but they are served on: they must hold together.
        if self.earlier.is_empty() && self.links.first().is_some_and(|start| lead_to(&earlier, start)) {
            self.earlier = earlier;
        }
        walked?;
        if self.links.is_empty() {
            return Err(AnchorError::NotPinned);
        }
        Ok(())
    }

    fn walk(
        &mut self,
        pin: &Pin,
        tokens: &[String],
        compromised: &dyn Fn(&str, &str) -> bool,
        earlier: &mut Vec<String>,
    ) -> Result<(), AnchorError> {
        for token in tokens {
            match self.last() {
                None => match first(pin, token) {
                    Ok(link) => self.links.push(link),
                    Err(_) => earlier.push(token.clone()),
                },
                Some(last) => {
                    let start = self.links.first().map_or(0, |start| start.num);
                    match number(token) {
                        Some(num) if num < start => earlier.push(token.clone()),
                        Some(num) if num <= last.num => self.compare(num, token)?,
                        _ => {
                            let link =
                                next(last, token, &|issuer, key| self.saw(issuer, key) || compromised(issuer, key))?;
                            self.links.push(link);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a link reached so far says that this key is compromised.
    fn saw(&self, issuer: &str, key: &str) -> bool {
        let compromised = Some(KeyStatus::Compromised);
        self.links.iter().any(|link| link.issuer == issuer && link.keys.status(key) == compromised)
    }

    /// Puts a link of our own making at the end.
    pub fn push(&mut self, link: Link) {
        self.links.push(link);
    }

    fn compare(&self, num: u32, token: &str) -> Result<(), AnchorError> {
        let Some(place) = self.links.iter().position(|link| link.num == num) else { return Ok(()) };
        let ours = &self.links[place];
        if ours.jws == token || payload(&ours.jws) == payload(token) {
            return Ok(());
        }
        // The link before our start is not proved here: there a key of our start itself has to have signed.
        let signers = place.checked_sub(1).map_or(ours, |before| &self.links[before]);
        match read(token, &signers.keys) {
            Ok(_) => Err(AnchorError::Conflict(num)),
            // At our start whatever else is offered is older than our pin, or another's.
            Err(_) if place == 0 => Ok(()),
            Err(_) => Err(AnchorError::Broken { num, why: "it is not signed by a key of the link before".to_owned() }),
        }
    }
}

/// Thumbprint of the key that a link names as its signer's.
pub fn signer(token: &str) -> Option<String> {
    Unverified::read(token, StatementType::AnchorLink).ok().map(|unverified| unverified.key_id)
}

/// Signs a link.
pub fn sign_link(key: &SigningKey, issuer: &str, num: u32, keys: &KeySet, now: i64) -> Link {
    let claims = json!({"iss": issuer, "num": num, "keys": keys.to_json(), "iat": now / 1000});
    let jws = key.sign(StatementType::AnchorLink, &claims);
    Link { num, issuer: issuer.to_owned(), keys: keys.clone(), jws }
}

/// The link where a chain is entered: of the pinned entityId, signed by the pinned key, listing it as current.
fn first(pin: &Pin, token: &str) -> Result<Link, JwsError> {
    let link = read(token, &KeySet::of(pin.key.clone(), KeyStatus::Current))?;
    let pinned = link.issuer == pin.entity_id && link.keys.status(pin.key.thumbprint()) == Some(KeyStatus::Current);
    pinned.then_some(link).ok_or(JwsError::Claim("not the pinned coordinator's"))
}

/// The pin of a chain's own first link: the key that signed it, if it lists that key as current.
pub fn beginning(link: &str) -> Option<Pin> {
    let unverified = Unverified::read(link, StatementType::AnchorLink).ok()?;
    let signer = unverified.key_id.clone();
    let claims = unverified.into_claims();
    let listed = KeySet::from_json(claims.get("keys")?);
    let (key, status) = listed.get(&signer)?;
    (status == KeyStatus::Current).then_some(())?;
    Some(Pin { entity_id: claims.get("iss")?.as_str()?.to_owned(), key: key.clone() })
}

/// Whether these are the links from link 1 to the one before `start`, each signed by the one before.
fn lead_to(earlier: &[String], start: &Link) -> bool {
    if start.num as usize != earlier.len() + 1 {
        return false;
    }
    let Some(first) = earlier.first() else { return true };
    let all: Vec<String> = earlier.iter().chain([&start.jws]).cloned().collect();
    let mut chain = Chain::default();
    let followed = beginning(first).is_some_and(|pin| chain.follow(&pin, &all, &|_, _| false).is_ok());
    followed && chain.links.len() == all.len()
}

fn next(last: &Link, token: &str, compromised: &dyn Fn(&str, &str) -> bool) -> Result<Link, AnchorError> {
    let broken = |num, why: String| AnchorError::Broken { num, why };
    let mut keys = last.keys.clone();
    for (key, _) in last.keys.iter() {
        if compromised(&last.issuer, key.thumbprint()) {
            keys.compromise(key.thumbprint());
        }
    }
    let link = read(token, &keys).map_err(|fault| broken(last.num + 1, fault.to_string()))?;
    if link.num != last.num + 1 {
        return Err(broken(link.num, format!("it comes after {}", last.num)));
    }
    Ok(link)
}

fn read(token: &str, keys: &KeySet) -> Result<Link, JwsError> {
    let verified = jws::verify_current(token, StatementType::AnchorLink, keys)?;
    let claims = &verified.claims;
    jws::integer(claims, "iat", LARGE)?;
    let issuer = jws::text(claims, "iss")?;
    if !(1..=2048).contains(&issuer.len()) {
        return Err(JwsError::Claim("iss"));
    }
    let num = u32::try_from(jws::integer(claims, "num", SMALL)?).map_err(|_| JwsError::Claim("num"))?;
    let keys = KeySet::from_json(claims.get("keys").filter(|keys| keys.is_array()).ok_or(JwsError::Claim("keys"))?);
    if !keys.has_current() {
        return Err(JwsError::Claim("keys lists no current key"));
    }
    Ok(Link { num, issuer: issuer.to_owned(), keys, jws: token.to_owned() })
}

fn payload(token: &str) -> Option<Vec<u8>> {
    super::encoding::from_base64url(token.split('.').nth(1)?)
}

/// The number that a link says it has.
pub fn number(token: &str) -> Option<u32> {
    let claims: Value = strict::parse(&payload(token)?, 8).ok()?;
    claims.get("num")?.as_u64()?.try_into().ok()
}

/// Number and issuer of a link whose form alone is read: for the operator who is asked to pin it.
pub fn peek(token: &str) -> Option<(u32, String)> {
    let unverified = Unverified::read(token, StatementType::AnchorLink).ok()?;
    let claims = unverified.into_claims();
    Some((claims.get("num")?.as_u64()?.try_into().ok()?, claims.get("iss")?.as_str()?.to_owned()))
}
