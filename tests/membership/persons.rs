//! Personal data: kept at the coordinator, erased when its time has come.

use nmirf_hub::{
    federation::apply,
    record::Sub,
    register::{
        MembershipError,
        cases::{Decision, erase_contacts},
        focal_points::Person,
    },
};

use crate::{decide, instance::Instance, network::Network, staff};

const DAY: i64 = 24 * 3600 * 1000;

/// Whether a text stands in a database's files.
fn stands_in_files(instance: &Instance, text: &str) -> bool {
    let path = instance.database.url.trim_start_matches("sqlite://").split('?').next().unwrap().to_owned();
    ["", "-wal"].into_iter().any(|end| {
        let bytes = std::fs::read(format!("{path}{end}")).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_is_deleted_is_gone_from_the_files_too() {
    let network = Network::quiet(&["MA"]).await;
    let coordinator = network.coordinator();
    let sub: Sub = coordinator.hub().trust().member(network.national("MA").id()).unwrap().sub.clone();
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let mut person = Person {
        name: "Planted Person".to_owned(),
        email: Some("planted@example.org".to_owned()),
        telephone: Some("+212 5 00 00 00 00".to_owned()),
        ..Person::default()
    };
    let added = desk.create_focal_point(&sub, &person).await.unwrap();
    assert!(stands_in_files(coordinator, "Planted Person"), "or the test looks in the wrong place");
    person.name = "Second Person".to_owned();
    desk.change_focal_point(&added.id, &sub, &person).await.unwrap();
    assert!(!stands_in_files(coordinator, "Planted Person"));
    let [shown] = &desk.focal_points_of(&sub).await.unwrap()[..] else { panic!() };
    assert_eq!((&*shown.name, shown.email.as_deref()), ("Second Person", Some("planted@example.org")));
    assert!(!format!("{shown:?}").contains("Second"), "not in a log by accident");
    desk.delete_focal_point(&added.id).await.unwrap();
    assert!(!stands_in_files(coordinator, "Second Person"));
    assert!(!stands_in_files(coordinator, "planted@example.org"));
    assert!(matches!(desk.delete_focal_point(&added.id).await, Err(MembershipError::NotFound(_))));
    assert_eq!(desk.all_focal_points().await.unwrap(), []);
    let lines = nmirf_hub::audit::lines(coordinator.hub().store(), &Default::default(), 10).await.unwrap();
    let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(actions, ["focal-points.export", "focal-point.delete", "focal-point.change", "focal-point.create"]);
    assert!(!format!("{lines:?}").contains("Person"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_person_is_refused_with_the_field() {
    let network = Network::quiet(&["MA"]).await;
    let coordinator = network.coordinator();
    let sub: Sub = coordinator.hub().trust().member(network.national("MA").id()).unwrap().sub.clone();
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let good = Person { name: "A. Person".to_owned(), ..Person::default() };
    let email = |email: &str| Person { email: Some(email.to_owned()), ..good.clone() };
    for (person, wrong) in [
        (Person { name: " ".to_owned(), ..good.clone() }, "name"),
        (Person { name: "two\nlines".to_owned(), ..good.clone() }, "name"),
        (email("nobody"), "email"),
        (email("=a@example.org"), "email"),
        (email("a@@example.org"), "email"),
        (Person { telephone: Some("call me".to_owned()), ..good.clone() }, "telephone"),
    ] {
        let refused = desk.create_focal_point(&sub, &person).await;
        assert!(matches!(refused, Err(MembershipError::Invalid { field, .. }) if field == wrong), "{wrong}");
    }
    assert!(desk.create_focal_point(&sub, &good).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_contact_of_an_applicant_is_erased_ninety_days_after_the_decision() {
    let network = Network::quiet(&[]).await;
    let coordinator = network.coordinator();
    let mut mauritius = Instance::new(Some("MU"), Some(coordinator), false).await;
    mauritius.answer().await;
    let contact = "planted.office@example.mu";
    let case = apply::apply(mauritius.hub(), Some(contact), &mauritius.key()).await.unwrap();
    coordinator.later(200 * DAY);
    assert_eq!(erase_contacts(coordinator.hub().store(), coordinator.hub().now()).await.unwrap(), 0, "not decided yet");
    decide(coordinator, case.number, Decision::Reject { reason: "x".to_owned() }).await.unwrap();
    coordinator.later(89 * DAY);
    assert_eq!(erase_contacts(coordinator.hub().store(), coordinator.hub().now()).await.unwrap(), 0);
    assert!(stands_in_files(coordinator, contact));
    coordinator.later(2 * DAY);
    assert_eq!(erase_contacts(coordinator.hub().store(), coordinator.hub().now()).await.unwrap(), 1);
    assert!(!stands_in_files(coordinator, contact));
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    assert_eq!(desk.contact(1).await.unwrap(), None);
    assert!(!desk.application(1).await.unwrap().has_contact);
}
