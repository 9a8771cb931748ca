//! What a resolver needs that changes something, or that reads what only some may: the hub, who asks with which right,
//! and the moment after the change.

use std::sync::Arc;

use async_graphql::{Context, ErrorExtensions as _};

use super::{code::Code, reading::Reading};
use crate::{
    access::{Person, Role},
    audit::Actor,
    hub::Hub,
    texts::{self, Arguments, arguments},
};

/// A request by somebody who may.
#[derive(Clone, Copy)]
pub(super) struct Changing<'c> {
    pub(super) hub: &'c Arc<Hub>,
    pub(super) reading: &'c Reading,
    pub(super) person: &'c Person,
}

impl<'c> Changing<'c> {
    /// Who asks, if that is somebody with this role or one above it.
    ///
    /// # Errors
    /// UNAUTHENTICATED for nobody, FORBIDDEN for somebody without the right.
    pub(super) fn by(ctx: &Context<'c>, role: Role) -> async_graphql::Result<Self> {
        let reading = Reading::of(ctx);
        let language = language(reading);
        let Some(person) = &reading.asker.person else {
            return Err(error(Code::Unauthenticated, texts::say(language, "sign-in-first", None)));
        };
        if person.role < role {
            return Err(forbidden(language, role));
        }
        Ok(Self { hub: hub(ctx)?, reading, person })
    }

    /// Who it is for the audit log.
    pub(super) fn actor(&self) -> Actor {
        Actor { name: self.person.name.clone(), address: self.reading.asker.address }
    }

    /// The moment after the change. What was changed is so, whether this instance's catalogue can follow at once or not.
    pub(super) async fn seen(&self) -> &'c Reading {
        if let Err(fault) = self.hub.catch_up().await {
            tracing::error!("the catalogue cannot follow a change: {fault}");
        }
        self.reading.after_change()
    }

    /// A message in the user's language.
    pub(super) fn say(&self, id: &str, arguments: Option<&Arguments<'_>>) -> String {
        texts::say(language(self.reading), id, arguments)
    }
}

/// The language in which mistakes are told.
pub(super) fn language(reading: &Reading) -> &'static str {
    let preferred = reading.asker.person.as_ref().and_then(|person| person.language.as_ref());
    texts::spoken(reading.wanted_languages().iter().chain(preferred).chain(reading.languages().last()))
}

/// The hub behind the request.
pub(super) fn hub<'c>(ctx: &Context<'c>) -> async_graphql::Result<&'c Arc<Hub>> {
    ctx.data::<Arc<Hub>>().map_err(|_| error(Code::Internal, "This is answered by a whole hub only.".to_owned()))
}

/// The store failed: for the log, and one sentence for the client.
pub(super) fn failed(fault: impl std::fmt::Display) -> async_graphql::Error {
    tracing::error!("a request met a failing store: {fault}");
    error(Code::Internal, "The hub failed to do this; the operator finds the reason in the log.".to_owned())
}

/// The right is missing: who asks is told which role it takes.
pub(super) fn forbidden(language: &str, role: Role) -> async_graphql::Error {
    let needed = texts::say(language, &format!("role-{}", role.as_str()), None);
    error(Code::Forbidden, texts::say(language, "role-needed", Some(&arguments!("role" => needed))))
}

/// An error of a field.
pub(super) fn error(code: Code, message: String) -> async_graphql::Error {
    async_graphql::Error::new(message).extend_with(|_, extensions| extensions.set("code", code.as_str()))
}

/// An id of this type, `<type>:<number>`.
pub(super) fn number_of(id: &str, word: &str) -> Option<i32> {
    let digits = id.strip_prefix(word)?.strip_prefix(':')?;
    let number: i32 = digits.parse().ok()?;
    // One id has one spelling.
    (number.to_string() == digits).then_some(number)
}
