//! The same by the commands, beside instances that run.

use crate::{
    instance::{Instance, put, to_half_past},
    network::Network,
    support::until,
    tail,
};

/// Commands have no other one, and an application tells the time.
fn by_the_real_clock(instance: &Instance) {
    instance.later(-to_half_past());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_lead_from_the_application_to_the_withdrawal() {
    let mut network = Network::quiet(&["MA"]).await;
    for instance in &mut network.all {
        instance.stop().await;
        by_the_real_clock(instance);
        instance.serve().await;
    }
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    let mut mauritius = Instance::new(Some("MU"), Some(coordinator), false).await;
    by_the_real_clock(&mauritius);
    mauritius.serve().await;
    mauritius.publish(vec![put(1, "of Mauritius")]).await;

    let applied = mauritius.run(&["member", "apply", "--contact", "office@example.mu"]).done();
    let thumbprint = mauritius.key().public().thumbprint().to_string();
    let groups: Vec<&str> = (0..11).map(|place| &thumbprint[place * 4..(place * 4 + 4).min(43)]).collect();
    assert!(applied.out.contains(&groups.join(" ")), "{}", applied.out);
    let cases = coordinator.run(&["member", "applications", "--status", "applied", "--json"]).done();
    assert!(cases.out.contains("\"APPLIED\"") && !cases.out.contains("office@"), "{}", cases.out);
    let one = coordinator.run(&["member", "applications", "1", "--contact"]).done();
    assert!(one.out.contains("office@example.mu") && !one.out.contains(&tail(&mauritius)), "{}", one.out);
    coordinator.run(&["member", "decide", "1", "--review", "Who runs it?"]).done();
    let status = mauritius.run(&["member", "apply", "--status"]).done();
    assert!(status.out.contains("under-review") && status.out.contains("Who runs it?"), "{}", status.out);
    let doctor = mauritius.run(&["doctor"]);
    assert!(doctor.out.contains("Who runs it?"), "{}", doctor.out);
    let wrong = coordinator.run(&["member", "decide", "1", "--admit", "--thumbprint-tail", "AAAAAAA"]);
    assert_eq!((wrong.status, wrong.err.contains("last seven")), (Some(1), true), "{wrong:?}");
    coordinator.run(&["member", "decide", "1", "--admit", "--thumbprint-tail", &tail(&mauritius)]).done();
    until("pulled by Morocco", async || (morocco.count().await == 1).then_some(())).await;

    coordinator.run(&["member", "role", "MU", "executive-committee", "--until", "2099-01-01"]).done();
    coordinator.run(&["member", "suspend", mauritius.id(), "--reason", "Decision"]).done();
    until("left the lists", async || (morocco.count().await == 0).then_some(())).await;
    coordinator.run(&["member", "reinstate", "MU", "--reason", "Decision"]).done();
    until("back", async || (morocco.count().await == 1).then_some(())).await;
    let twice = coordinator.run(&["member", "reinstate", "MU", "--reason", "x"]);
    assert_eq!((twice.status, twice.err.contains("it is active")), (Some(1), true), "{twice:?}");
    let list = morocco.run(&["member", "list", "--json"]).done();
    assert!(list.out.contains("\"EXECUTIVE_COMMITTEE\"") && list.out.contains("\"2099-01-01\""), "{}", list.out);
    coordinator.run(&["member", "add", "CH", "--name", "en=Mechanism of Switzerland"]).done();
    coordinator.run(&["member", "withdraw", "MU", "--reason", "Letter"]).done();
    let list = coordinator.run(&["member", "list"]).done();
    assert!(list.out.contains("CH ") && !list.out.contains("MU "), "{}", list.out);
    let ending = coordinator.run(&["member", "list", "--ending"]).done();
    assert!(ending.out.starts_with("no member"), "{}", ending.out);
    let elsewhere = morocco.run(&["member", "suspend", "MU", "--reason", "x"]);
    assert_eq!((elsewhere.status, elsewhere.err.contains("not the network's coordinator")), (Some(1), true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_asks_after_an_application_hears_that_it_is_one() {
    let network = Network::awake_for_commands(std::time::Duration::from_millis(200), &["MA"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    until("it knows", async || morocco.hub().trust().is_active_itself().then_some(())).await;
    let said = morocco.run(&["member", "apply", "--status"]).done();
    assert!(said.out.contains("active") && said.out.contains("nothing to apply for"), "{}", said.out);
    let told: serde_json::Value =
        serde_json::from_str(&morocco.run(&["member", "apply", "--status", "--json"]).done().out).unwrap();
    assert_eq!((&told["membership"], &told["number"]), (&"ACTIVE".into(), &serde_json::Value::Null), "{told}");
    let thumbprint = morocco.key().public().thumbprint().to_string();
    let again = coordinator.run(&["member", "key", "confirm", "MA", &thumbprint]);
    assert_eq!((again.status, again.err.contains("already")), (Some(2), true), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn focal_points_are_listed_for_a_mailing_list() {
    let network = Network::quiet(&["MA"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    let add = ["member", "focal-points", "--add", "MA", "--name", "Person, A.", "--email", "a@example.org"];
    let added = coordinator.run(&add).done();
    let id = added.out.trim().trim_start_matches("added as ").to_owned();
    let csv = coordinator.run(&["member", "focal-points", "--format", "csv"]).done();
    assert_eq!(
        csv.out,
        format!("\u{feff}country,name,function,email,telephone,id\r\nMA,\"Person, A.\",,a@example.org,,{id}\r\n")
    );
    coordinator.run(&["member", "focal-points", "--delete", &id]).done();
    let csv = coordinator.run(&["member", "focal-points", "--format", "csv"]).done();
    assert_eq!(csv.out.lines().count(), 1);
    assert_eq!(morocco.run(&["member", "focal-points"]).status, Some(1));
}
