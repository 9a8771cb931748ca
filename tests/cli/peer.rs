//! `peer`.

use nmirf_hub::journal::signing::SigningKey;
use nmirf_hub::register::peers::EntityConfiguration;

use crate::support::{Canned, Instance};

/// A peer that answers who it is, and nothing else.
fn peer(seed: u8) -> (Canned, SigningKey) {
    let key = SigningKey::from_seed([seed; 32]);
    let server = Canned::start(|url| {
        let said = EntityConfiguration { name: Some("Portugal".to_owned()), ..EntityConfiguration::default() };
        let token = said.sign(&key, None, url, None, 1_700_000_000_000);
        vec![("/.well-known/openid-federation", "application/entity-statement+jwt", token)]
    });
    (server, key)
}

fn instance() -> Instance {
    let instance = Instance::nothing("http://127.0.0.1:4901");
    let init = ["init", "--entity-id", "http://127.0.0.1:4901", "--name", "Maroc", "--country", "MA"];
    instance.run(&init).done();
    instance
}

#[test]
fn a_peer_is_pinned_listed_and_taken_out() {
    let (instance, (server, key)) = (instance(), peer(3));
    instance.run(&["peer", "add", &server.url]).refused(2, &["--yes THUMBPRINT"]);
    instance.run(&["peer", "add", &server.url, "--yes", &instance.thumbprint()]).refused(1, &["nothing was pinned"]);
    let ran = instance.run(&["peer", "add", &server.url, "--yes", key.public().thumbprint()]).done();
    assert!(ran.out.contains("Portugal"), "{ran:?}");
    let list = instance.run(&["peer", "list", "--json"]).done().json();
    assert_eq!((&list[0]["entityId"], &list[0]["sync"]["state"]), (&(*server.url).into(), &"NEVER".into()));
    assert!(instance.run(&["peer", "list"]).done().out.contains("NEVER"));
    let said = instance.run(&["doctor"]).done();
    assert!(said.out.contains("answers, with a key that is listed"), "{said:?}");
    let audit = instance.run(&["audit", "--format", "csv"]).done().out;
    assert!(audit.contains(&format!("operator,,peer.add,{},{}", server.url, key.public().thumbprint())), "{audit}");
    instance.run(&["peer", "remove", &server.url]).refused(2, &["give --yes"]);
    instance.run(&["peer", "remove", &server.url, "--yes"]).done();
    assert_eq!(instance.run(&["peer", "list", "--json"]).done().json(), serde_json::json!([]));
    instance.run(&["peer", "remove", &server.url, "--yes"]).refused(1, &["is not pinned"]);
    assert!(instance.run(&["audit", "--format", "csv"]).done().out.contains("peer.remove"));
}

#[test]
fn what_the_configuration_pins_is_taken_out_there() {
    let instance = instance();
    instance.pin("https://a.example", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assert!(instance.run(&["peer", "list"]).done().out.contains("https://a.example"));
    instance.run(&["peer", "remove", "https://a.example", "--yes"]).refused(1, &["configuration pins it"]);
    instance.unpin();
    assert!(!instance.run(&["peer", "list"]).done().out.contains("https://a.example"));
}

#[test]
fn what_the_operator_says_of_a_peer_shows() {
    let (instance, (server, key)) = (instance(), peer(4));
    instance.run(&["peer", "add", &server.url, "--yes", key.public().thumbprint()]).done();
    let state = || {
        let said = instance.run(&["peer", "show", &server.url, "--json"]).done().json();
        said["sync"]["state"].as_str().unwrap().to_owned()
    };
    for (word, wanted) in
        [("pause", "PAUSED"), ("pause", "PAUSED"), ("resume", "NEVER"), ("block", "BLOCKED"), ("unblock", "NEVER")]
    {
        instance.run(&["peer", word, &server.url]).done();
        assert_eq!(state(), wanted, "{word}");
    }
    assert!(instance.run(&["peer", "show", &server.url]).done().out.contains("current"));
}

#[test]
fn a_round_of_a_peer_that_is_paused_or_blocked_here_says_so_and_fails() {
    let (instance, (server, key)) = (instance(), peer(6));
    instance.run(&["peer", "add", &server.url, "--yes", key.public().thumbprint()]).done();
    for (word, end, said) in [("pause", "resume", "paused here"), ("block", "unblock", "blocked here")] {
        instance.run(&["peer", word, &server.url]).done();
        let ran = instance.run(&["sync", &server.url, "--json"]);
        let row = &ran.json()[0];
        assert_eq!((ran.status, &row["ok"]), (1, &false.into()), "{ran:?}");
        let result = row["result"].as_str().unwrap();
        assert!(result.contains(said) && result.contains(&format!("peer {end} {}", server.url)), "{result}");
        let all = instance.run(&["sync", "--json"]).done().json();
        assert_eq!((&all[0]["ok"], &all[0]["result"]), (&true.into(), &row["result"]), "left out where all are pulled");
        instance.run(&["peer", end, &server.url]).done();
    }
}

#[test]
fn a_conflict_is_shown_with_its_evidence_until_it_is_closed() {
    let (instance, (server, key)) = (instance(), peer(5));
    instance.run(&["peer", "add", &server.url, "--yes", key.public().thumbprint()]).done();
    instance.run(&["peer", "close-conflict", &server.url]).refused(1, &["no open conflict"]);
    instance.tamper(&format!(
        "INSERT INTO journals (origin, audience, failures, change, conflict_first, conflict_second, conflict_seen_at) \
         VALUES ('{}', 'public', 0, 1, 'one', 'two', 1700000000000)",
        server.url
    ));
    let page = instance.run(&["peer", "show", &server.url]).done().out;
    assert!(page.contains("CONFLICT") && page.contains("one") && page.contains("two"), "{page}");
    instance.run(&["peer", "close-conflict", &server.url]).done();
    assert!(!instance.run(&["peer", "show", &server.url]).done().out.contains("CONFLICT"));
}

#[test]
fn unknown_peers_and_the_instance_itself_are_refused() {
    let instance = instance();
    for word in ["pause", "resume", "block", "unblock", "close-conflict", "show"] {
        instance.run(&["peer", word, "https://nowhere.example"]).refused(1, &["no peer of this instance"]);
    }
    instance.run(&["peer", "pause", "http://127.0.0.1:4901"]).refused(2, &["itself"]);
    instance.run(&["peer", "add", "http://127.0.0.1:4901"]).refused(2, &["itself"]);
    instance.run(&["peer", "add", "https://Hub.example/"]).refused(2, &["a name in lower case"]);
    instance.run(&["peer", "remove", "https://nowhere.example", "--yes"]).refused(1, &["no peer"]);
}
