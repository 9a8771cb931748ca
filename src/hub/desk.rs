//! The register's desk of this instance.

use super::Hub;
use crate::{audit::Actor, register::RegisterDesk};

impl Hub {
    /// Where the network's register is kept; every step fails at an instance that is not the coordinator. After a step
    /// [`Hub::catch_up`] lets it be seen.
    pub fn register_desk<'a>(&'a self, actor: &'a Actor) -> RegisterDesk<'a> {
        RegisterDesk::new(self.store(), self.author(), self.trust(), actor, self.now())
    }
}
