//! Focal points: the persons to call at a member. Kept at the coordinator alone, in no journal and in no log; the audit
//! log names the member, never the person. A person who is deleted is deleted for good.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

pub use crate::store::focal_points::Model as FocalPoint;

use super::{
    desk::{MembershipError, RegisterDesk, Sought, target},
    entered::{self, Why},
};
use crate::{audit, record::Sub, store::focal_points};

/// The longest name and function, in characters.
const LONGEST: usize = 200;

/// What is entered of a person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// What the person does there.
    pub function: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub telephone: Option<String>,
}

impl Person {
    fn checked(&self) -> Result<Person, MembershipError> {
        let email = entered::optional("email", self.email.as_deref(), 254, false)?;
        if email.as_deref().is_some_and(|email| !is_email(email)) {
            return Err(MembershipError::Invalid { field: "email", why: Why::NoEmail });
        }
        let telephone = entered::optional("telephone", self.telephone.as_deref(), 50, false)?;
        let good = |character: char| character.is_ascii_digit() || " +-()./".contains(character);
        if telephone.as_deref().is_some_and(|telephone| !telephone.chars().all(good)) {
            return Err(MembershipError::Invalid { field: "telephone", why: Why::NoTelephone });
        }
        Ok(Person {
            name: entered::text("name", &self.name, LONGEST, false)?,
            function: entered::optional("function", self.function.as_deref(), LONGEST, false)?,
            email,
            telephone,
        })
    }
}

/// One `@` with something on both sides; letters, digits and the usual marks. Only a message shows whether it arrives.
fn is_email(text: &str) -> bool {
    let good = |character: char| character.is_alphanumeric() || "._%+-@".contains(character);
    let parts: Vec<&str> = text.split('@').collect();
    parts.len() == 2
        && parts.iter().all(|part| part.starts_with(char::is_alphanumeric))
        && parts[1].contains('.')
        && text.chars().all(good)
}

impl RegisterDesk<'_> {
    /// Adds a person to a member.
    pub async fn create_focal_point(&self, member: &Sub, person: &Person) -> Result<FocalPoint, MembershipError> {
        let person = person.checked()?;
        self.member(member).await?;
        let row = focal_points::ActiveModel {
            id: Set(Uuid::now_v7().to_string()),
            member: Set(member.to_string()),
            name: Set(person.name),
            function: Set(person.function),
            email: Set(person.email),
            telephone: Set(person.telephone),
        };
        let write = self.store.write().await?;
        let row = row.insert(write.connection()).await?;
        audit::note(&write, self.actor, self.now, "focal-point.create", Some(&target(member))).await?;
        write.commit().await?;
        Ok(row)
    }

    /// Changes a person, or moves one to another member.
    pub async fn change_focal_point(
        &self,
        id: &str,
        member: &Sub,
        person: &Person,
    ) -> Result<FocalPoint, MembershipError> {
        let person = person.checked()?;
        self.member(member).await?;
        let write = self.store.write().await?;
        let row = focal_points::Entity::find_by_id(id).one(write.connection()).await?;
        let row = row.ok_or(MembershipError::NotFound(Sought::FocalPoint))?;
        let left = Some(&row.member).filter(|before| **before != member.as_str()).and_then(|before| Sub::parse(before));
        let mut row: focal_points::ActiveModel = row.into();
        row.member = Set(member.to_string());
        row.name = Set(person.name);
        row.function = Set(person.function);
        row.email = Set(person.email);
        row.telephone = Set(person.telephone);
        let row = row.update(write.connection()).await?;
        for concerned in left.iter().chain([member]) {
            audit::note(&write, self.actor, self.now, "focal-point.change", Some(&target(concerned))).await?;
        }
        write.commit().await?;
        // What stood there before must not stay in the files either.
        self.store.scrub_after_commit().await;
        Ok(row)
    }

    /// Deletes a person, for good.
    pub async fn delete_focal_point(&self, id: &str) -> Result<(), MembershipError> {
        self.must_be_the_coordinator()?;
        let write = self.store.write().await?;
        let row = focal_points::Entity::find_by_id(id).one(write.connection()).await?;
        let row = row.ok_or(MembershipError::NotFound(Sought::FocalPoint))?;
        focal_points::Entity::delete_by_id(id).exec(write.connection()).await?;
        let member = Sub::parse(&row.member).map(|sub| target(&sub));
        audit::note(&write, self.actor, self.now, "focal-point.delete", member.as_deref()).await?;
        write.commit().await?;
        self.store.scrub_after_commit().await;
        Ok(())
    }

    /// One person, for who changes it.
    pub async fn focal_point(&self, id: &str) -> Result<FocalPoint, MembershipError> {
        self.must_be_the_coordinator()?;
        let row = focal_points::Entity::find_by_id(id).one(self.store.read()).await?;
        row.ok_or(MembershipError::NotFound(Sought::FocalPoint))
    }

    /// The persons of a member, by name.
    pub async fn focal_points_of(&self, member: &Sub) -> Result<Vec<FocalPoint>, MembershipError> {
        self.must_be_the_coordinator()?;
        let query = focal_points::Entity::find().filter(focal_points::Column::Member.eq(member.as_str()));
        Ok(query.order_by_asc(focal_points::Column::Name).all(self.store.read()).await?)
    }

    /// All persons, for a mailing list; that the list was taken is logged.
    pub async fn all_focal_points(&self) -> Result<Vec<FocalPoint>, MembershipError> {
        use focal_points::Column::{Member, Name};
        self.must_be_the_coordinator()?;
        audit::note_alone(self.store, self.actor, self.now, "focal-points.export", None).await?;
        let query = focal_points::Entity::find().order_by_asc(Member).order_by_asc(Name);
        Ok(query.all(self.store.read()).await?)
    }
}
