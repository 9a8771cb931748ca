//! "I have news": after each publication every active member and pinned peer is told, so that it pulls soon; at most
//! once a minute and peer, since more would be without effect (protocol §5).

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc};

use super::assertion::make_assertion;
use crate::{hub::Hub, record::Audience};

/// A receiver takes one hint in this time, in milliseconds.
const ONCE_IN: i64 = 60 * 1000;

/// What has been hinted to whom.
#[derive(Default)]
pub(super) struct Hints {
    root: Option<String>,
    told: HashMap<String, Told>,
}

struct Told {
    root: String,
    at: i64,
}

impl Hints {
    /// Tells every peer that does not know yet of the present roots of our journals.
    pub(super) fn send_what_is_new(
        &mut self,
        hub: &Arc<Hub>,
        spawn: impl Fn(Pin<Box<dyn Future<Output = ()> + Send>>),
    ) {
        let snapshot = hub.snapshot();
        let root_of = |audience| {
            let mut journals = snapshot.network().journals.values();
            let own = journals.find(|journal| &*journal.origin == hub.entity_id() && journal.audience == audience)?;
            Some(own.checkpoint.as_ref()?.root.as_str())
        };
        let Some(public) = root_of(Audience::Public) else { return };
        // All who are told may have what is for the network: active members and pinned peers.
        let network = root_of(Audience::Network).unwrap_or_default();
        // A link of the anchor is the coordinator's news too; others only learn of it, and a hint would cost their minute.
        let links = if hub.author().is_coordinator { hub.trust().chain().len() } else { 0 };
        let root = format!("{public} {network} {links}");
        // What was there at the start is found by the others' own rounds.
        let first = self.root.get_or_insert_with(|| root.clone()).clone();
        let now = hub.now();
        for peer in hub.trust().peers() {
            let told = self.told.get(peer);
            let knows = told.map_or(first == root, |told| told.root == root);
            if knows || told.is_some_and(|told| now - told.at < ONCE_IN) {
                continue;
            }
            self.told.insert(peer.to_owned(), Told { root: root.clone(), at: now });
            let (hub, peer) = (hub.clone(), peer.to_owned());
            spawn(Box::pin(async move { tell(&hub, &peer).await }));
        }
    }
}

/// Hints one peer. A failure is its own: it pulls by the clock.
async fn tell(hub: &Arc<Hub>, peer: &str) {
    let assertion = make_assertion(&hub.author().key, hub.entity_id(), peer, hub.now());
    if let Err(fault) = hub.web().hint(peer, &assertion).await {
        tracing::debug!(peer, "it could not be told of news: {fault}");
    }
}

/// For commands beside a server: tells every peer that there is news, since the server hints what it has seen itself
/// only.
pub async fn tell_peers(hub: &Arc<Hub>) {
    let trust = hub.trust();
    futures_util::future::join_all(trust.peers().into_iter().map(|peer| tell(hub, peer))).await;
}
