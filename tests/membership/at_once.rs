//! Two people at one time: the second is told, and nothing is made twice.

use nmirf_hub::{
    federation::apply,
    hub::ChangeError,
    journal::{
        publish::{Publication, PublishError},
        revision::Act,
        signing::SigningKey,
    },
    record::{Audience, CountryCode, MemberRole},
    register::{MembershipError, cases::Decision},
};

use crate::{admission, decide, instance::Instance, network::Network, staff, tail};

#[tokio::test(flavor = "multi_thread")]
async fn two_cases_of_one_instance_that_are_admitted_at_one_time_make_one_member() {
    let network = Network::quiet(&[]).await;
    let coordinator = network.coordinator();
    let mut mauritius = Instance::new(Some("MU"), Some(coordinator), false).await;
    mauritius.answer().await;
    let other_key = SigningKey::generate();
    let thumbprint = other_key.public().thumbprint().to_string();
    let first = apply::apply(mauritius.hub(), None, &mauritius.key()).await.unwrap();
    let second = apply::apply(mauritius.hub(), None, &other_key).await.unwrap();
    let actor = staff();
    // The slow one sat down first: its clock is the earlier one.
    let slow = coordinator.hub().register_desk(&actor);
    coordinator.later(1000);
    let quick = coordinator.hub().register_desk(&actor);
    let (first, second) = (i32::try_from(first.number).unwrap(), i32::try_from(second.number).unwrap());
    let (by_slow, by_quick) = (admission(&tail(&mauritius)), admission(&thumbprint[36..]));
    let decided = tokio::join!(slow.decide(first, &by_slow), quick.decide(second, &by_quick));
    let members = quick.members().await.unwrap();
    let of_mauritius = members.iter().filter(|member| member.text("entityId") == Some(mauritius.id())).count();
    assert_eq!(of_mauritius, 1, "{decided:?}");
    for refused in [decided.0.err(), decided.1.err()].into_iter().flatten() {
        assert!(matches!(refused, MembershipError::Overtaken | MembershipError::Changed { .. }), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_state_that_is_listed_twice_at_one_time_is_one_member() {
    let network = Network::quiet(&[]).await;
    let coordinator = network.coordinator();
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let country = CountryCode::parse("PT").unwrap();
    let add = || desk.add_member(country, None, MemberRole::Member, desk.today(), None);
    let added = tokio::join!(add(), add());
    assert_eq!([added.0.is_ok(), added.1.is_ok()].into_iter().filter(|ok| *ok).count(), 1, "{added:?}");
    assert_eq!(desk.members().await.unwrap().iter().filter(|one| one.text("country") == Some("PT")).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_question_does_not_overwrite_the_first_unread() {
    let network = Network::quiet(&[]).await;
    let coordinator = network.coordinator();
    let mut mauritius = Instance::new(Some("MU"), Some(coordinator), false).await;
    mauritius.answer().await;
    let case = apply::apply(mauritius.hub(), None, &mauritius.key()).await.unwrap();
    let asked = |question: &str| Decision::Review { question: Some(question.to_owned()) };
    decide(coordinator, case.number, asked("Who runs it?")).await.unwrap();
    let actor = staff();
    let desk = coordinator.hub().register_desk(&actor);
    let number = i32::try_from(case.number).unwrap();
    let (one, other) = (asked("Where?"), asked("Since when?"));
    // Whoever comes second has seen the other's question, or is told of it.
    let done = tokio::join!(desk.decide(number, &one), desk.decide(number, &other));
    for refused in [done.0.err(), done.1.err()].into_iter().flatten() {
        assert!(matches!(refused, MembershipError::Overtaken), "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_record_is_never_withdrawn() {
    let network = Network::quiet(&["MA"]).await;
    let (morocco, coordinator) = (network.national("MA"), network.coordinator());
    let sub = coordinator.hub().trust().member(morocco.id()).unwrap().sub.clone();
    let act = Act::Withdraw { superseded_by: None };
    let publication = Publication { sub: sub.clone(), audience: Audience::Public, act, expected: None };
    let refused = coordinator.hub().publish(vec![publication], &|_| {}).await;
    assert!(
        matches!(&refused, Err(ChangeError::Publish(PublishError::MemberStays(refused))) if *refused == sub),
        "{refused:?}"
    );
}
