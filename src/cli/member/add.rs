//! `member add`: a member that runs no instance.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::arguments::Add;
use super::{operator, tell};
use crate::cli::{Failure, context};
use crate::hub::Hub;

/// Lists it.
pub(super) async fn run(hub: &Arc<Hub>, asked: &Add) -> Result<(), Failure> {
    context::before_signing(hub).await?;
    let actor = operator();
    let desk = hub.register_desk(&actor);
    let names: Map<String, Value> =
        asked.name.iter().map(|(language, name)| (language.clone(), name.as_str().into())).collect();
    let names = (!names.is_empty()).then_some(Value::Object(names));
    let from = asked.from.unwrap_or_else(|| desk.today());
    let member = desk.add_member(asked.country, names, asked.role.into(), from, asked.reason.as_deref()).await?;
    tell(hub, &member, asked.show, "is listed").await
}
