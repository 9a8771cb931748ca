//! Which journals are served, and to whom (protocol §5): authorisation first, then existence, then whether the copy
//! here can be vouched for.

use axum::http::HeaderMap;

use super::{
    Serving,
    ask::Ask,
    problem::{Code, Problem},
};
use crate::{hub, journal::read, record::Audience, register::Trust, register::peers, store::journals};

/// A journal that is served.
pub(super) struct Served {
    /// Id of its row.
    pub(super) id: i32,
    /// The checkpoint held, a JWS.
    pub(super) checkpoint: String,
}

impl Serving {
    /// The journal that is asked for. 401, 403, then 404, then 503, in this order.
    pub(super) async fn journal(&self, ask: &Ask, headers: &HeaderMap) -> Result<Served, Problem> {
        if ask.audience == Audience::Network {
            let caller = self.active_caller(headers)?;
            if self.has_blocked(&caller).await? {
                let detail = "the operator of this instance has blocked the caller: it gets no journal for the network";
                return Err(Problem::new(Code::NotAMember, detail));
            }
        }
        let row = read::journal(self.hub.store().read(), &ask.origin, ask.audience).await?;
        let held = row.and_then(|row| row.checkpoint.clone().map(|checkpoint| (row, checkpoint)));
        let (row, checkpoint) =
            held.ok_or(Problem::new(Code::UnknownJournal, "this instance holds no such journal"))?;
        let blocked = peers::one(self.hub.store(), &row.origin).await?.blocked;
        let stale = row.audience == Audience::Network.as_str() && self.register_is_stale().await?;
        match refusal(&self.hub.trust(), &row, blocked, stale) {
            None => Ok(Served { id: row.id, checkpoint }),
            // What changes it is in the register, which this instance reads with its next round.
            Some(reason) => Err(Problem::not_proved(reason).again_after(self.hub.config().sync.interval)),
        }
    }

    /// Whether the copy of the register is too old to say who is a member; the coordinator's own never is, and where no
    /// coordinator is pinned there is none.
    pub(super) async fn register_is_stale(&self) -> Result<bool, Problem> {
        let trust = self.hub.trust();
        let Some(coordinator) = trust.coordinator().filter(|coordinator| *coordinator != self.hub.entity_id()) else {
            return Ok(false);
        };
        let row = read::journal(self.hub.store().read(), coordinator, Audience::Public).await?;
        Ok(row.is_none_or(|row| row.checkpoint.is_none() || hub::is_stale(&row, self.hub.now())))
    }
}

/// Why a journal is not served; None if it is. `stale`: whether the copy of the register is.
pub(super) fn refusal(trust: &Trust, row: &journals::Model, blocked: bool, stale: bool) -> Option<&'static str> {
    let compromised = row.key_id.as_deref().is_some_and(|key| trust.is_compromised(&row.origin, key));
    let own = row.origin == trust.own();
    let network = row.audience == Audience::Network.as_str();
    match () {
        () if compromised => Some("the key of the checkpoint held is compromised: a newer one is awaited"),
        () if own => None,
        () if !trust.is_active(&row.origin) => {
            Some("the origin is not an active member: its journals are served to nobody")
        }
        () if blocked => Some("the operator of this instance has blocked this origin"),
        () if network && stale => {
            Some("this instance's copy of the register is older than a day: it serves no network journal of others")
        }
        () => None,
    }
}
