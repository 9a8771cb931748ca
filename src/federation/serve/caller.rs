//! Who calls: the client assertion in `Authorization` (protocol §5).

use axum::http::{HeaderMap, header::AUTHORIZATION};

use super::{
    Serving,
    problem::{Code, Problem},
};
use crate::{
    federation::assertion::{AssertionError, verify_assertion},
    register::peers,
};

impl Serving {
    /// The caller's entityId, proved; None where the request has no `Authorization` at all. 401 for a bad one.
    pub(super) fn caller(&self, headers: &HeaderMap) -> Result<Option<String>, Problem> {
        let Some(token) = bearer_token(headers)? else { return Ok(None) };
        match verify_assertion(token, self.hub.entity_id(), &self.hub.trust(), self.hub.now()) {
            Ok(caller) => Ok(Some(caller)),
            Err(fault) => {
                // Also for an iss not known at all: a member admitted a minute ago is one.
                if fault == AssertionError::UnknownKey {
                    self.ask_for_the_register();
                }
                Err(unauthenticated(fault.to_string()))
            }
        }
    }

    /// As [`Self::caller`]; 403 for one that is not an active member.
    pub(super) fn active_caller_if_any(&self, headers: &HeaderMap) -> Result<Option<String>, Problem> {
        let Some(caller) = self.caller(headers)? else { return Ok(None) };
        match self.hub.trust().is_active(&caller) {
            true => Ok(Some(caller)),
            false => Err(Problem::new(Code::NotAMember, "the caller is not an active member of the network")),
        }
    }

    /// Whether the operator of this instance has blocked who calls: it gets no journal for the network.
    pub(super) async fn has_blocked(&self, caller: &str) -> Result<bool, Problem> {
        Ok(peers::one(self.hub.store(), caller).await?.blocked)
    }

    /// As [`Self::active_caller_if_any`]; 401 where nobody says who calls.
    pub(super) fn active_caller(&self, headers: &HeaderMap) -> Result<String, Problem> {
        self.active_caller_if_any(headers)?.ok_or_else(|| {
            unauthenticated("this needs Authorization: Bearer and a client assertion of an active member")
        })
    }
}

/// The token of the one `Authorization` header, if there is one.
pub(super) fn bearer_token(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(unauthenticated("there are two Authorization headers"));
    }
    let token = value.to_str().ok().and_then(bearer);
    token.map(Some).ok_or_else(|| unauthenticated("Authorization is not Bearer and a client assertion"))
}

pub(super) fn unauthenticated(detail: impl Into<std::borrow::Cow<'static, str>>) -> Problem {
    Problem::new(Code::Unauthenticated, detail)
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
