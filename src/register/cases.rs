//! Cases: who applies for membership, until the coordinator's staff have decided (protocol §5). They are in no journal:
//! an admission writes a `member` record, of a rejection only the applicant reads the reason.

use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

pub use super::receive::{NewCase, RefusedCase};
use super::{
    desk::{MembershipError, RegisterDesk, Sought},
    entered,
    membership::{CaseStatus, Step},
    roll::Enrolled,
};
use crate::{
    audit,
    journal::{
        key::{PublicKey, in_groups_of_four},
        publish::PublishError,
    },
    record::{CountryCode, MemberRole},
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
    /// From the end: the oldest first.
    pub from_the_end: bool,
    /// Whether the whole list is counted.
    pub counted: bool,
}

impl Default for CasePage {
    fn default() -> Self {
        Self { after: None, before: None, limit: 100, from_the_end: false, counted: true }
    }
}

/// Some cases of a list.
#[derive(Clone, Debug)]
pub struct Cases {
    /// In the order asked for.
    pub cases: Vec<Case>,
    /// How many there are in the whole list; 0 where it was not counted.
    pub total: u64,
    /// Whether there are more on the side that `limit` cut.
    pub more: bool,
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
    let shown = thumbprint.chars().count().saturating_sub(TAIL);
    in_groups_of_four(&thumbprint.chars().take(shown).collect::<String>())
}

impl RegisterDesk<'_> {
    /// Cases in these states (none: in all), newest first unless they are asked for from the end.
    pub async fn applications(&self, statuses: &[CaseStatus], page: CasePage) -> Result<Cases, MembershipError> {
        use applications::Column::{Number, Status};
        self.must_be_the_coordinator()?;
        let mut query = applications::Entity::find();
        if !statuses.is_empty() {
            query = query.filter(Status.is_in(statuses.iter().map(|status| status.as_str())));
        }
        let total = match page.counted {
            true => query.clone().count(self.store.read()).await?,
            false => 0,
        };
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
        Ok(Cases { cases: rows.iter().filter_map(case).collect(), total, more })
    }

    /// One case.
    pub async fn application(&self, number: i32) -> Result<Case, MembershipError> {
        case(&self.row(number).await?).ok_or(MembershipError::NotFound(Sought::Case))
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
        let before = CaseStatus::parse(&row.status).ok_or(MembershipError::NotFound(Sought::Case))?;
        let after = before.after(decision.step())?;
        let message = decision.message()?;
        let change = CaseChange { number, before, after, message_before: row.message.clone(), message, now: self.now };
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

    async fn row(&self, number: i32) -> Result<applications::Model, MembershipError> {
        self.must_be_the_coordinator()?;
        let row = applications::Entity::find_by_id(number).one(self.store.read()).await?;
        row.ok_or(MembershipError::NotFound(Sought::Case))
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
pub(super) struct CaseChange {
    number: i32,
    before: CaseStatus,
    after: CaseStatus,
    message_before: Option<String>,
    message: Option<String>,
    now: i64,
}

impl CaseChange {
    /// Changes it if it is as it was seen.
    pub(super) async fn put(&self, write: &Write) -> Result<(), PublishError> {
        use applications::Column::{DecidedAt, Message, Number, Status};
        let decided_at = (!self.after.is_open()).then_some(self.now);
        let change = applications::Entity::update_many()
            .col_expr(Status, Expr::value(self.after.as_str()))
            .col_expr(Message, Expr::value(self.message.clone()))
            .col_expr(DecidedAt, Expr::value(decided_at))
            .filter(Number.eq(self.number))
            .filter(Status.eq(self.before.as_str()))
            // A case under review stays so when somebody asks: the question tells the two apart.
            .filter(match &self.message_before {
                Some(before) => Message.eq(before.as_str()),
                None => Message.is_null(),
            });
        match change.exec(write.connection()).await?.rows_affected {
            1 => Ok(()),
            _ => Err(PublishError::Overtaken),
        }
    }
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
