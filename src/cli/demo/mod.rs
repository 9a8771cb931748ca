//! `demo`: a small network on this machine with the first data. Every instance has a folder, a database, a key and a
//! port of its own; nothing is shared between them but what they publish.

mod admissions;
mod examples;
mod instances;
mod records;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use serde_json::json;
use tokio::net::TcpListener;

use super::{
    Failure,
    arguments::Demo,
    output::{self, Table},
    serve::told_to_stop,
};
use crate::{
    catalog::Viewer,
    config::Telemetry,
    federation::look,
    http::{ListenError, listen},
    hub::{Hub, Received},
    journal::publish,
    record::Audience,
    serving::Serving,
    telemetry,
};
use instances::Place;

/// Copies are waited for so long before the table is shown.
const LONGEST: Duration = Duration::from_secs(60);

/// Runs the demonstration.
pub async fn run(arguments: &Demo) -> Result<(), Failure> {
    let level = std::env::var("NMIRF_HUB__TELEMETRY__LOG").unwrap_or_else(|_| "warn".to_owned());
    telemetry::init(&Telemetry { log: level, ..Telemetry::default() }).map_err(Failure::failed)?;
    let places = instances::places(arguments)?;
    // Nothing is written before it is known that all of them can be reached: a folder is bound to its ports.
    instances::refuse_others(&places)?;
    let listeners = listen_at(&places).await?;
    instances::make(&places)?;
    let network = start(&places, listeners).await?;
    let proved = wait_until_proved(&network).await;
    let examples = examples::run(network[network.len().min(3) - 1].hub()).await?;
    show(arguments, &places, &network, &examples)?;
    if !arguments.once {
        say_what_now(&places)?;
        told_to_stop().await;
    }
    for stopped in join_all(network.into_iter().map(Serving::stop)).await {
        stopped.map_err(Failure::failed)?;
    }
    match proved || !arguments.once {
        true => Ok(()),
        false => Err(Failure::failed("not every instance held the proved copy of every other within 60 seconds")),
    }
}

async fn listen_at(places: &[Place]) -> Result<Vec<TcpListener>, Failure> {
    let mut listeners = Vec::new();
    for place in places {
        let listener = listen(place.address()?).await.map_err(|fault| match fault {
            ListenError::InUse(address) => Failure::failed(format!(
                "the port {} is in use: another program, perhaps another demonstration, listens there. Stop it, or choose \
                 {} other ports with --base-port (a folder that is there keeps its ports: name another one with --dir)",
                address.port(),
                places.len()
            )),
            ListenError::NotAllowed(address) => Failure::failed(format!(
                "the port {} may not be used by this user: choose --base-port above 1023",
                address.port()
            )),
            other => Failure::failed(other),
        })?;
        listeners.push(listener);
    }
    Ok(listeners)
}

/// All answer before the first one calls, all look at each other before the first one signs (protocol §8), and all have
/// published before the first one pulls.
async fn start(places: &[Place], listeners: Vec<TcpListener>) -> Result<Vec<Serving>, Failure> {
    let mut network = Vec::new();
    for (place, listener) in places.iter().zip(listeners) {
        let hub = place.open().await?;
        network.push(Serving::answer(hub, listener).await.map_err(Failure::failed)?);
    }
    join_all(network.iter().map(|serving| look::before_signing(serving.hub()))).await;
    for (serving, place) in network.iter().zip(places) {
        let hub = serving.hub();
        publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await.map_err(Failure::failed)?;
        records::publish(hub, place, places).await?;
    }
    admissions::admit(&network).await?;
    for serving in &mut network {
        serving.sign_and_pull();
    }
    Ok(network)
}

async fn wait_until_proved(network: &[Serving]) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < LONGEST {
        if network.iter().all(|one| held(one.hub(), network).iter().all(|held| held.proved && held.named)) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    false
}

struct Held {
    records: u64,
    proved: bool,
    /// Whether it has said who it is: its name stands in the answers.
    named: bool,
}

/// What an instance holds of each other one, and whether that is the state which the other one signed last.
fn held(hub: &Arc<Hub>, network: &[Serving]) -> Vec<Held> {
    let snapshot = hub.snapshot();
    network
        .iter()
        .filter(|other| other.hub().entity_id() != hub.entity_id())
        .map(|other| {
            let theirs = root(other.hub(), other.hub().entity_id());
            let ours = root(hub, other.hub().entity_id());
            let records = records_of(&snapshot, other.hub().entity_id());
            let known = snapshot.network().instance(other.hub().entity_id());
            let named = known.is_some_and(|instance| instance.software_version.is_some());
            Held { records, proved: theirs.is_some() && theirs == ours, named }
        })
        .collect()
}

fn root(hub: &Hub, origin: &str) -> Option<String> {
    let snapshot = hub.snapshot();
    let mut journals = snapshot.network().journals.values();
    let journal = journals.find(|journal| &*journal.origin == origin && journal.audience == Audience::Public)?;
    Some(journal.checkpoint.as_ref()?.root.clone())
}

fn records_of(snapshot: &crate::catalog::Snapshot, origin: &str) -> u64 {
    use crate::catalog::{Dimension, Filter, Request};
    crate::record::Kind::ALL
        .into_iter()
        .map(|kind| {
            let filter = Filter::of(kind).any(Dimension::Origin, [origin]);
            snapshot.select(&Request { filter: &filter, viewer: Viewer::PUBLIC, within: None }).count()
        })
        .sum()
}

fn show(
    arguments: &Demo,
    places: &[Place],
    network: &[Serving],
    examples: &[examples::Example],
) -> Result<(), Failure> {
    let rows: Vec<(String, &str, u64, u64, bool)> = network
        .iter()
        .zip(places)
        .map(|(serving, place)| {
            let hub = serving.hub();
            let held = held(hub, network);
            let proved = held.iter().all(|held| held.proved);
            let others = held.iter().map(|held| held.records).sum();
            (place.title.clone(), hub.entity_id(), records_of(&hub.snapshot(), hub.entity_id()), others, proved)
        })
        .collect();
    let received: Received = network.iter().map(|serving| serving.hub().received()).sum();
    let Received { entries, revisions, bytes } = received;
    if arguments.show.json {
        let instances: Vec<_> = rows
            .iter()
            .map(|(name, entity_id, own, held, proved)| {
                json!({"name": name, "entityId": entity_id, "own": own, "held": held, "proved": proved})
            })
            .collect();
        let examples: Vec<_> =
            examples.iter().map(|example| json!({"query": example.query, "answer": example.answer})).collect();
        let received = json!({"entries": entries, "revisions": revisions, "bytes": bytes});
        return output::json(&json!({"instances": instances, "received": received, "examples": examples}));
    }
    output::line("Demonstration data compiled from public sources; not a statement of any State.\n")?;
    let mut table = Table::new(["instance", "URL", "own", "held", "others' checkpoints"]).right(&[2, 3]);
    for (name, entity_id, own, held, proved) in &rows {
        let proved = if *proved { "proved" } else { "not proved" };
        table.row([name.as_str(), *entity_id, &own.to_string(), &held.to_string(), proved]);
    }
    table.print()?;
    output::line(&format!("\nReceived since the start: {entries} entries, {revisions} revisions, {bytes} bytes"))?;
    for example in examples {
        output::line(&format!("\n{}\n\n{}", example.title, example.query.trim()))?;
        output::json(&example.answer)?;
    }
    Ok(())
}

fn say_what_now(places: &[Place]) -> Result<(), Failure> {
    let Some(first) = places.first() else { return Ok(()) };
    output::line(&format!(
        "\nThe network serves. Open its pages:  {0}/\nAsk it by GraphQL:  {0}/graphiql\nOne instance alone:  nmirf-hub serve --config {1}\nEnd with Ctrl-C.",
        first.entity_id,
        first.config_file().display()
    ))
}
