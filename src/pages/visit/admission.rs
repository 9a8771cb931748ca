//! How often one reader may ask for pages: as often as the API may be asked (`[graphql] rate`), counted by the same rule.
//! Files that pages load are not counted. There is no other way to a visit.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::{ConnectInfo, Request},
    http::header,
};

use super::{Refusal, Visit};
use crate::{
    graphql::http::{
        Standing,
        rate::{Rates, TooMany},
    },
    hub::Hub,
};

/// The count; none where the operator sets no limit.
pub(in crate::pages) struct Admission(Option<Rates>);

/// A visit, whether it may go on, and how the reader stands.
pub(in crate::pages) type Opened = (Visit, Result<(), Refusal>, Option<Standing>);

impl Admission {
    pub(in crate::pages) fn new(hub: &Hub) -> Self {
        Self(hub.config().graphql.rate.map(Rates::new))
    }

    /// Counts a request and reads it. One too many costs neither a look at the database nor a body.
    pub(in crate::pages) async fn open(&self, hub: &Arc<Hub>, mut request: Request) -> Opened {
        let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| from.ip());
        let (Some(rates), Some(address)) = (&self.0, address) else {
            let (visit, opened) = Visit::open(hub, request).await;
            return (visit, opened, None);
        };
        let says_who = hub.access().cookie_value(request.headers()).is_some();
        match rates.address(address, says_who) {
            Ok(standing) => {
                let (visit, opened) = Visit::open(hub, request).await;
                match again(rates, &visit, address, says_who) {
                    Some(Ok(standing)) => (visit, opened, Some(standing)),
                    Some(Err(refused)) => refuse(visit, refused),
                    None => (visit, opened, Some(standing)),
                }
            }
            Err(refused) => {
                request.headers_mut().remove(header::COOKIE);
                *request.body_mut() = Body::empty();
                rates.pause().await;
                refuse(Visit::open(hub, request).await.0, refused)
            }
        }
    }
}

/// Who said who they are has only been counted among many of their address so far.
fn again(rates: &Rates, visit: &Visit, address: IpAddr, says_who: bool) -> Option<Result<Standing, TooMany>> {
    match &visit.person {
        Some(person) => Some(rates.person(&person.name)),
        None => says_who.then(|| rates.address(address, false)),
    }
}

fn refuse(visit: Visit, refused: TooMany) -> Opened {
    (visit, Err(Refusal::TooMany(refused.wait)), Some(refused.standing))
}
