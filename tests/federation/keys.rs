//! A member's key changes, or is stolen (protocol §2, rotation and theft).

use std::sync::Arc;

use nmirf_hub::{
    audit::Actor,
    catalog::SyncState,
    federation::{apply, keys, rounds::RoundEnd, schedule},
    hub::next_key_file,
    journal::{
        key::KeyStatus,
        publish::{self, PublishError, STOPPED},
        read::{self, Trusted as _},
        signing::SigningKey,
    },
    record::{Audience, Sub},
    register::{RegisterDesk, cases::Decision},
};

use crate::{
    forged::Forged,
    instance::{Instance, MINUTE, practices, put, sub},
    network::Network,
    support::until,
};

fn member_of(network: &Network, of: &Instance) -> Sub {
    network.coordinator().hub().trust().member(of.id()).expect("a member").sub.clone()
}

fn desk<'a>(network: &'a Network, actor: &'a Actor) -> RegisterDesk<'a> {
    network.coordinator().hub().register_desk(actor)
}

fn status(at: &Instance, of: &Instance, thumbprint: &str) -> Option<KeyStatus> {
    at.hub().trust().keys(of.id()).status(thumbprint)
}

async fn settled(network: &Network) {
    for _ in 0..2 {
        for instance in &network.all {
            instance.pull_all().await;
        }
    }
}

/// Revisions that came to an instance since its start.
fn received(at: &Instance) -> u64 {
    at.hub().received().revisions
}

async fn sign(at: &Instance) -> Result<Option<u64>, PublishError> {
    let hub = at.hub();
    let signed = publish::sign_if_due(hub.store(), &hub.author(), hub.now()).await;
    hub.catch_up().await.unwrap();
    signed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_misses_no_round_and_transfers_nothing_again() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (coordinator, (morocco, portugal)) = (network.coordinator(), network.two());
    let (operator, old) = (Actor::operator(), morocco.key().public().thumbprint().clone());
    let mut closed = put(2, "closed");
    closed.audience = Audience::Network;
    morocco.publish(vec![put(1, "first"), closed]).await;
    settled(&network).await;
    let before = [received(coordinator), received(portugal)];

    let new = keys::rotate(morocco.hub(), &operator).await.unwrap();
    let new = new.thumbprint();
    assert_eq!(keys::rotate(morocco.hub(), &operator).await.unwrap().thumbprint(), new, "again it is the same");
    let member = member_of(&network, morocco);
    let early = desk(&network, &operator).confirm_key(&member, new, None).await.unwrap_err().to_string();
    assert!(early.contains("is not a key that this member announces"), "{early}");
    coordinator.pull(morocco).await;
    let announced = desk(&network, &operator).announced_keys(&member).await.unwrap();
    assert_eq!(announced.iter().map(|key| key.thumbprint()).collect::<Vec<_>>(), [new]);
    coordinator.pull(morocco).await;
    assert_eq!(**morocco.hub().author().key.public().thumbprint(), *old, "not before it is listed");

    desk(&network, &operator).confirm_key(&member, new, None).await.unwrap();
    coordinator.hub().catch_up().await.unwrap();
    coordinator.pull(morocco).await;
    assert_eq!(status(coordinator, morocco, &old), Some(KeyStatus::Current), "the copy rests on the old one still");
    morocco.pull(coordinator).await;
    assert_eq!(*morocco.hub().author().key.public().thumbprint(), *new);
    assert_eq!(morocco.key().public().thumbprint(), new, "in the file too");
    assert!(!next_key_file(&morocco.config.key.file).exists());
    assert!(morocco.path(&format!("hub.key.retired-{old}")).exists());
    sign(morocco).await.unwrap();

    // Its copy of the register is from before: it asks for a newer one within the round.
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    coordinator.pull(morocco).await;
    assert_eq!(status(coordinator, morocco, &old), Some(KeyStatus::Retired), "both copies rest on the new one");
    assert_eq!(status(coordinator, morocco, new), Some(KeyStatus::Current));
    network.later(MINUTE);
    settled(&network).await;
    assert_eq!(status(portugal, morocco, &old), Some(KeyStatus::Retired));
    assert_eq!(portugal.state(morocco), SyncState::Current);
    assert_eq!(portugal.row(morocco).await.key_id.as_deref(), Some(&**new));
    // What came is the member's record, twice changed.
    assert_eq!([received(coordinator) - before[0], received(portugal) - before[1]], [0, 2]);
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]));
    morocco.publish(vec![put(1, "second")]).await;
    portugal.pull(morocco).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "second")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_run_go_on_with_a_new_key_by_themselves() {
    let network = Network::awake(&["MA", "PT"]).await;
    let (coordinator, (morocco, portugal)) = (network.coordinator(), network.two());
    let (operator, old) = (Actor::operator(), morocco.key().public().thumbprint().clone());
    morocco.publish(vec![put(1, "first")]).await;
    until("at PT", async || (portugal.count().await == 1).then_some(())).await;
    // As the command does beside the server.
    let next = SigningKey::generate();
    next.write(&next_key_file(&morocco.config.key.file)).unwrap();
    let new = next.public().thumbprint();
    let member = member_of(&network, morocco);
    until("announced", async || {
        let announced = desk(&network, &operator).announced_keys(&member).await.unwrap();
        announced.iter().any(|key| key.thumbprint() == new).then_some(())
    })
    .await;
    desk(&network, &operator).confirm_key(&member, new, None).await.unwrap();
    let retired = async |at: &Instance| status(at, morocco, &old) == Some(KeyStatus::Retired);
    until("retired at the coordinator", async || retired(coordinator).await.then_some(())).await;
    until("retired at PT", async || retired(portugal).await.then_some(())).await;
    morocco.publish(vec![put(1, "second")]).await;
    until("at PT", async || (portugal.practices().await == practices(&[(1, "second")])).then_some(())).await;
    let lines = nmirf_hub::audit::lines(coordinator.hub().store(), &Default::default(), 100).await.unwrap();
    for (action, actor) in [("member.key.confirm", "operator"), ("member.key.retire", "hub")] {
        assert!(lines.iter().any(|line| line.action == action && line.actor == actor), "{action}: {lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_coordinator_goes_on_with_a_new_key_by_two_links() {
    let network = Network::quiet(&["MA"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    coordinator.publish(vec![put(1, "first")]).await;
    settled(&network).await;
    let (before, old) = (received(morocco), coordinator.key().public().thumbprint().clone());
    let new = keys::rotate(coordinator.hub(), &Actor::operator()).await.unwrap();
    let new = new.thumbprint();
    assert_eq!(coordinator.hub().author().key.public().thumbprint(), new);
    assert_eq!(coordinator.hub().trust().chain().len(), 3);
    let end = morocco.pull(coordinator).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert_eq!(status(morocco, coordinator, &old), Some(KeyStatus::Retired));
    assert_eq!(status(morocco, coordinator, new), Some(KeyStatus::Current));
    assert_eq!(received(morocco), before, "no revision came again");
    // A later start with the key file of now goes on with the same chain.
    assert!(coordinator.open().await.trust().own_key_is_listed());
    coordinator.publish(vec![put(1, "second")]).await;
    morocco.pull(coordinator).await;
    assert_eq!(morocco.practices().await, practices(&[(1, "second")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_coordinators_stolen_key_is_compromised_for_all_who_follow_the_anchor() {
    let network = Network::quiet(&["MA"]).await;
    let (coordinator, morocco) = (network.coordinator(), network.national("MA"));
    coordinator.publish(vec![put(1, "first")]).await;
    settled(&network).await;
    let (before, stolen) = (received(morocco), coordinator.key().public().thumbprint().clone());
    let new = keys::replace_stolen_of_coordinator(coordinator.hub(), &Actor::operator()).await.unwrap();
    let end = morocco.pull(coordinator).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert_eq!(status(morocco, coordinator, &stolen), Some(KeyStatus::Compromised));
    assert_eq!(status(morocco, coordinator, new.thumbprint()), Some(KeyStatus::Current));
    assert_eq!(morocco.practices().await, practices(&[(1, "first")]));
    assert_eq!(received(morocco), before, "no revision came again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_keys_words_are_hidden_until_the_owner_signed_anew_and_only_they_are_fetched_again() {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (coordinator, (morocco, portugal)) = (network.coordinator(), network.two());
    let (operator, stolen) = (Actor::operator(), morocco.key().public().thumbprint().clone());
    morocco.publish(vec![put(1, "one"), put(2, "two"), put(3, "three")]).await;
    settled(&network).await;
    // The thief changes one, adds one, and leaves two as they are.
    let mut thief = Forged::of(morocco);
    let own = morocco.row(morocco).await;
    let held = read::all_latest(morocco.hub().store(), own.id).await.unwrap();
    for number in [2, 3] {
        let (_, jws) = held.iter().find(|(name, _)| *name == sub(number).name()).unwrap();
        thief.put(number, jws.clone());
    }
    let (lies, more) = (thief.revision(1, 9, "lies"), thief.revision(4, 1, "more lies"));
    thief.put(1, lies).put(4, more);
    thief.seq += 1_000_000_000;
    thief.instead_of(morocco);
    portugal.pull(morocco).await;
    let robbed = practices(&[(1, "lies"), (2, "two"), (3, "three"), (4, "more lies")]);
    assert_eq!(portugal.practices().await, robbed);

    // At the member: a new key at once, and nothing signed with the old one.
    let next = keys::replace_stolen(morocco.hub(), &operator).await.unwrap();
    let refused = morocco.hub().publish(vec![put(5, "five")], &|_| {}).await.unwrap_err().to_string();
    assert!(refused.contains("this instance signs nothing more"), "{refused}");
    // At the coordinator: the old one is marked; the owner's journal is reached again.
    let member = member_of(&network, morocco);
    let desk = desk(&network, &operator);
    let marked = desk.mark_key_compromised(&member, &stolen, "Its server was broken into", None).await.unwrap();
    assert!(marked.body["history"].to_string().contains("broken into"));
    coordinator.hub().catch_up().await.unwrap();
    morocco.gate.honest();
    let before = received(portugal);
    portugal.pull(coordinator).await;
    assert_eq!(portugal.practices().await, practices(&[]), "hidden at once");
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Failed(_)), "nor does it come in again");
    morocco.pull(coordinator).await;
    let hub = morocco.hub();
    let hourly = publish::sign_if_due(hub.store(), &hub.author(), hub.now() + 120 * MINUTE).await;
    assert!(matches!(hourly, Err(PublishError::Stopped(_))), "{hourly:?}");

    // The application with the new key is admitted.
    network.admit_key(1, &stolen, &next).await;
    morocco.pull(coordinator).await;
    assert_eq!(morocco.hub().author().key.public().thumbprint(), next.public().thumbprint());
    assert_eq!(morocco.hub().store().setting(STOPPED).await.unwrap().as_deref(), Some(""));
    sign(morocco).await.unwrap();
    network.later(MINUTE + 1000);
    portugal.pull(coordinator).await;
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert_eq!(portugal.practices().await, practices(&[(1, "one"), (2, "two"), (3, "three")]));
    // Of the register two revisions of the member's record came, of its journal the one that the thief had changed.
    assert!(received(portugal) - before <= 3, "{}", received(portugal) - before);
    let _ = schedule::pull_peer(coordinator.hub(), morocco.id(), true).await.unwrap();
    assert_eq!(coordinator.state(morocco), SyncState::Current);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_theft_the_application_by_the_new_key_is_asked_about() {
    let network = Network::awake(&["MA"]).await;
    let (morocco, operator) = (network.national("MA"), Actor::operator());
    let next = keys::replace_stolen(morocco.hub(), &operator).await.unwrap();
    let case = apply::apply(morocco.hub(), None, &next).await.unwrap();
    let question = Decision::Review { question: Some("When was it stolen?".to_owned()) };
    desk(&network, &operator).decide(case.number.try_into().unwrap(), &question).await.unwrap();
    until("the question is read", async || {
        let case = apply::own_case(morocco.hub().store()).await.unwrap()?;
        (case.message.as_deref() == Some("When was it stolen?")).then_some(())
    })
    .await;
}

impl Network {
    /// The register lists a key of the member of this number, which another takes the place of.
    async fn admit_key(&self, number: u64, stolen: &str, new: &Arc<SigningKey>) {
        let member = &self.all[usize::try_from(number).unwrap()];
        let mut keys = self.coordinator().hub().trust().keys(member.id()).clone();
        assert_eq!(keys.status(stolen), Some(KeyStatus::Compromised));
        keys.add(new.public().clone(), KeyStatus::Current);
        let body = member.membership_with(number, "active", &keys);
        self.coordinator().publish(vec![body]).await;
    }
}
