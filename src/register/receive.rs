//! An application that came: whether it opens a case (protocol §5). Who applies is not known: everything is bounded.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use thiserror::Error;

use super::{
    cases::{MOST_OF_A_BLOCK, MOST_OPEN},
    desk::RegisterDesk,
    membership::CaseStatus,
    roll::Enrolled,
};
use crate::{
    audit,
    journal::{
        key::{KeyStatus, PublicKey},
        read::Trusted as _,
    },
    record::CountryCode,
    store::{StoreError, applications},
};

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
            match own.keys().status(new.key.thumbprint()) {
                Some(KeyStatus::Current) if !own.has_left() => return Err(RefusedCase::AlreadyApplied),
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
    pub(super) fn is_usable(&self, entity_id: &str, key: &PublicKey, members: &[Enrolled]) -> bool {
        let thumbprint = key.thumbprint();
        let listed_elsewhere = members
            .iter()
            .filter(|member| member.text("entityId") != Some(entity_id))
            .any(|member| member.keys().status(thumbprint).is_some());
        let of_a_coordinator = self.trust.chain().keys().any(|(_, keys)| keys.status(thumbprint).is_some())
            || self.author.key.public().thumbprint() == thumbprint;
        let here = self.trust.keys(entity_id).status(thumbprint);
        !listed_elsewhere && !of_a_coordinator && here.is_none_or(|status| status == KeyStatus::Current)
    }
}

fn is_open() -> sea_orm::sea_query::SimpleExpr {
    let open = CaseStatus::ALL.into_iter().filter(|status| status.is_open()).map(CaseStatus::as_str);
    applications::Column::Status.is_in(open)
}
