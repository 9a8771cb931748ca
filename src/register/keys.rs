//! The keys of members in the register: one that a member announced is confirmed, one that was stolen is marked, and one
//! that was followed is retired by the coordinator itself (protocol §2, rotation and theft).

use jiff::civil::Date;
use serde_json::Value;

use super::{
    desk::{MembershipError, RegisterDesk, Sought, public_reason},
    entered::Why,
    membership, peers,
    roll::{Enrolled, keys_in},
};
use crate::{
    journal::{
        key::{KeyStatus, PublicKey},
        publish::nothing_more,
        read,
    },
    record::{self, Body, Kind, Sub},
};

impl RegisterDesk<'_> {
    /// The keys that a member announces in its entity configuration, signed by a key that is current; from the newest look
    /// at it.
    pub async fn announced_keys(&self, sub: &Sub) -> Result<Vec<PublicKey>, MembershipError> {
        self.announced(&self.member(sub).await?).await
    }

    async fn announced(&self, member: &Enrolled) -> Result<Vec<PublicKey>, MembershipError> {
        let Some(entity_id) = member.text("entityId") else { return Ok(Vec::new()) };
        let row = peers::one(self.store, entity_id).await?;
        Ok(peers::announced(&row, &member.keys()))
    }

    /// Lists a key that the member announced, once its staff have read its thumbprint. Both are current then.
    pub async fn confirm_key(
        &self,
        sub: &Sub,
        thumbprint: &str,
        expected: Option<u32>,
    ) -> Result<Enrolled, MembershipError> {
        let member = self.unchanged(sub, expected).await?;
        if member.keys().status(thumbprint) == Some(KeyStatus::Current) {
            return Err(no_key(Why::ListedAlready));
        }
        let announced = self.announced(&member).await?;
        let key = announced.iter().find(|key| **key.thumbprint() == *thumbprint).ok_or(no_key(Why::NotAnnounced))?;
        if !self.is_usable(member.text("entityId").unwrap_or_default(), key, &self.members().await?) {
            return Err(MembershipError::KeyInUse);
        }
        let mut body = member.body.clone();
        list_of(&mut body).push(key.jwk(Some(KeyStatus::Current)));
        self.publish(&member, body, "member.key.confirm", &nothing_more).await
    }

    /// Marks a listed key as stolen: final. The reason stands in the member's public course.
    pub async fn mark_key_compromised(
        &self,
        sub: &Sub,
        thumbprint: &str,
        reason: &str,
        expected: Option<u32>,
    ) -> Result<Enrolled, MembershipError> {
        let member = self.unchanged(sub, expected).await?;
        if member.keys().get(thumbprint).is_none() {
            return Err(no_key(Why::NotListed));
        }
        let mut body = told_in_course(&member.body, self.today(), &public_reason(reason)?)?;
        set_status(&mut body, |key, _| (**key.thumbprint() == *thumbprint).then_some(KeyStatus::Compromised));
        self.publish(&member, body, "member.key.compromise", &nothing_more).await
    }

    /// Retires the older current keys of a member once the copies here of both its journals rest on the newest. Gives the
    /// member, if there was one to retire.
    pub async fn retire_followed_keys(&self, entity_id: &str) -> Result<Option<Enrolled>, MembershipError> {
        let members = self.members().await?;
        let Some(member) = members.into_iter().find(|member| member.text("entityId") == Some(entity_id)) else {
            return Ok(None);
        };
        let current = current_in_order(&member.body);
        let Some((newest, older)) = current.split_last().filter(|(_, older)| !older.is_empty()) else {
            return Ok(None);
        };
        if !read::rests_on(self.store, entity_id, newest.thumbprint()).await? {
            return Ok(None);
        }
        let mut body = member.body.clone();
        set_status(&mut body, |key, status| {
            let followed = older.iter().any(|older| older.thumbprint() == key.thumbprint());
            (followed && status == KeyStatus::Current).then_some(KeyStatus::Retired)
        });
        self.publish(&member, body, "member.key.retire", &nothing_more).await.map(Some)
    }
}

fn no_key(why: Why) -> MembershipError {
    MembershipError::Invalid { field: "thumbprint", why }
}

/// The list of keys of a body, to be changed; new keys come at its end, so that it tells their order.
pub(super) fn list_of(body: &mut Value) -> &mut Vec<Value> {
    let keys = &mut body["keys"];
    if !keys.is_array() {
        *keys = Value::Array(Vec::new());
    }
    keys.as_array_mut().expect("it was made a list")
}

fn current_in_order(body: &Value) -> Vec<PublicKey> {
    let listed = keys_in(body);
    let list = body.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let keys = list.iter().filter_map(PublicKey::from_jwk);
    keys.filter(|key| listed.status(key.thumbprint()) == Some(KeyStatus::Current)).collect()
}

fn set_status(body: &mut Value, status: impl Fn(&PublicKey, KeyStatus) -> Option<KeyStatus>) {
    let listed = keys_in(body);
    for jwk in list_of(body) {
        let Some(key) = PublicKey::from_jwk(jwk) else { continue };
        let Some(before) = listed.status(key.thumbprint()) else { continue };
        if let Some(status) = status(&key, before) {
            jwk["status"] = status.as_str().into();
        }
    }
}

/// A new stretch of the course from today on, in which nothing but the reason is new.
fn told_in_course(body: &Value, today: Date, reason: &str) -> Result<Value, MembershipError> {
    let decoded = record::decode(Kind::Member, body).map_err(membership::CourseError::from)?;
    let Body::Member(member) = decoded.body else { return Err(MembershipError::NotFound(Sought::Member)) };
    match member.on(today) {
        Some(term) if term.status != record::MemberStatus::Withdrawn => {
            let until = term.until.map(|until| until.first_day());
            Ok(membership::assign_role(body, term.role, today, until, today, Some(reason))?)
        }
        _ => Ok(body.clone()),
    }
}
