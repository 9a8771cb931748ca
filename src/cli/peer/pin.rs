//! `peer add`, `peer remove`: peers pinned by hand, in the configuration file.

use std::path::Path;

use crate::cli::arguments::{PeerAdd, PeerRemove};
use crate::cli::{Failure, output, pinning};
use crate::config::{Config, Peer};
use crate::hub::Hub;
use crate::journal::jws::StatementType;
use crate::journal::key::in_groups_of_four;
use crate::record::check_entity_id;
use crate::register::peers::{EntityConfiguration, speaks_our_version};

/// What a running server has to be told.
const RESTART: &str = "A running server reads it when it is started again";

/// Fetches the peer's entity configuration and pins the key that signed it when told yes.
pub(super) async fn add(hub: &Hub, path: &Path, asked: &PeerAdd) -> Result<(), Failure> {
    let peer = &*asked.peer.entity_id;
    if let Err(sentence) = check_entity_id(peer, hub.config().trust.allow_http) {
        return Err(Failure::wrong_use(format!("{peer}: {sentence}")));
    }
    if peer == hub.entity_id() {
        return Err(Failure::wrong_use(format!("{peer} is this instance itself: name another one")));
    }
    let token = hub.web().entity_configuration(peer, None).await.map(|carried| carried.value);
    let token = pinning::answer(peer, token)?;
    let wrong = |why: &str| Failure::failed(format!("{peer} serves no entity configuration that can be used: {why}"));
    let (said, keys) = EntityConfiguration::read(&token, peer).map_err(|fault| wrong(&fault.to_string()))?;
    let signer = pinning::signer(&token, StatementType::EntityStatement).unwrap_or_default();
    let key =
        keys.iter().find(|key| **key.thumbprint() == *signer).ok_or_else(|| wrong("it names no key of its own"))?;
    output::line(&format!(
        "instance     {}",
        output::plain(said.name.as_deref().unwrap_or("(does not say its name)"))
    ))?;
    output::line(&format!("entityId     {peer}"))?;
    output::line(&format!("thumbprint   {}", in_groups_of_four(key.thumbprint())))?;
    if !speaks_our_version(&token) {
        output::line("note         it names no version of the protocol that this program speaks")?;
    }
    pinning::confirm(peer, key.thumbprint(), asked.yes.as_deref())?;
    Config::pin_peer(path, &Peer { entity_id: peer.to_owned(), keys: vec![pinning::pinned(key)?] })?;
    output::line(&format!("{peer} is pinned in {}. {RESTART}", path.display()))
}

/// Takes the pin out.
pub(super) fn remove(hub: &Hub, path: &Path, asked: &PeerRemove) -> Result<(), Failure> {
    let peer = &*asked.peer.entity_id;
    if !hub.config().trust.peers.iter().any(|pinned| pinned.entity_id == peer) {
        let why = match hub.trust().is_known(peer) {
            true => {
                "it is in the network by the coordinator's register. `nmirf-hub peer pause` or `block` does without it"
            }
            false => "it is no peer of this instance. `nmirf-hub peer list` names them",
        };
        return Err(Failure::failed(format!("{peer} is not pinned in {}: {why}", path.display())));
    }
    let question =
        format!("Take out {peer}? It is not pulled any more then, and its network records are closed to it.");
    if !output::confirm(&question, asked.yes, "give --yes")? {
        return Err(Failure::failed("nothing was changed"));
    }
    match Config::unpin_peer(path, peer)? {
        true => output::line(&format!("{peer} is not pinned any more in {}. {RESTART}", path.display())),
        false => Err(Failure::failed(format!(
            "{peer} is pinned by an environment variable or a flag and not in {}: take it out there",
            path.display()
        ))),
    }
}
