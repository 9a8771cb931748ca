//! An admission: the step of a case that writes the register. The thumbprint is compared first; then the applicant gets a
//! record of its own, or its instance and key go into the one that its State has (protocol §2, theft).

use serde_json::{Value, json};

use super::{
    cases::{CaseChange, TAIL},
    desk::{MembershipError, RegisterDesk, Sought, new_sub},
    keys::list_of,
    membership::{self, CourseError, NewMember, Step},
    newcomers::{Newcomers, subs},
    roll::Enrolled,
};
use crate::{
    audit,
    journal::key::{KeyStatus, PublicKey},
    record::MemberRole,
    store::applications,
};

impl RegisterDesk<'_> {
    /// Makes the applicant a member, or adds its instance and key to the record that its State has.
    pub(super) async fn admit(
        &self,
        row: &applications::Model,
        tail: &str,
        role: MemberRole,
        change: &CaseChange,
    ) -> Result<Enrolled, MembershipError> {
        let tail: String = tail.chars().filter(|character| !character.is_whitespace()).collect();
        if tail.chars().count() != TAIL || !row.key_id.ends_with(&tail) {
            let target = row.number.to_string();
            let action = "application.thumbprint.differs";
            audit::note_alone(self.store, self.actor, self.now, action, Some(&target)).await?;
            return Err(MembershipError::ThumbprintDiffers);
        }
        let key = serde_json::from_str(&row.jwk).ok().as_ref().and_then(PublicKey::from_jwk);
        let key = key.ok_or(MembershipError::NotFound(Sought::Case))?;
        let members = self.members().await?;
        if !self.is_usable(&row.entity_id, &key, &members) {
            return Err(MembershipError::KeyInUse);
        }
        let (member, body) = match standing(&members, row) {
            Some(member) => (member.clone(), self.with_instance(member, row, &key, role)?),
            None => {
                let body = self.first_body(row, &key, role)?;
                (Enrolled { sub: new_sub(), revision: 0, body: Value::Null }, body)
            }
        };
        let newcomers = Newcomers { author: self.author.clone(), known: subs(&members), own: member.sub.clone() };
        let (entity_id, country) = (row.entity_id.clone(), row.country.clone());
        self.publish(&member, body, Step::Admit.action(), &|write, _| {
            let (change, newcomers) = (change.clone(), newcomers.clone());
            let (entity_id, country) = (entity_id.clone(), country.clone());
            Box::pin(async move {
                // Two cases of one entityId that are admitted at one time must not make two members, and a State that
                // was listed meanwhile has its record already.
                let same =
                    |one: &Enrolled| one.text("entityId") == Some(&entity_id) || one.text("country") == Some(&country);
                newcomers.refuse(write, same).await?;
                change.put(write).await
            })
        })
        .await
    }

    fn first_body(&self, row: &applications::Model, key: &PublicKey, role: MemberRole) -> Result<Value, CourseError> {
        let new = NewMember {
            country: &row.country,
            entity_id: Some(&row.entity_id),
            name: Some(name_of(row)),
            keys: vec![key.jwk(Some(KeyStatus::Current))],
            role,
            from: self.today(),
            reason: None,
        };
        membership::begin(new, self.today())
    }

    /// The record of a member with the applicant's instance and key; one that had left is in again. A suspension stays:
    /// a new key is no reason to end it.
    fn with_instance(
        &self,
        member: &Enrolled,
        row: &applications::Model,
        key: &PublicKey,
        role: MemberRole,
    ) -> Result<Value, MembershipError> {
        let mut body = match member.has_left() {
            true => membership::admit_again(&member.body, role, self.today(), self.today())?,
            false => member.body.clone(),
        };
        body["entityId"] = row.entity_id.as_str().into();
        if body.get("name").is_none_or(Value::is_null) {
            body["name"] = name_of(row);
        }
        let keys = list_of(&mut body);
        if member.keys().status(key.thumbprint()).is_none() {
            keys.push(key.jwk(Some(KeyStatus::Current)));
        }
        Ok(body)
    }
}

/// The record that an admission goes into: the one of this entityId, else that of a member of this State that runs no
/// instance, one that has not left before one that has.
fn standing<'m>(members: &'m [Enrolled], row: &applications::Model) -> Option<&'m Enrolled> {
    let own = members.iter().find(|member| member.text("entityId") == Some(&row.entity_id));
    own.or_else(|| {
        let listed = members
            .iter()
            .filter(|member| member.text("country") == Some(&row.country) && member.text("entityId").is_none());
        listed.min_by_key(|member| member.has_left())
    })
}

/// An application says its name in one language and not in which.
fn name_of(row: &applications::Model) -> Value {
    json!({"und": row.name})
}
