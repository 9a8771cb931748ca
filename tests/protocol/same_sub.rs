//! What stands elsewhere, or stood here before, hides a record (protocol §3).

use nmirf_hub::{
    journal::{adopt::Adopted, anchor::Pin, read},
    record::Audience,
    register::{self, Trust, TrustSource},
};

use super::{
    handwritten::Handwritten,
    instance::{REGISTER, expected, judged, pair, told},
    support::on_each_database,
};

#[tokio::test]
async fn a_network_record_hides_when_the_public_journal_gets_the_same_sub() {
    on_each_database(async |database| {
        let (_, reader) = pair(database).await;
        let mut network = Handwritten { audience: Audience::Network, ..Handwritten::with_key(1) };
        network.put(1, 1, "for members");
        network.put(2, 1, "stays");
        reader.take(&network).await;
        assert_eq!(reader.shown().await, expected(&[(1, "for members"), (2, "stays")]));
        let before = reader.store().number().await.unwrap();
        let mut public = Handwritten::with_key(1);
        public.put(1, 1, "for all");
        let Adopted::InPlace { number, changed: 1, .. } = reader.take(&public).await else { panic!() };
        let changed = judged(reader.store(), &reader.keys, None, before).await;
        let mut facts: Vec<_> = changed.iter().map(|judged| (told(judged).1, judged.change)).collect();
        facts.sort();
        let hidden = "hidden: the origin's public journal has this record".to_owned();
        assert_eq!(facts, [("for all".to_owned(), number), (hidden, number)]);
    })
    .await;
}

#[tokio::test]
async fn a_record_hides_when_the_register_gets_its_sub() {
    on_each_database(async |database| {
        let (_, reader) = pair(database).await;
        let mut theirs = Handwritten::with_key(1);
        theirs.put(1, 1, "one");
        reader.take(&theirs).await;
        let before = reader.store().number().await.unwrap();
        let mut register = Handwritten { origin: REGISTER, ..Handwritten::with_key(1) };
        register.put(1, 1, "in the register");
        reader.take(&register).await;
        let row = read::journal(reader.store().read(), REGISTER, Audience::Public).await.unwrap().unwrap();
        let trust = Trust::load(reader.store(), &pinned(&register)).await.unwrap();
        register::refresh(reader.store(), &trust, 0).await.unwrap();
        let changed = judged(reader.store(), &reader.keys, Some(row.id), before).await;
        let mut facts: Vec<_> = changed.iter().map(|judged| told(judged).1).collect();
        facts.sort();
        assert_eq!(facts, ["hidden: the register has this record", "in the register"]);
        let number = reader.store().number().await.unwrap();
        register::refresh(reader.store(), &trust, 0).await.unwrap();
        assert_eq!(reader.store().number().await.unwrap(), number, "once");
    })
    .await;
}

fn pinned(register: &Handwritten) -> TrustSource {
    let key = register.key.public().clone();
    let pin = Pin { entity_id: REGISTER.to_owned(), key: key.clone() };
    TrustSource { own: "https://reader.example".to_owned(), own_key: key, pin: Some(pin), peers: Default::default() }
}

#[tokio::test]
async fn nobody_but_the_register_touches_anothers_records() {
    on_each_database(async |database| {
        let (_, reader) = pair(database).await;
        let mut theirs = Handwritten::with_key(1);
        theirs.put(1, 1, "one");
        theirs.put(2, 1, "two");
        reader.take(&theirs).await;
        let before = reader.store().number().await.unwrap();
        // Names are hashes of what everybody can read.
        let mut hostile = Handwritten { origin: "https://hub.example.pt", ..Handwritten::with_key(1) };
        hostile.put_text(1, "anything");
        hostile.put_text(2, "at all");
        reader.take(&hostile).await;
        let changed = judged(reader.store(), &reader.keys, None, before).await;
        let own = read::journal(reader.store().read(), hostile.origin, Audience::Public).await.unwrap().unwrap();
        assert_eq!(changed.iter().map(|judged| judged.journal).collect::<Vec<_>>(), [own.id, own.id]);
    })
    .await;
}

#[tokio::test]
async fn a_put_after_a_tombstone_is_stored_and_not_shown() {
    on_each_database(async |database| {
        let (_, reader) = pair(database).await;
        let mut written = Handwritten::with_key(1);
        written.put(1, 1, "one");
        written.withdraw(1, 2);
        reader.take(&written).await;
        written.next();
        written.put(1, 3, "back again");
        reader.take(&written).await;
        assert_eq!(reader.shown().await, expected(&[(1, "hidden: the record was withdrawn before")]));
        let row = reader.journal().await;
        let passed_on = read::revisions(reader.store(), row.id, &[written.digest(1)]).await.unwrap();
        assert_eq!(passed_on, [(written.digest(1), written.jws(1))]);
    })
    .await;
}
