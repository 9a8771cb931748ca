//! The course of a membership, and its effects at every instance (protocol §7).

use nmirf_hub::{
    catalog::SyncState,
    federation::{assertion::make_assertion, purge, rounds::RoundEnd},
    journal::publish::PublishError,
    record::{MemberRole, Sub},
    register::MembershipError,
};
use serde_json::Value;

use crate::{
    instance::{Instance, MINUTE, practices, put},
    network::Network,
    staff,
    support::until,
};

const DAY: i64 = 24 * 3600 * 1000;

fn sub_of(coordinator: &Instance, member: &Instance) -> Sub {
    coordinator.hub().trust().member(member.id()).unwrap().sub.clone()
}

async fn status(server: &Instance, path: &str, caller: Option<&Instance>) -> u16 {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client.get(format!("{}/federation/v1/{path}", server.id()));
    if let Some(caller) = caller {
        let assertion = make_assertion(&caller.key(), caller.id(), server.id(), server.hub().now());
        request = request.header("authorization", format!("Bearer {assertion}"));
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_closes_everything_and_a_reinstatement_opens_it() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let ((morocco, portugal), coordinator) = (network.two(), network.coordinator());
    morocco.publish(vec![put(1, "first")]).await;
    portugal.publish(vec![put(2, "own")]).await;
    portugal.pull_all().await;
    let of_portugal = "state?audience=network";
    let of_morocco = format!("state?origin={}", morocco.id());
    assert_eq!(status(portugal, of_portugal, Some(morocco)).await, 200);
    assert_eq!(status(portugal, &of_morocco, None).await, 200);

    let sub = sub_of(coordinator, morocco);
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let stale = desk.suspend(&sub, Some(7), "x").await;
    assert!(matches!(stale, Err(MembershipError::Changed { present: 1 })), "{stale:?}");
    let unsaid = desk.suspend(&sub, Some(1), " ").await;
    assert!(matches!(unsaid, Err(MembershipError::Invalid { field: "reason", .. })), "{unsaid:?}");
    let suspended = desk.suspend(&sub, Some(1), "Decision of the committee").await.unwrap();
    assert_eq!(suspended.revision, 2);
    coordinator.hub().catch_up().await.unwrap();
    network.later(MINUTE);
    portugal.pull(coordinator).await;
    assert_eq!(portugal.practices().await, practices(&[(2, "own")]), "left the lists");
    let all = portugal.ask("{ practices(filter: {includeSuspended: true}) { totalCount } }").await;
    assert_eq!(all["practices"]["totalCount"], 2, "the copies stay");
    assert_eq!(portugal.state(morocco), SyncState::Suspended);
    assert_eq!(status(portugal, of_portugal, Some(morocco)).await, 403);
    assert_eq!(status(portugal, &of_morocco, None).await, 503);
    morocco.gate.take_log();
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::NotNow));
    assert_eq!(morocco.gate.take_log().len(), 0);

    let desk = coordinator.hub().register_desk(&actor);
    let twice = desk.suspend(&sub, None, "x").await;
    assert!(matches!(twice, Err(MembershipError::WrongState { .. })), "{twice:?}");
    desk.reinstate(&sub, Some(2), "Decision").await.unwrap();
    coordinator.hub().catch_up().await.unwrap();
    network.later(MINUTE);
    portugal.pull(coordinator).await;
    assert_eq!(portugal.count().await, 2);
    assert_eq!(status(portugal, of_portugal, Some(morocco)).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_is_purged_after_thirty_days_and_its_course_stays() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let ((morocco, portugal), coordinator) = (network.two(), network.coordinator());
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull_all().await;
    let sub = sub_of(coordinator, morocco);
    let actor = staff();
    coordinator.hub().register_desk(&actor).withdraw(&sub, None, "By its letter").await.unwrap();
    coordinator.hub().catch_up().await.unwrap();
    network.later(MINUTE);
    portugal.pull(coordinator).await;
    let held = "{ practices(filter: {includeSuspended: true}) { totalCount } }";
    assert_eq!(purge::purge_who_left(portugal.hub()).await.unwrap(), Vec::<String>::new());
    portugal.later(29 * DAY);
    assert_eq!(purge::purge_who_left(portugal.hub()).await.unwrap(), Vec::<String>::new());
    assert_eq!(portugal.ask(held).await["practices"]["totalCount"], 1);
    portugal.later(2 * DAY);
    assert_eq!(purge::purge_who_left(portugal.hub()).await.unwrap(), [morocco.id()]);
    portugal.hub().catch_up().await.unwrap();
    assert_eq!(portugal.ask(held).await["practices"]["totalCount"], 0);
    let course =
        portugal.ask("{ members(filter: {statuses: [WITHDRAWN]}) { nodes { course { status reason } } } }").await;
    let course = course["members"]["nodes"][0]["course"].as_array().unwrap();
    assert_eq!(course.last().unwrap()["reason"], "By its letter");
}

/// Country, role and status on a day.
async fn members(instance: &Instance, day: &str) -> Vec<String> {
    let data = instance.ask(&format!("{{ members(asOf: \"{day}\") {{ nodes {{ country role status }} }} }}")).await;
    let text = |node: &Value, name: &str| node[name].as_str().unwrap().to_owned();
    let nodes = data["members"]["nodes"].as_array().unwrap().iter();
    nodes.map(|node| format!("{} {} {}", text(node, "country"), text(node, "role"), text(node, "status"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_members_of_any_day_are_the_same_at_every_instance() {
    let network = Network::awake(&["MA", "PT"]).await;
    let ((morocco, portugal), coordinator) = (network.two(), network.coordinator());
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let today = desk.today();
    let day = |days: i32| {
        use jiff::ToSpan;
        today.checked_add(days.days()).unwrap()
    };
    let (ma, pt) = (sub_of(coordinator, morocco), sub_of(coordinator, portugal));
    desk.assign_role(&ma, MemberRole::Coordinator, day(10), Some(day(20)), Some("Election"), Some(1)).await.unwrap();
    desk.suspend(&pt, Some(1), "Decision").await.unwrap();
    coordinator.hub().catch_up().await.unwrap();
    let expected = [
        (-1, vec!["MA MEMBER ACTIVE", "PT MEMBER ACTIVE"]),
        (0, vec!["MA MEMBER ACTIVE", "PT MEMBER SUSPENDED"]),
        (10, vec!["MA COORDINATOR ACTIVE", "PT MEMBER SUSPENDED"]),
        (19, vec!["MA COORDINATOR ACTIVE", "PT MEMBER SUSPENDED"]),
        (20, vec!["MA MEMBER ACTIVE", "PT MEMBER SUSPENDED"]),
        (-4000, vec![]),
    ];
    for instance in &network.all {
        for (days, expected) in &expected {
            let day = day(*days).to_string();
            until(&format!("{day} at {}", instance.id()), async || {
                (members(instance, &day).await == *expected).then_some(())
            })
            .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_says_the_role_of_today_once_a_term_has_ended() {
    let network = Network::quiet(&["MA"]).await;
    let (morocco, coordinator) = (network.national("MA"), network.coordinator());
    let sub = sub_of(coordinator, morocco);
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let until = desk.today().tomorrow().unwrap();
    desk.assign_role(&sub, MemberRole::Observer, desk.today(), Some(until), None, None).await.unwrap();
    assert_eq!(desk.member(&sub).await.unwrap().body["role"], "observer");
    assert_eq!(desk.move_terms_on().await.unwrap(), 0);
    coordinator.later(DAY);
    let desk = coordinator.hub().register_desk(&actor);
    assert_eq!(desk.move_terms_on().await.unwrap(), 1);
    let member = desk.member(&sub).await.unwrap();
    assert_eq!((&member.body["role"], member.revision), (&Value::from("member"), 3));
    assert_eq!(desk.move_terms_on().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_coordinator_keeps_the_register_and_each_step_is_in_the_audit_log() {
    let network = Network::quiet(&["MA"]).await;
    let (morocco, coordinator) = (network.national("MA"), network.coordinator());
    let sub = sub_of(coordinator, morocco);
    let actor = staff();
    let refused = morocco.hub().register_desk(&actor).suspend(&sub, None, "x").await;
    assert!(matches!(refused, Err(MembershipError::NotTheCoordinator)), "{refused:?}");
    let desk = coordinator.hub().register_desk(&actor);
    desk.suspend(&sub, None, "x").await.unwrap();
    let lines = nmirf_hub::audit::lines(coordinator.hub().store(), &Default::default(), 10).await.unwrap();
    let [line] = &lines[..] else { panic!("{lines:?}") };
    let id = nmirf_hub::record::RecordKey::of("coordinator", &sub).to_string();
    assert_eq!((&*line.actor, &*line.action, line.target.as_deref()), ("staff", "member.suspend", Some(&*id)));
    // Both or neither: what is stopped leaves no line.
    let write = coordinator.hub().store().write().await.unwrap();
    write.set(nmirf_hub::journal::publish::STOPPED, "x").await.unwrap();
    write.commit().await.unwrap();
    let stopped = coordinator.hub().register_desk(&actor).reinstate(&sub, None, "x").await;
    assert!(matches!(stopped, Err(MembershipError::Publish(PublishError::Stopped(_)))), "{stopped:?}");
    let lines = nmirf_hub::audit::lines(coordinator.hub().store(), &Default::default(), 10).await.unwrap();
    assert_eq!(lines.len(), 1);
}
