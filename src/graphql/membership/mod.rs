//! The register as coordinators keep it: cases of who applies, steps of membership, keys, focal points. What the steps
//! are and who may take them from where is `register`'s; here they have their names of the schema.

mod applications;
mod focal_points;
mod members;
mod mistakes;

pub use applications::{Application, ApplicationConnection, ApplicationMutations, ApplicationStatus};
pub(super) use applications::{list, one};
pub use focal_points::{FocalPoint, FocalPointMutations};
pub(super) use focal_points::{of_member, one as one_focal_point};
pub use members::MemberMutations;
pub(super) use mistakes::not_taken;

use async_graphql::Context;

use super::changing::Changing;
use crate::{
    access::Role,
    audit::Actor,
    record::{Kind, RecordKey, Sub},
    register::RegisterDesk,
};

/// A coordinator with the register before them.
struct Registering<'c> {
    changing: Changing<'c>,
    actor: Actor,
}

impl<'c> Registering<'c> {
    fn by(ctx: &Context<'c>, role: Role) -> async_graphql::Result<Self> {
        let changing = Changing::by(ctx, role)?;
        Ok(Self { actor: changing.actor(), changing })
    }

    fn desk(&self) -> RegisterDesk<'_> {
        self.changing.hub.register_desk(&self.actor)
    }

    /// The member's record with this id; none for anything else.
    fn member(&self, id: &str) -> Option<Sub> {
        let reading = self.changing.reading;
        let shown = reading.snapshot.record(RecordKey::parse(id)?, reading.viewer())?;
        (shown.kind == Kind::Member).then(|| shown.sub.clone())
    }
}
