//! What the coordinator does by the clock for the register: contacts of applicants are erased some time after the
//! decision (protocol §5), and the records of members whose term has ended say so.

use std::sync::Arc;

use crate::{audit::Actor, hub::Hub, register::cases};

/// Does what is due; only the coordinator has something to do.
pub(super) async fn keep_house(hub: &Arc<Hub>) {
    if !hub.author().is_coordinator {
        return;
    }
    match cases::erase_contacts(hub.store(), hub.now()).await {
        Ok(0) => {}
        Ok(erased) => tracing::info!(erased, "contacts of decided applications are erased"),
        Err(fault) => tracing::error!("contacts of decided applications were not erased: {fault}"),
    }
    let actor = Actor::hub();
    match hub.register_desk(&actor).move_terms_on().await {
        Ok(0) => {}
        Ok(_) => hub.tell_news(),
        Err(fault) => tracing::error!("records of members whose term has ended were not moved on: {fault}"),
    }
}
