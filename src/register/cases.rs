//! Cases: who applies for membership, until the coordinator's staff have decided (protocol §5). They are in no journal:
//! an admission writes a `member` record, of a rejection only the applicant reads the reason.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::{Value, json};
use thiserror::Error;

use super::{
    desk::{MembershipError, RegisterDesk, new_sub},
    entered,
    membership::{self, CaseStatus, CourseError, NewMember, Step},
    roll::Enrolled,
};
use crate::{
    audit,
    journal::{
        key::{KeySet, KeyStatus, PublicKey},
        publish::PublishError,
        read::Trusted as _,
    },
    record::{CountryCode, MemberRole, MemberStatus},
    store::{Store, StoreError, Write, applications},
};

/// The longest name of an applicant, in characters: that of a member's (records.md).
pub const LONGEST_NAME: usize = 1000;
/// The longest contact, in characters.
pub const LONGEST_CONTACT: usize = 1000;
/// The longest question or reason, in characters.
pub const LONGEST_MESSAGE: usize = 2000;
/// Open cases that may come from one block of addresses (protocol §5).
pub const MOST_OF_A_BLOCK: u64 = 5;
/// Open cases in all (protocol §5).
pub const MOST_OPEN: u64 = 200;
/// A contact is erased so long after the decision, in milliseconds (protocol §5).
pub const CONTACT_KEPT: i64 = 90 * 24 * 3600 * 1000;
/// Characters at the end of a thumbprint that the coordinator does not see and the ministry reads aloud.
pub const TAIL: usize = 7;

/// A case as the staff see it. The contact is read by [`RegisterDesk::contact`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its number.
    pub number: i32,
    /// Where it stands.
    pub status: CaseStatus,
    /// Who applies.
    pub entity_id: String,
    /// For which State.
    pub country: CountryCode,
    /// The name it gives.
    pub name: String,
    /// Whether it gave a contact that is not erased yet.
    pub has_contact: bool,
    /// The key's thumbprint without its last seven characters, in groups of four.
    pub thumbprint: String,
    /// What was asked or decided; for the applicant.
    pub message: Option<String>,
    /// Milliseconds.
    pub received_at: i64,
    /// Milliseconds.
    pub decided_at: Option<i64>,
}

/// What the staff do with a case.
#[derive(Clone, PartialEq, Eq)]
pub enum Decision {
    /// Takes it up, or asks something first.
    Review {
        /// The question.
        question: Option<String>,
    },
    /// Makes it a member; the key of one that is a member already is added to its record.
    Admit {
        /// The last seven characters of the thumbprint, as the ministry reads them.
        thumbprint_tail: String,
        /// The role of a new member; one that is a member keeps its own.
        role: MemberRole,
        /// A word to the applicant.
        message: Option<String>,
    },
    /// Turns it down.
    Reject {
        /// For the applicant alone.
        reason: String,
    },
}

impl Decision {
    fn step(&self) -> Step {
        match self {
            Self::Review { .. } => Step::Review,
            Self::Admit { .. } => Step::Admit,
            Self::Reject { .. } => Step::Reject,
        }
    }

    fn message(&self) -> Result<Option<String>, MembershipError> {
        match self {
            Self::Review { question: message } | Self::Admit { message, .. } => {
                entered::optional("reason", message.as_deref(), LONGEST_MESSAGE, true)
            }
            Self::Reject { reason } => entered::text("reason", reason, LONGEST_MESSAGE, true).map(Some),
        }
    }
}

/// What a decision led to.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The case as it is now.
    pub case: Case,
    /// The member's record, where it was admitted.
    pub member: Option<Enrolled>,
}

/// Which part of a list of cases, newest first.
#[derive(Clone, Copy, Debug)]
pub struct CasePage {
    /// Only those that came before the case of this number.
    pub after: Option<i32>,
    /// Only those that came after the case of this number.
    pub before: Option<i32>,
    /// At most so many, from the start of what is left, or from its end.
    pub limit: u64,
    /// From the end.
    pub from_the_end: bool,
}

impl Default for CasePage {
    fn default() -> Self {
        Self { after: None, before: None, limit: 100, from_the_end: false }
    }
}

/// Some cases of a list.
#[derive(Clone, Debug)]
pub struct Cases {
    /// Newest first.
    pub cases: Vec<Case>,
    /// How many there are in the whole list.
    pub total: u64,
    /// Whether there are more on the side that `limit` cut.
    pub more: bool,
}

/// An application whose form and signature are right.
pub struct NewCase {
    /// Who applies; an entityId in its only spelling.
    pub entity_id: String,
    /// The key that signed.
    pub key: PublicKey,
    /// For which State.
    pub country: CountryCode,
    /// Checked by [`check_name`].
    pub name: String,
    /// Checked by [`check_contact`].
    pub contact: Option<String>,
    /// The block of addresses that it came from.
    pub block: String,
}

/// Why an application opens no case.
#[derive(Debug, Error)]
pub enum RefusedCase {
    /// It has an open case or a standing membership with this key.
    #[error("there is an open case or a standing membership of this entityId and key already")]
    AlreadyApplied,
    /// The key is another's, or may not be used any more.
    #[error("this key cannot be used for a membership of this entityId: make a new one")]
    Key,
    /// A coordinator is no member.
    #[error("this entityId is the coordinator's, which is a member of its own kind")]
    Coordinator,
    /// The register says another State of this entityId.
    #[error("the register names another country for this entityId")]
    OtherCountry,
    /// Too many cases are open.
    #[error("too many applications wait for a decision: try again later")]
    TooMany,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for RefusedCase {
    fn from(fault: sea_orm::DbErr) -> Self {
        Self::Store(fault.into())
    }
}

/// The name of an applicant, as a member's record will have it.
pub fn check_name(name: &str) -> Option<String> {
    entered::text("name", name, LONGEST_NAME, false).ok()
}

/// The contact of an applicant; the outer `None` for one that breaks a rule.
pub fn check_contact(contact: Option<&str>) -> Option<Option<String>> {
    entered::optional("contact", contact, LONGEST_CONTACT, true).ok()
}

/// A thumbprint as the coordinator is shown it: without the last seven characters, in groups of four.
pub fn shown_thumbprint(thumbprint: &str) -> String {
    let characters: Vec<char> = thumbprint.chars().collect();
    let shown = &characters[..characters.len().saturating_sub(TAIL)];
    shown.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

impl RegisterDesk<'_> {
    /// Opens a case for an application that came (protocol §5). Gives its number.
    pub async fn receive(&self, new: NewCase) -> Result<i32, RefusedCase> {
        self.check_applicant(&new).await?;
        let write = self.store.write().await?;
        let open = || applications::Entity::find().filter(is_open());
        let same = open()
            .filter(applications::Column::EntityId.eq(&new.entity_id))
            .filter(applications::Column::KeyId.eq(&**new.key.thumbprint()));
        if same.count(write.connection()).await? > 0 {
            return Err(RefusedCase::AlreadyApplied);
        }
        let of_block = open().filter(applications::Column::Block.eq(&new.block)).count(write.connection()).await?;
        if of_block >= MOST_OF_A_BLOCK || open().count(write.connection()).await? >= MOST_OPEN {
            return Err(RefusedCase::TooMany);
        }
        let row = applications::ActiveModel {
            number: NotSet,
            entity_id: Set(new.entity_id),
            key_id: Set(new.key.thumbprint().to_string()),
            jwk: Set(new.key.jwk(None).to_string()),
            country: Set(new.country.as_str().to_owned()),
            name: Set(new.name),
            contact: Set(new.contact),
            block: Set(new.block),
            status: Set(CaseStatus::Applied.as_str().to_owned()),
            message: Set(None),
            received_at: Set(self.now),
            decided_at: Set(None),
        };
        let number = row.insert(write.connection()).await?.number;
        audit::note(&write, self.actor, self.now, "application.receive", Some(&number.to_string())).await?;
        write.commit().await?;
        Ok(number)
    }

    async fn check_applicant(&self, new: &NewCase) -> Result<(), RefusedCase> {
        if self.trust.coordinators().contains(&&*new.entity_id) {
            return Err(RefusedCase::Coordinator);
        }
        let members = super::roll::roll(self.store, &self.author).await?;
        let own = members.iter().find(|member| member.text("entityId") == Some(&new.entity_id));
        if let Some(own) = own {
            let left = own.text("status") == Some(MemberStatus::Withdrawn.as_str());
            match keys_of(own).status(new.key.thumbprint()) {
                Some(KeyStatus::Current) if !left => return Err(RefusedCase::AlreadyApplied),
                Some(KeyStatus::Current) | None => {}
                Some(KeyStatus::Retired | KeyStatus::Compromised) => return Err(RefusedCase::Key),
            }
            if own.text("country") != Some(new.country.as_str()) {
                return Err(RefusedCase::OtherCountry);
            }
        }
        match self.is_usable(&new.entity_id, &new.key, &members) {
            true => Ok(()),
            false => Err(RefusedCase::Key),
        }
    }

    /// Whether a key is neither listed for another instance nor retired or compromised for this one.
    fn is_usable(&self, entity_id: &str, key: &PublicKey, members: &[Enrolled]) -> bool {
        let thumbprint = key.thumbprint();
        let listed_elsewhere = members
            .iter()
            .filter(|member| member.text("entityId") != Some(entity_id))
            .any(|member| keys_of(member).status(thumbprint).is_some());
        let of_a_coordinator = self.trust.chain().keys().any(|(_, keys)| keys.status(thumbprint).is_some())
            || self.author.key.public().thumbprint() == thumbprint;
        let here = self.trust.keys(entity_id).status(thumbprint);
        !listed_elsewhere && !of_a_coordinator && here.is_none_or(|status| status == KeyStatus::Current)
    }

    /// Cases in these states (none: in all), newest first.
    pub async fn applications(&self, statuses: &[CaseStatus], page: CasePage) -> Result<Cases, MembershipError> {
        use applications::Column::{Number, Status};
        self.must_be_the_coordinator()?;
        let mut query = applications::Entity::find();
        if !statuses.is_empty() {
            query = query.filter(Status.is_in(statuses.iter().map(|status| status.as_str())));
        }
        let total = query.clone().count(self.store.read()).await?;
        if let Some(after) = page.after {
            query = query.filter(Number.lt(after));
        }
        if let Some(before) = page.before {
            query = query.filter(Number.gt(before));
        }
        query = if page.from_the_end { query.order_by_asc(Number) } else { query.order_by_desc(Number) };
        let mut rows = query.limit(page.limit.saturating_add(1)).all(self.store.read()).await?;
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        if page.from_the_end {
            rows.reverse();
        }
        Ok(Cases { cases: rows.iter().filter_map(case).collect(), total, more })
    }

    /// One case.
    pub async fn application(&self, number: i32) -> Result<Case, MembershipError> {
        case(&self.row(number).await?).ok_or(MembershipError::NotFound)
    }

    /// The contact of an applicant, if it gave one and it is not erased; each reading is logged.
    pub async fn contact(&self, number: i32) -> Result<Option<String>, MembershipError> {
        let row = self.row(number).await?;
        if row.contact.is_some() {
            let target = number.to_string();
            audit::note_alone(self.store, self.actor, self.now, "application.contact.read", Some(&target)).await?;
        }
        Ok(row.contact)
    }

    /// A step of a case.
    pub async fn decide(&self, number: i32, decision: &Decision) -> Result<Decided, MembershipError> {
        let row = self.row(number).await?;
        let before = CaseStatus::parse(&row.status).ok_or(MembershipError::NotFound)?;
        let after = before.after(decision.step())?;
        let message = decision.message()?;
        let change = CaseChange { number, before, after, message, now: self.now };
        let member = match decision {
            Decision::Admit { thumbprint_tail, role, .. } => {
                Some(self.admit(&row, thumbprint_tail, *role, &change).await?)
            }
            Decision::Review { .. } | Decision::Reject { .. } => {
                let write = self.store.write().await?;
                change.put(&write).await?;
                let target = number.to_string();
                audit::note(&write, self.actor, self.now, decision.step().action(), Some(&target)).await?;
                write.commit().await?;
                None
            }
        };
        Ok(Decided { case: self.application(number).await?, member })
    }

    async fn admit(
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
        let key = key.ok_or(MembershipError::NotFound)?;
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
        let entity_id = row.entity_id.clone();
        self.publish(&member, body, Step::Admit.action(), &|write| {
            let (change, entity_id) = (change.clone(), entity_id.clone());
            Box::pin(async move {
                // Two cases of one entityId that are admitted at one time must not make two members.
                refuse_if_admitted_meanwhile(write, &entity_id, &change).await?;
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
        let left = member.text("status") == Some(MemberStatus::Withdrawn.as_str());
        let mut body = match left {
            true => membership::admit_again(&member.body, role, self.today(), self.today())?,
            false => member.body.clone(),
        };
        body["entityId"] = row.entity_id.as_str().into();
        if body.get("name").is_none_or(Value::is_null) {
            body["name"] = name_of(row);
        }
        let mut keys = body.get("keys").and_then(Value::as_array).cloned().unwrap_or_default();
        if keys_of(member).status(key.thumbprint()).is_none() {
            keys.push(key.jwk(Some(KeyStatus::Current)));
        }
        body["keys"] = keys.into();
        Ok(body)
    }

    async fn row(&self, number: i32) -> Result<applications::Model, MembershipError> {
        self.must_be_the_coordinator()?;
        let row = applications::Entity::find_by_id(number).one(self.store.read()).await?;
        row.ok_or(MembershipError::NotFound)
    }
}

/// The latest case of an entityId and a key, as its applicant may see it, and the key to prove who asks with.
pub async fn of_applicant(
    store: &Store,
    entity_id: &str,
    key_id: &str,
) -> Result<Option<(applications::Model, PublicKey)>, StoreError> {
    let query = applications::Entity::find()
        .filter(applications::Column::EntityId.eq(entity_id))
        .filter(applications::Column::KeyId.eq(key_id))
        .order_by_desc(applications::Column::Number);
    let Some(row) = query.one(store.read()).await? else { return Ok(None) };
    let key = serde_json::from_str(&row.jwk).ok().as_ref().and_then(PublicKey::from_jwk);
    Ok(key.map(|key| (row, key)))
}

/// Erases the contacts of cases decided over 90 days ago. Gives how many.
pub async fn erase_contacts(store: &Store, now: i64) -> Result<u64, StoreError> {
    use applications::Column::{Contact, DecidedAt};
    let due = || Contact.is_not_null().and(DecidedAt.lt(now.saturating_sub(CONTACT_KEPT)));
    if applications::Entity::find().filter(due()).count(store.read()).await? == 0 {
        return Ok(0);
    }
    let write = store.write().await?;
    let erase = applications::Entity::update_many().col_expr(Contact, Expr::value(Option::<String>::None));
    let erased = erase.filter(due()).exec(write.connection()).await?.rows_affected;
    audit::note(&write, &audit::Actor::hub(), now, "application.contact.erase", None).await?;
    write.commit().await?;
    store.scrub_after_commit().await;
    Ok(erased)
}

/// What becomes of a case's row.
#[derive(Clone)]
struct CaseChange {
    number: i32,
    before: CaseStatus,
    after: CaseStatus,
    message: Option<String>,
    now: i64,
}

impl CaseChange {
    /// Changes it if it is as it was seen.
    async fn put(&self, write: &Write) -> Result<(), PublishError> {
        use applications::Column::{DecidedAt, Message, Number, Status};
        let decided_at = (!self.after.is_open()).then_some(self.now);
        let change = applications::Entity::update_many()
            .col_expr(Status, Expr::value(self.after.as_str()))
            .col_expr(Message, Expr::value(self.message.clone()))
            .col_expr(DecidedAt, Expr::value(decided_at))
            .filter(Number.eq(self.number))
            .filter(Status.eq(self.before.as_str()));
        match change.exec(write.connection()).await?.rows_affected {
            1 => Ok(()),
            _ => Err(PublishError::Overtaken),
        }
    }
}

async fn refuse_if_admitted_meanwhile(write: &Write, entity_id: &str, change: &CaseChange) -> Result<(), PublishError> {
    use applications::Column::{DecidedAt, EntityId, Number, Status};
    let others = applications::Entity::find()
        .filter(EntityId.eq(entity_id))
        .filter(Status.eq(CaseStatus::Admitted.as_str()))
        .filter(Number.ne(change.number))
        .filter(DecidedAt.gte(change.now));
    match others.count(write.connection()).await? {
        0 => Ok(()),
        _ => Err(PublishError::Overtaken),
    }
}

fn is_open() -> sea_orm::sea_query::SimpleExpr {
    let open = CaseStatus::ALL.into_iter().filter(|status| status.is_open()).map(CaseStatus::as_str);
    applications::Column::Status.is_in(open)
}

/// The record that an admission goes into: the one of this entityId, else that of a member of this State that runs no
/// instance, one that has not left before one that has.
fn standing<'m>(members: &'m [Enrolled], row: &applications::Model) -> Option<&'m Enrolled> {
    let own = members.iter().find(|member| member.text("entityId") == Some(&row.entity_id));
    own.or_else(|| {
        let listed = members
            .iter()
            .filter(|member| member.text("country") == Some(&row.country) && member.text("entityId").is_none());
        listed.min_by_key(|member| member.text("status") == Some(MemberStatus::Withdrawn.as_str()))
    })
}

/// An application says its name in one language and not in which.
fn name_of(row: &applications::Model) -> Value {
    json!({"und": row.name})
}

fn keys_of(member: &Enrolled) -> KeySet {
    KeySet::from_json(member.body.get("keys").unwrap_or(&Value::Null))
}

fn case(row: &applications::Model) -> Option<Case> {
    Some(Case {
        number: row.number,
        status: CaseStatus::parse(&row.status)?,
        entity_id: row.entity_id.clone(),
        country: CountryCode::parse(&row.country)?,
        name: row.name.clone(),
        has_contact: row.contact.is_some(),
        thumbprint: shown_thumbprint(&row.key_id),
        message: row.message.clone(),
        received_at: row.received_at,
        decided_at: row.decided_at,
    })
}
