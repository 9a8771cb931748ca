//! Each lie ends as the protocol says, with a clear sentence, while the other records and the other peers go on.

use nmirf_hub::{
    catalog::SyncState,
    federation::rounds::RoundEnd,
    journal::{
        checkpoint::Checkpoint,
        encoding::{base64url, from_base64url},
        signing::SigningKey,
    },
    record::Audience,
};
use serde_json::{Value, json};

use crate::{
    forged::{Forged, state},
    instance::{MINUTE, practices, put},
    network::Network,
    support::Answer,
};

/// PT holds one practice of MA and pulls a lie; everything is as it was, and the other peer goes on.
pub async fn the_round_fails(network: &Network, expected: SyncState, sentence: &str) {
    let (morocco, portugal) = network.two();
    let (held, before) = (portugal.root(morocco).await, portugal.practices().await);
    let end = portugal.pull(morocco).await;
    assert!(end.fault().is_some(), "{sentence}: {end:?}");
    assert_eq!((portugal.state(morocco), portugal.sentence(morocco)), (expected, sentence.to_owned()));
    assert_eq!(portugal.root(morocco).await, held, "what was held stays: {sentence}");
    assert_eq!(portugal.practices().await, before);
    assert!(matches!(portugal.pull(network.coordinator()).await, RoundEnd::Good(_)), "the other peers go on");
}

pub async fn with_one_practice() -> Network {
    let network = Network::quiet(&["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    morocco.publish(vec![put(1, "first")]).await;
    portugal.pull_all().await;
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]));
    network.later(MINUTE);
    morocco.publish(vec![put(1, "second"), put(2, "second")]).await;
    network
}

/// Once the liar tells the truth again, the copy is equal.
pub async fn the_truth_heals(network: &Network) {
    let (morocco, portugal) = network.two();
    morocco.gate.honest();
    let end = portugal.pull(morocco).await;
    assert!(matches!(end, RoundEnd::Good(_)), "{end:?}");
    assert_eq!(portugal.practices().await, practices(&[(1, "second"), (2, "second")]));
    assert_eq!(portugal.state(morocco), SyncState::Current);
}

fn without_signature(jws: &str) -> String {
    let (signed, signature) = jws.rsplit_once('.').unwrap();
    let mut bytes = from_base64url(signature).unwrap();
    bytes[10] ^= 1;
    format!("{signed}.{}", base64url(&bytes))
}

/// A state whose checkpoint is this one, with the right entries.
fn with_checkpoint(answer: Answer, change: impl Fn(&str) -> String) -> Answer {
    let mut value = answer.value();
    value["checkpoint"] = change(value["checkpoint"].as_str().unwrap()).into();
    Answer::json(&value)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_with_a_forged_signature_is_not_used() {
    let network = with_one_practice().await;
    network.two().0.gate.change("/state", |answer| with_checkpoint(answer, without_signature));
    let sentence = "What was offered as a checkpoint is none: the signature is wrong.";
    the_round_fails(&network, SyncState::Failing, sentence).await;
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_with_a_wrong_claim_or_key_is_not_used() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let forged = Forged::of(morocco).with(1..3);
    let root = forged.entries().root();
    let sign = |key: &SigningKey, origin: &str, audience| {
        Checkpoint::sign(key, origin, audience, forged.seq, root, forged.seq.cast_signed()).jws
    };
    let stranger = SigningKey::generate();
    let unknown = format!("signed by a key that is not listed ({})", stranger.public().thumbprint());
    for (checkpoint, why) in [
        (sign(&forged.key, portugal.id(), Audience::Public), "claim iss is another origin's"),
        (sign(&forged.key, morocco.id(), Audience::Network), "claim aud is another journal's"),
        (sign(&stranger, morocco.id(), Audience::Public), &*unknown),
        (forged.revision(1, 1, "x"), "its type is not nmirf-checkpoint+jwt"),
        ("x".to_owned(), "not a signed statement of the protocol's form: not three parts"),
    ] {
        morocco.gate.say("/state", state(&checkpoint, &forged.entries().to_bytes()));
        let sentence = format!("What was offered as a checkpoint is none: {why}.");
        the_round_fails(&network, SyncState::Failing, &sentence).await;
    }
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_with_a_forged_signature_is_hidden_and_the_rest_is_shown() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let mut forged = Forged::of(morocco).with(2..4);
    let (broken, right) = (without_signature(&forged.revision(1, 2, "forged")), forged.revision(1, 3, "third"));
    forged.put(1, broken);
    let forged = forged.instead_of(morocco);
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    assert_eq!(portugal.practices().await, practices(&[(2, "first"), (3, "first")]));
    let copy = portugal.copy(morocco);
    assert_eq!(copy.state, SyncState::Current);
    assert_eq!(copy.not_shown.len(), 1);
    assert_eq!(copy.not_shown[0].1, "the signature is wrong");
    forged.lock().unwrap().put(1, right);
    portugal.pull(morocco).await;
    assert_eq!(portugal.practices().await, practices(&[(1, "third"), (2, "first"), (3, "first")]));
    assert_eq!(portugal.copy(morocco).not_shown, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_revision_is_hidden_with_its_reason() {
    let network = with_one_practice().await;
    let (morocco, portugal) = network.two();
    let mut forged = Forged::of(morocco).with(1..2);
    let stranger = SigningKey::generate();
    let wrong = |number: u64, member: &str, value: Value| {
        let mut claims = forged.claims(number);
        claims[member] = value;
        forged.signed(&claims)
    };
    let deep = (0..70).fold(json!(1), |inner, _| json!([inner]));
    let mut deep_body = crate::instance::body(17, "deep");
    deep_body["x"] = deep;
    let cases = [
        (10, wrong(10, "iss", portugal.id().into()), "claim iss is another origin's"),
        (11, wrong(11, "aud", "network".into()), "claim aud is another journal's"),
        (
            12,
            wrong(12, "sub", crate::instance::sub(1).as_str().into()),
            "claim sub is not the one that its entry names",
        ),
        (13, wrong(13, "schema", 2.into()), "schema 2 is not known here"),
        (14, wrong(14, "rev", json!(1.0)), "claim rev"),
        (
            15,
            stranger.sign(nmirf_hub::journal::jws::StatementType::Revision, &forged.claims(15)),
            "signed by a key that is not listed",
        ),
        (16, wrong(16, "body", json!({"country": "MA"})), "title"),
        (17, wrong(17, "body", deep_body), "JSON"),
        (18, "no revision at all".to_owned(), "not three parts"),
    ];
    let reasons: Vec<(u64, &str)> = cases.iter().map(|(number, _, why)| (*number, *why)).collect();
    for (number, jws, _) in cases {
        forged.put(number, jws);
    }
    forged.instead_of(morocco);
    assert!(matches!(portugal.pull(morocco).await, RoundEnd::Good(_)));
    assert_eq!(portugal.practices().await, practices(&[(1, "first")]), "the other records go on");
    let copy = portugal.copy(morocco);
    assert_eq!(copy.state, SyncState::Current);
    assert_eq!(copy.not_shown.len(), reasons.len(), "{:?}", copy.not_shown);
    for (number, why) in reasons {
        assert!(copy.not_shown.iter().any(|(_, reason)| reason.contains(why)), "{number} {why}: {:?}", copy.not_shown);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_that_do_not_hash_to_the_root_are_asked_for_whole_once_and_then_refused() {
    let network = with_one_practice().await;
    let (morocco, _) = network.two();
    let forged = Forged::of(morocco).with(1..6);
    let lie = state(&forged.checkpoint(), &Forged::of(morocco).with(1..5).entries().to_bytes());
    morocco.gate.say("/state", lie);
    morocco.gate.take_log();
    let sentence = "What the source offers does not prove itself: the entries do not hash to the checkpoint's root.";
    the_round_fails(&network, SyncState::Diverged, sentence).await;
    let log = morocco.gate.take_log();
    let public = log.iter().filter(|passed| passed.query.contains("audience=public"));
    let asked: Vec<bool> = public.map(|passed| passed.query.ends_with("since=0")).collect();
    assert_eq!(asked, [false, true], "{log:?}");
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_list_of_entries_is_refused() {
    let network = with_one_practice().await;
    let (morocco, _) = network.two();
    let forged = Forged::of(morocco).with(1..4);
    let right = forged.entries().to_bytes();
    let swapped = [&right[64..128], &right[..64], &right[128..]].concat();
    let twice = [&right[..64], &right[..64], &right[64..]].concat();
    for (bytes, why) in [
        (&right[..100], "the list of entries is no multiple of 64 bytes"),
        (&swapped[..], "the list of entries is not ascending, or names a record twice"),
        (&twice[..], "the list of entries is not ascending, or names a record twice"),
    ] {
        morocco.gate.say("/state", state(&forged.checkpoint(), bytes));
        let sentence = format!("What the source offers does not prove itself: {why}.");
        the_round_fails(&network, SyncState::Diverged, &sentence).await;
    }
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_left_the_list_is_refused() {
    let network = with_one_practice().await;
    let (morocco, _) = network.two();
    let forged = Forged::of(morocco).with(5..8);
    morocco.gate.say("/state", forged.state());
    let sentence =
        "What the source offers does not prove itself: 1 records that are held have left the list of entries.";
    the_round_fails(&network, SyncState::Diverged, sentence).await;
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_that_was_not_asked_for_fails_the_round() {
    let network = with_one_practice().await;
    let (morocco, _) = network.two();
    let other = Forged::of(morocco).revision(9, 1, "nobody asked");
    morocco.gate.change("/revisions", move |mut answer| {
        answer.body = [format!("{}\n", json!({"jws": other})).as_bytes(), &answer.body].concat();
        answer
    });
    let sentence = "The server sent a revision that was not asked for, or one twice.";
    the_round_fails(&network, SyncState::Failing, sentence).await;
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_that_hashes_to_something_else_fails_the_round() {
    let network = with_one_practice().await;
    let (morocco, _) = network.two();
    morocco.gate.change("/revisions", |mut answer| {
        // One character of the first signature.
        let text = String::from_utf8(answer.body).unwrap();
        let place = text.find("\"}").unwrap() - 20;
        let other = if &text[place..=place] == "A" { "B" } else { "A" };
        answer.body = [&text[..place], other, &text[place + 1..]].concat().into_bytes();
        answer
    });
    let sentence = "The server sent a revision that was not asked for, or one twice.";
    the_round_fails(&network, SyncState::Failing, sentence).await;
    the_truth_heals(&network).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_of_another_form_fails_the_round() {
    let network = with_one_practice().await;
    let (morocco, _) = network.two();
    type Edit = fn(String) -> String;
    let edit = |change: Edit| {
        move |mut answer: Answer| {
            answer.body = change(String::from_utf8(answer.body).unwrap()).into_bytes();
            answer
        }
    };
    let cases: [(Edit, &str); 6] = [
        (|text| format!("\n{text}"), "The server's answer does not follow the protocol: a line of a batch is blank."),
        (
            |text| text.replace('\n', "\r\n"),
            "The server's answer does not follow the protocol: a line of a batch must end in LF alone.",
        ),
        (
            |text| format!("{text}{text}"),
            "The server's answer does not follow the protocol: something follows the last line of a batch.",
        ),
        (|text| text.replace("{\"more\":false,\"missing\":[]}\n", ""), "The server's answer broke off before its end."),
        (|_| "{\"more\":true}\n".to_owned(), "The server promises more revisions, but sent none."),
        (
            |_| "{\"jws\":\"a\",\"jws\":\"a\"}\n".to_owned(),
            "The server's answer does not follow the protocol: it is no JSON of the strict form.",
        ),
    ];
    for (change, sentence) in cases {
        morocco.gate.change("/revisions", edit(change));
        // What was staged in a case before is not asked for again: each case begins with nothing staged.
        network.two().1.database.run("DELETE FROM staged_revisions").await;
        the_round_fails(&network, SyncState::Failing, sentence).await;
    }
    the_truth_heals(&network).await;
}
