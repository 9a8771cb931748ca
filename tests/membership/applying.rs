//! From the application to the first copies, or to a rejection.

use nmirf_hub::{
    federation::apply::{self, ApplyError},
    register::{
        MembershipError,
        cases::{CasePage, Decision},
        membership::{CaseStatus, State},
    },
};

use crate::{
    admission, decide,
    instance::{Instance, put},
    network::Network,
    staff,
    support::until,
    tail,
};

async fn mauritius(network: &Network) -> Instance {
    let mut mauritius = Instance::new(Some("MU"), Some(network.coordinator()), false).await;
    mauritius.serve().await;
    mauritius
}

#[tokio::test(flavor = "multi_thread")]
async fn an_applicant_is_asked_admitted_and_pulled_by_all_with_nobody_touching_a_configuration() {
    let network = Network::awake(&["MA", "PT"]).await;
    let (morocco, coordinator) = (network.national("MA"), network.coordinator());
    let mauritius = mauritius(&network).await;
    mauritius.publish(vec![put(7, "of Mauritius")]).await;
    morocco.publish(vec![put(1, "of Morocco")]).await;
    let case = apply::apply(mauritius.hub(), Some("office@example.mu"), &mauritius.key()).await.unwrap();

    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let cases = desk.applications(&[CaseStatus::Applied], CasePage::default()).await.unwrap();
    let [shown] = &cases.cases[..] else { panic!("{cases:?}") };
    assert_eq!((shown.entity_id.as_str(), shown.country.as_str(), shown.has_contact), (mauritius.id(), "MU", true));
    let thumbprint = mauritius.key().public().thumbprint().to_string();
    let read = format!("{}{}", shown.thumbprint.replace(' ', ""), tail(&mauritius));
    assert_eq!(read, thumbprint, "all but the last seven characters are seen");
    assert_eq!(shown.thumbprint.split(' ').map(str::len).collect::<Vec<_>>(), [4; 9]);
    assert_eq!(desk.contact(shown.number).await.unwrap().as_deref(), Some("office@example.mu"));

    let question = Decision::Review { question: Some("Who runs the instance?".to_owned()) };
    decide(coordinator, case.number, question).await.unwrap();
    until("the applicant reads the question", async || {
        let case = apply::own_case(mauritius.hub().store()).await.unwrap()?;
        (case.status == "under-review").then_some(())?;
        (case.message.as_deref() == Some("Who runs the instance?")).then_some(())
    })
    .await;

    for wrong in ["", "AAAAAAA", &thumbprint, &tail(&mauritius)[1..], &swapped(&tail(&mauritius))] {
        let refused = decide(coordinator, case.number, admission(wrong)).await;
        assert!(matches!(refused, Err(MembershipError::ThumbprintDiffers)), "{wrong}: {refused:?}");
    }
    assert_eq!(morocco.count().await, 1, "nobody pulls who is not admitted");
    assert!(coordinator.hub().trust().member(mauritius.id()).is_none());

    let decided = decide(coordinator, case.number, admission(&tail(&mauritius))).await.unwrap();
    assert_eq!(decided.case.status, CaseStatus::Admitted);
    for reader in [morocco, network.national("PT"), coordinator, &mauritius] {
        until("all show both practices", async || (reader.count().await == 2).then_some(())).await;
    }
    until("the applicant knows", async || {
        apply::own_case(mauritius.hub().store()).await.unwrap().is_none().then_some(())
    })
    .await;
    let again = decide(coordinator, case.number, admission(&tail(&mauritius))).await;
    let Err(MembershipError::WrongState { state, .. }) = again else { panic!("{again:?}") };
    assert_eq!(state, State::Case(CaseStatus::Admitted));
    let once_more = apply::apply(mauritius.hub(), None, &mauritius.key()).await;
    assert!(matches!(&once_more, Ok(case) if case.status == "admitted"), "{once_more:?}");
}

/// The same letters in the other case: thumbprints are compared exactly.
fn swapped(tail: &str) -> String {
    let swap =
        |letter: char| if letter.is_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
    let swapped: String = tail.chars().map(swap).collect();
    // One of digits alone has no other case.
    if swapped == tail { "0000000".to_owned() } else { swapped }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reason_of_a_rejection_is_read_by_the_applicant_alone() {
    let network = Network::awake(&["MA"]).await;
    let (morocco, coordinator) = (network.national("MA"), network.coordinator());
    let mauritius = mauritius(&network).await;
    let case = apply::apply(mauritius.hub(), None, &mauritius.key()).await.unwrap();
    let root = coordinator.root(coordinator).await;
    let reason = "No letter of the ministry";
    decide(coordinator, case.number, Decision::Reject { reason: reason.to_owned() }).await.unwrap();
    until("the applicant reads why", async || {
        let case = apply::own_case(mauritius.hub().store()).await.unwrap()?;
        (case.status == "rejected" && case.message.as_deref() == Some(reason)).then_some(())
    })
    .await;
    assert_eq!(coordinator.root(coordinator).await, root, "nothing of it is in a journal");
    let other = apply::ask(morocco.hub(), &morocco.key()).await;
    assert!(matches!(other, Err(ApplyError::NoCase)), "{other:?}");
    let in_its_name = apply::ask(mauritius.hub(), &morocco.key()).await;
    assert!(matches!(in_its_name, Err(ApplyError::NoCase)), "{in_its_name:?}");
    let anew = apply::apply(mauritius.hub(), None, &mauritius.key()).await.unwrap();
    assert!(anew.number > case.number, "who was turned down may apply again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_lost_its_key_gets_a_new_one_into_the_same_record() {
    let network = Network::quiet(&["MA"]).await;
    let (morocco, coordinator) = (network.national("MA"), network.coordinator());
    let sub = coordinator.hub().trust().member(morocco.id()).unwrap().sub.clone();
    let same = apply::apply(morocco.hub(), None, &morocco.key()).await;
    assert!(matches!(same, Err(ApplyError::AlreadyMember)), "{same:?}");
    let new = nmirf_hub::journal::signing::SigningKey::generate();
    let case = apply::apply(morocco.hub(), None, &new).await.unwrap();
    let thumbprint = new.public().thumbprint().to_string();
    let decided = decide(coordinator, case.number, admission(&thumbprint[36..])).await.unwrap();
    let member = decided.member.unwrap();
    assert_eq!(member.sub, sub);
    assert_eq!(member.body["keys"].as_array().unwrap().len(), 2);
    assert_eq!(member.body["history"].as_array().unwrap().len(), 1, "its course is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_listed_without_an_instance_gets_the_applicants() {
    let network = Network::quiet(&[]).await;
    let coordinator = network.coordinator();
    let mut portugal = Instance::new(Some("PT"), Some(coordinator), false).await;
    portugal.answer().await;
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let country = nmirf_hub::record::CountryCode::parse("PT").unwrap();
    let role = nmirf_hub::record::MemberRole::ExecutiveCommittee;
    let names = serde_json::json!({"pt": "Comissão Nacional"});
    let listed = desk.add_member(country, Some(names), role, desk.today(), None).await.unwrap();
    let twice = desk.add_member(country, None, role, desk.today(), None).await;
    assert!(matches!(twice, Err(MembershipError::MemberAlready(_))), "{twice:?}");
    let case = apply::apply(portugal.hub(), None, &portugal.key()).await.unwrap();
    let member = decide(coordinator, case.number, admission(&tail(&portugal))).await.unwrap().member.unwrap();
    assert_eq!((member.sub, member.revision), (listed.sub, 2));
    assert_eq!(member.body["entityId"], portugal.id());
    assert_eq!(
        (&member.body["role"], &member.body["name"]["pt"]),
        (&"executive-committee".into(), &"Comissão Nacional".into())
    );
    assert!(coordinator.hub().trust().is_active(portugal.id()));
}
