//! Whether a member record came between the reading of the register and the transaction that adds another: who decides
//! reads first and signs later, and two of them at one time must not make two members of one.

use std::{collections::BTreeSet, sync::Arc};

use super::roll::{Enrolled, roll_in};
use crate::{
    journal::publish::{Author, PublishError},
    record::Sub,
    store::Write,
};

/// What was there when the step was made.
#[derive(Clone)]
pub(super) struct Newcomers {
    /// Whose register.
    pub(super) author: Arc<Author>,
    /// Records that were seen.
    pub(super) known: BTreeSet<Sub>,
    /// The record of the step itself.
    pub(super) own: Sub,
}

impl Newcomers {
    /// Refuses the transaction if a record that was not seen then is one of these.
    pub(super) async fn refuse(&self, write: &Write, same: impl Fn(&Enrolled) -> bool) -> Result<(), PublishError> {
        let now = roll_in(write.connection(), &self.author).await?;
        let new = |one: &&Enrolled| one.sub != self.own && !self.known.contains(&one.sub);
        match now.iter().filter(new).any(same) {
            true => Err(PublishError::Overtaken),
            false => Ok(()),
        }
    }
}

/// The records of a roll.
pub(super) fn subs(members: &[Enrolled]) -> BTreeSet<Sub> {
    members.iter().map(|member| member.sub.clone()).collect()
}
