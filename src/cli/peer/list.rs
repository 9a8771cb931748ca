//! `peer list`.

use super::view;
use crate::catalog::{Instance, Snapshot};
use crate::cli::arguments::Show;
use crate::cli::words::age;
use crate::cli::{Failure, output};
use crate::hub::Hub;

/// Lists the peers, one a line.
pub(super) fn run(hub: &Hub, snapshot: &Snapshot, show: Show) -> Result<(), Failure> {
    let now = hub.now();
    let held = view::records_held(snapshot);
    let peers: Vec<&Instance> = snapshot.network().instances.iter().filter(|instance| !instance.is_self).collect();
    if show.json {
        let list: Vec<_> = peers.iter().map(|peer| view::as_json(snapshot, peer, &held, now)).collect();
        return output::json(&list);
    }
    if peers.is_empty() {
        return output::line(
            "No peer is known yet. The coordinator's register names the members once it is pulled; `nmirf-hub peer add URL` \
             pins one by hand",
        );
    }
    let heads = ["instance", "name", "country", "state", "confirmed", "records", "next attempt", "last error"];
    let mut table = output::Table::new(heads).right(&[5]);
    for peer in peers {
        let journals = snapshot.network().journals_of(peer);
        let records: usize = journals.iter().filter_map(|journal| held.get(&journal.id)).sum();
        let next = journals.iter().filter_map(|journal| journal.next_attempt_at).min();
        let fault = journals.iter().find_map(|journal| journal.last_error.as_ref());
        table.row([
            peer.entity_id.to_string(),
            peer.name.to_string(),
            peer.country.map(|country| country.as_str().to_owned()).unwrap_or_default(),
            peer.state(&journals).as_str().to_owned(),
            view::confirmed_at(&journals).map_or_else(|| "never".to_owned(), |at| age(now, at)),
            records.to_string(),
            next.map(|at| if at <= now { "now".to_owned() } else { age(now, at) }).unwrap_or_default(),
            fault.map(|fault| fault.sentence.to_string()).unwrap_or_default(),
        ]);
    }
    table.print()
}
