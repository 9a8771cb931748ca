//! `peer add`, `peer remove`: peers pinned by hand. A running server trusts by it at once.

use crate::{
    audit::Actor,
    cli::{
        Failure,
        arguments::{PeerAdd, PeerRemove},
        output, pinning,
    },
    federation::introduce::{IntroduceError, introduced},
    hub::Hub,
    journal::key::in_groups_of_four,
    register::pins,
};

/// Asks the peer who it is and pins the key that signed its answer when told yes.
pub(super) async fn add(hub: &Hub, asked: &PeerAdd) -> Result<(), Failure> {
    let peer = &*asked.peer.entity_id;
    let said = introduced(hub, peer).await.map_err(|fault| match fault {
        IntroduceError::Address(_) | IntroduceError::Itself => Failure::wrong_use(format!("{peer}: {fault}")),
        IntroduceError::NoAnswer(_) | IntroduceError::Unusable(_) => Failure::failed(format!("{peer}: {fault}")),
    })?;
    let name = said.name.as_deref().unwrap_or("(does not say its name)");
    output::line(&format!("instance     {}", output::plain(name)))?;
    output::line(&format!("entityId     {peer}"))?;
    output::line(&format!("thumbprint   {}", in_groups_of_four(said.key.thumbprint())))?;
    if !said.speaks_our_version {
        output::line("note         it names no version of the protocol that this program speaks")?;
    }
    pinning::confirm(peer, said.key.thumbprint(), asked.yes.as_deref())?;
    pins::pin(hub.store(), &Actor::operator(), hub.now(), peer, &said.key).await?;
    output::line(&format!("{peer} is pinned: it is pulled, and may read what is for the network alone"))
}

/// Takes the pin out.
pub(super) async fn remove(hub: &Hub, asked: &PeerRemove) -> Result<(), Failure> {
    let peer = &*asked.peer.entity_id;
    let is_configured = hub.trust_source().peers.contains_key(peer);
    let trust = hub.trust();
    let known_otherwise = match () {
        () if is_configured => {
            Some("[[trust.peers]] of the configuration pins it: take it out there, and start the server again")
        }
        () if trust.is_pinned(peer) => None,
        () if trust.is_known(peer) => Some(
            "it is in the network by the coordinator's register. `nmirf-hub peer pause` or `block` does without it",
        ),
        () => Some("it is no peer of this instance. `nmirf-hub peer list` names them"),
    };
    if let Some(why) = known_otherwise {
        return Err(Failure::failed(format!("{peer} is not pinned by hand: {why}")));
    }
    let question =
        format!("Take out {peer}? It is not pulled any more then, and its network records are closed to it.");
    if !output::confirm(&question, asked.yes, "give --yes")? {
        return Err(Failure::failed("nothing was changed"));
    }
    pins::unpin(hub.store(), &Actor::operator(), hub.now(), peer).await?;
    output::line(&format!("{peer} is not pinned any more"))
}
