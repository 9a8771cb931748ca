//! `key rotate` and `key compromised`: this instance goes on with another key.

use std::sync::Arc;

use serde_json::json;

use crate::audit::Actor;
use crate::cli::arguments::Show;
use crate::cli::{Failure, context, output};
use crate::federation::keys::{self, KeyChangeError};
use crate::federation::{apply, hints};
use crate::hub::Hub;
use crate::journal::key::in_groups_of_four;

impl From<KeyChangeError> for Failure {
    fn from(fault: KeyChangeError) -> Self {
        Failure::failed(fault)
    }
}

/// Announces the next key.
pub(in crate::cli) async fn rotate(hub: &Arc<Hub>, show: Show) -> Result<(), Failure> {
    context::before_signing(hub).await?;
    let leads = hub.author().is_coordinator;
    let next = keys::rotate(hub, &Actor::operator()).await?;
    if leads {
        hints::tell_peers(hub).await;
    }
    let thumbprint = next.thumbprint();
    if show.json {
        return output::json(&json!({"thumbprint": &**thumbprint, "inUse": leads, "jwk": next.jwk(None)}));
    }
    output::line(&format!("thumbprint  {}", in_groups_of_four(thumbprint)))?;
    output::line(match leads {
        true => {
            "\nThis instance signs with it from now on; the anchor says so, and every instance follows by itself. Keep a copy \
             of the key file in a safe place. New instances pin this thumbprint."
        }
        false => {
            "\nThe server announces it from now on and goes on to sign with the present one. Read the thumbprint to the \
             coordinator's staff, who confirm it (`member key confirm`). Once the register lists it, this instance signs with \
             it by itself; keep a copy of the key file in a safe place then."
        }
    })
}

/// Makes a key in the place of a stolen one, and signs nothing more with that one.
pub(in crate::cli) async fn compromised(hub: &Arc<Hub>, yes: bool, show: Show) -> Result<(), Failure> {
    if hub.author().is_coordinator {
        return compromised_at_coordinator(hub, yes, show).await;
    }
    let question =
        "Is the key of this instance in other hands? It signs nothing more until the coordinator admits a new one.";
    if !output::confirm(question, yes, "give --yes")? {
        return Err(Failure::failed("nothing was changed"));
    }
    let next = keys::replace_stolen(hub, &Actor::operator()).await?;
    let case = apply::apply(hub, None, &next).await?;
    let thumbprint = next.public().thumbprint();
    if show.json {
        return output::json(&json!({
            "number": case.number, "coordinator": case.coordinator, "thumbprint": &**thumbprint,
            "jwk": next.public().jwk(None),
        }));
    }
    output::line(&format!("application {} to {}", case.number, case.coordinator))?;
    output::line(&format!("thumbprint  {}", in_groups_of_four(thumbprint)))?;
    output::line(
        "\nCall the coordinator's staff on a number known before: they mark the old key (`member key compromised`), and decide \
         on the application with the new one, whose thumbprint you read to them. Once the register lists it, this instance \
         signs its journal anew by itself. If the server was broken into, restore it first.",
    )
}

/// The coordinator's keys are the anchor's: there is nobody to apply to.
async fn compromised_at_coordinator(hub: &Arc<Hub>, yes: bool, show: Show) -> Result<(), Failure> {
    let question = "Is the key of this coordinator in other hands? The anchor lists it as compromised, for good.";
    if !output::confirm(question, yes, "give --yes")? {
        return Err(Failure::failed("nothing was changed"));
    }
    context::before_signing(hub).await?;
    let next = keys::replace_stolen_of_coordinator(hub, &Actor::operator()).await?;
    if show.json {
        return output::json(&json!({"thumbprint": &**next.thumbprint(), "jwk": next.jwk(None)}));
    }
    output::line(&format!("thumbprint  {}", in_groups_of_four(next.thumbprint())))?;
    output::line(
        "\nEvery instance that follows the anchor believes the old key no more from its next round on. Whoever holds the old \
         key may have signed a link before: call every member on a number known before, compare this thumbprint, and let new \
         instances pin it. If the server was broken into, restore it first.",
    )
}
