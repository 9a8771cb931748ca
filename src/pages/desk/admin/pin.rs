//! A hub that is added by hand: its address, and the thumbprint of its key, which its staff reads aloud. Nothing shows the
//! thumbprint before it is typed, so that the call can't be skipped.

use std::sync::Arc;

use maud::{Markup, html};

use super::{
    super::{
        super::{
            answer::{Answer, Reply},
            visit::{Refusal, Visit},
        },
        form::{Form, Said, Wrong},
    },
    hubs, overview,
};
use crate::{
    access::Role,
    audit::Actor,
    federation::introduce::{IntroduceError, introduced},
    journal::key::is_thumbprint,
    register::pins,
};

/// Name of the form.
const FORM: &str = "pin";

/// The form, with what was wrong with it.
pub(super) fn form(visit: &Visit, wrong: Option<&Wrong>) -> Markup {
    let form = Form::new(visit, FORM, wrong);
    html! {
        h3 #add { (visit.say("admin-pin")) }
        p.text { (visit.say("admin-pin-effect")) }
        form method="post" action=(visit.path("/admin/hubs")) novalidate {
            (form.line("address", "url", "", Said {
                label: &visit.say("admin-pin-address"), hint: Some(&visit.say("admin-pin-address-hint")), is_needed: true,
            }))
            (form.exact("thumbprint", 56, Said {
                label: &visit.say("admin-pin-thumbprint"),
                hint: Some(&visit.say("admin-pin-thumbprint-hint")),
                is_needed: true,
            }))
            p { button.btn.line { (visit.say("admin-pin-do")) } }
        }
    }
}

/// `POST /fr/admin/hubs`: the hub is asked who it is; it is added if its key has the thumbprint that was typed.
pub(super) async fn add(visit: Arc<Visit>) -> Answer {
    let (_, actor) = visit.by(Role::Administrator)?;
    let (address, thumbprint) = (visit.field("address"), visit.field("thumbprint"));
    let address = address.trim();
    match pinned(&visit, &actor, address, &thumbprint).await? {
        Ok(()) => {
            visit.after_change().await;
            visit.hub.want(address);
            Ok(Reply::Go(format!("{}&done=pinned", visit.path(&hubs::path(address))), Vec::new()))
        }
        Err(wrong) => Ok(overview(&visit, Some(&wrong)).await?.into()),
    }
}

async fn pinned(visit: &Visit, actor: &Actor, address: &str, thumbprint: &str) -> Result<Result<(), Wrong>, Refusal> {
    let wrong = |field, text| Ok(Err(Wrong::new(FORM, field, text)));
    for (field, typed) in [("address", address), ("thumbprint", thumbprint)] {
        if typed.trim().is_empty() {
            return wrong(field, visit.say("required"));
        }
    }
    let said = match introduced(&visit.hub, address).await {
        Ok(said) => said,
        Err(IntroduceError::Address(_)) => return wrong("address", visit.say("admin-pin-address-wrong")),
        Err(IntroduceError::Itself) => return wrong("address", visit.say("admin-pin-itself")),
        Err(fault @ (IntroduceError::NoAnswer(_) | IntroduceError::Unusable(_))) => {
            let why = fault.to_string();
            return wrong("address", visit.label("admin-pin-no-answer", &[("why", (&why).into())]));
        }
    };
    if !is_thumbprint(thumbprint, said.key.thumbprint()) {
        return wrong("thumbprint", visit.say("admin-pin-differs"));
    }
    pins::pin(visit.hub.store(), actor, visit.now, address, &said.key).await?;
    Ok(Ok(()))
}
