//! `applications` (protocol §5): who wants to be a member writes here, and asks here how its case stands. Both come from
//! instances that nobody has vouched for: what is answered to them are constant sentences.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    Json,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode},
};
use serde_json::{Value, json};

use super::{
    Serving, body,
    caller::{bearer_token, unauthenticated},
    problem::{Code, Problem},
};
use crate::{
    audit::Actor,
    federation::{
        application::{self, LONGEST},
        assertion,
    },
    register::{
        RegisterDesk,
        cases::{NewCase, RefusedCase, of_applicant},
    },
};

/// Who was turned away because too many cases are open asks again after an hour.
const AN_HOUR: u32 = 3600;

/// `POST`: opens a case.
pub(super) async fn take(
    State(serving): State<Arc<Serving>>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let caller = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let body = body::read(request.into_body(), LONGEST).await?;
    let hub = &serving.hub;
    if !hub.author().is_coordinator {
        return Err(not_the_coordinator());
    }
    let token = std::str::from_utf8(&body).map_err(|_| Problem::bad_request("the body is no signed application"))?;
    let read = application::read(token.trim_ascii(), hub.entity_id(), hub.config().trust.allow_http, hub.now());
    let read = read.map_err(|fault| Problem::bad_request(fault.to_string()))?;
    let actor = Actor { address: caller, ..Actor::hub() };
    let new = NewCase {
        entity_id: read.entity_id,
        key: read.key,
        country: read.country,
        name: read.name,
        contact: read.contact,
        block: caller.map_or_else(|| "unknown".to_owned(), block),
    };
    let desk = RegisterDesk::new(hub.store(), hub.author(), hub.trust(), &actor, hub.now());
    let number = desk.receive(new).await?;
    tracing::info!(number, "an application for membership came");
    Ok((StatusCode::ACCEPTED, Json(json!({"number": number}))))
}

/// `GET`: the caller's latest case. The key of an applicant is in no register: the case itself says which it is.
pub(super) async fn status(State(serving): State<Arc<Serving>>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    let hub = &serving.hub;
    if !hub.author().is_coordinator {
        return Err(not_the_coordinator());
    }
    let token = bearer_token(&headers)?.ok_or_else(|| {
        unauthenticated("this needs Authorization: Bearer and a client assertion by the application's key")
    })?;
    let claimed = assertion::claimed(token, hub.entity_id(), hub.now());
    let claimed = claimed.map_err(|fault| unauthenticated(fault.to_string()))?;
    let case = of_applicant(hub.store(), &claimed.caller, &claimed.key_id).await?;
    // A wrong signature is answered like an unknown case: nobody else learns who has applied.
    match case.filter(|(_, key)| assertion::is_signed_by(token, key)) {
        Some((row, _)) => Ok(Json(json!({"number": row.number, "status": row.status, "message": row.message}))),
        None => Err(Problem::not_found("there is no case of this entityId and key")),
    }
}

fn not_the_coordinator() -> Problem {
    Problem::not_found("this instance is not the coordinator: /federation/v1/anchor says who is")
}

/// The block of an address: /24, for IPv6 /56 (protocol §5).
fn block(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let mut octets = address.octets();
            octets[7..].fill(0);
            format!("{}/56", IpAddr::from(octets))
        }
    }
}

impl From<RefusedCase> for Problem {
    fn from(fault: RefusedCase) -> Self {
        match fault {
            RefusedCase::AlreadyApplied => Problem::new(Code::AlreadyApplied, fault.to_string()),
            RefusedCase::TooMany => {
                Problem { retry_after: Some(AN_HOUR), ..Problem::new(Code::TooManyRequests, fault.to_string()) }
            }
            RefusedCase::Key | RefusedCase::Coordinator | RefusedCase::OtherCountry => {
                Problem::bad_request(fault.to_string())
            }
            RefusedCase::Store(fault) => fault.into(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_block_are_one() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.0/24"),
            ("192.0.2.250", "192.0.2.0/24"),
            ("::ffff:192.0.2.7", "192.0.2.0/24"),
            ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
            ("2001:db8:1:201::9", "2001:db8:1:200::/56"),
            ("2001:db8:1:300::1", "2001:db8:1:300::/56"),
        ] {
            assert_eq!(block(address.parse().unwrap()), expected, "{address}");
        }
    }
}
