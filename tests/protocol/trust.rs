//! What a reader makes of the anchor: whom it trusts from then on (protocol §2).

use nmirf_hub::{
    journal::{
        anchor::{AnchorError, Pin, sign_link},
        key::{KeySet, KeyStatus},
        read,
    },
    register::{self, Trust, TrustSource},
    store::Store,
};

use super::{
    handwritten::Handwritten,
    instance::{NOW, ORIGIN, pair, put},
    support::on_each_database,
    vectors_file::{COORDINATOR, key, keys, signing_key},
};

fn pinned(name: &str) -> TrustSource {
    TrustSource {
        own: "https://reader.example".to_owned(),
        own_key: key("K1"),
        pin: Some(Pin { entity_id: COORDINATOR.to_owned(), key: key(name) }),
        peers: Default::default(),
    }
}

fn link(num: u32, signer: &str, issuer: &str, listed: &[(&str, KeyStatus)]) -> String {
    sign_link(&signing_key(signer), issuer, num, &keys(listed), NOW).jws
}

async fn follow(store: &Store, source: &TrustSource, links: &[String]) -> Result<bool, AnchorError> {
    let trust = Trust::load(store, source).await.unwrap();
    let compromised = move |entity_id: &str, kid: &str| trust.is_compromised(entity_id, kid);
    register::follow_anchor(store, source, links, &compromised, 0).await.unwrap()
}

use KeyStatus::{Compromised, Current, Retired};

/// K1, K1 stolen, K1 listed as current again, and a link that the thief signs.
fn theft() -> Vec<String> {
    vec![
        link(1, "K1", COORDINATOR, &[("K1", Current)]),
        link(2, "K1", COORDINATOR, &[("K1", Compromised), ("K2", Current)]),
        link(3, "K2", COORDINATOR, &[("K1", Current), ("K2", Current)]),
        link(4, "K1", "https://thief.example", &[("K1", Current)]),
    ]
}

#[tokio::test]
async fn a_key_that_the_anchor_calls_compromised_never_counts_again() {
    on_each_database(async |database| {
        let (store, source, links) = (&database.store, pinned("K1"), theft());
        assert_eq!(follow(store, &source, &links[..3]).await, Ok(true));
        let trust = Trust::load(store, &source).await.unwrap();
        assert!(trust.is_compromised(COORDINATOR, key("K1").thumbprint()));
        assert!(matches!(follow(store, &source, &links).await, Err(AnchorError::Broken { num: 4, .. })));
    })
    .await;
}

#[tokio::test]
async fn nor_does_it_within_one_walk() {
    on_each_database(async |database| {
        let source = pinned("K1");
        assert!(matches!(follow(&database.store, &source, &theft()).await, Err(AnchorError::Broken { num: 4, .. })));
        let trust = Trust::load(&database.store, &source).await.unwrap();
        assert_eq!(trust.coordinator(), Some(COORDINATOR));
    })
    .await;
}

#[tokio::test]
async fn a_new_link_has_everything_judged_anew_and_the_coordinators_records_told_as_changed() {
    on_each_database(async |database| {
        let (origin, reader) = pair(database).await;
        origin.publish(NOW + 1, vec![put(1, "one")]).await.unwrap();
        reader.pull(&origin).await;
        let mut coordinators = Handwritten { origin: COORDINATOR, ..Handwritten::with_key(1) };
        coordinators.put(2, 1, "two");
        reader.take(&coordinators).await;
        let (store, source) = (reader.store(), pinned("K1"));
        let successor = "https://successor.example";
        let links = [
            link(1, "K1", COORDINATOR, &[("K1", Current)]),
            link(2, "K1", COORDINATOR, &[("K1", Retired), ("K2", Current)]),
            link(3, "K2", COORDINATOR, &[("K1", Compromised), ("K2", Current)]),
            link(4, "K2", successor, &[("K3", Current)]),
        ];
        // The first link says who the coordinator is; a rotation changes nothing of a record.
        for (reached, touches) in [(1, true), (2, false), (3, true), (4, true)] {
            let before = store.number().await.unwrap();
            assert_eq!(follow(store, &source, &links[..reached]).await, Ok(true));
            assert_eq!(read::rebuild_since(store).await.unwrap(), before + 1, "link {reached}");
            for (of, touched) in [(COORDINATOR, touches), (ORIGIN, false)] {
                let sql = format!(
                    "SELECT COUNT(*) FROM entries e JOIN journals j ON j.id = e.journal_id \
                     WHERE j.origin = '{of}' AND e.change > {before}"
                );
                assert_eq!(reader.database.number(&sql).await, i64::from(touched), "link {reached}, {of}");
            }
        }
        assert_eq!(follow(store, &source, &links).await, Ok(false));
    })
    .await;
}

/// A rotation; K2 signs link 3, where a later pin starts.
fn rotation() -> Vec<String> {
    vec![
        link(1, "K1", COORDINATOR, &[("K1", Current)]),
        link(2, "K1", COORDINATOR, &[("K1", Current), ("K2", Current)]),
        link(3, "K2", COORDINATOR, &[("K1", Retired), ("K2", Current)]),
    ]
}

#[tokio::test]
async fn links_before_a_later_start_come_under_their_own_numbers() {
    on_each_database(async |database| {
        let (store, source, links) = (&database.store, pinned("K2"), rotation());
        assert_eq!(follow(store, &source, &links[2..]).await, Ok(true));
        assert_eq!(register::stored_links(store).await.unwrap(), links[2..]);
        assert_eq!(follow(store, &source, &links).await, Ok(true));
        assert_eq!(register::stored_links(store).await.unwrap(), links);
        assert_eq!(follow(store, &source, &links).await, Ok(false), "nothing has grown");
    })
    .await;
}

#[tokio::test]
async fn links_that_do_not_lead_to_our_start_are_not_served_on() {
    on_each_database(async |database| {
        let (store, source, links) = (&database.store, pinned("K2"), rotation());
        let foreign = link(2, "K3", COORDINATOR, &[("K2", Current)]);
        for bad in [
            vec!["anything".to_owned(), "at all".to_owned(), links[2].clone()],
            vec![links[0].clone(), foreign, links[2].clone()],
            vec![links[0].clone(), links[0].clone(), links[2].clone()],
        ] {
            follow(store, &source, &bad).await.unwrap();
            assert_eq!(register::stored_links(store).await.unwrap(), links[2..]);
        }
        follow(store, &source, &links).await.unwrap();
        assert_eq!(register::stored_links(store).await.unwrap(), links);
    })
    .await;
}

#[test]
fn a_key_may_be_known_as_compromised_before_it_is_listed() {
    let mut set = KeySet::default();
    set.compromise(key("K1").thumbprint());
    assert!(set.iter().next().is_none());
    set.add(key("K1"), Current);
    assert_eq!(set.status(key("K1").thumbprint()), Some(Compromised));
    assert!(!set.has_current());
}
