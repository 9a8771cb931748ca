//! What a peer may sign by the rules of records and means ill: texts that would act, turn their neighbours round, run off the
//! side or over the lines above, seen in a real browser at another instance.

use nmirf_hub::{
    journal::{publish::Publication, revision::Act},
    record::{Audience, Kind, Sub},
};
use serde_json::{Value, json};

use crate::{
    instance::{Instance, uuid},
    network::Network,
    support::browse,
};

/// It stands in every text, so that each can be found on a page.
const WORD: &str = "Quillwort";

/// A text that begins and ends in the other direction, acts, turns, and never closes what it opens.
fn ill(words: &str) -> String {
    format!(
        "אבג <script>alert(1)</script> \u{202b}\u{2067}\u{2066}{WORD} {words}<img src=x onerror=alert(1)> \u{2068}דהו"
    )
}

/// A hundred marks on one letter.
fn stacked() -> String {
    format!("{WORD} e{} after", "\u{301}".repeat(100))
}

/// A title of the greatest length, without a space.
fn endless(letter: &str) -> String {
    format!("{WORD}{}", letter.repeat(1000 - WORD.len()))
}

/// The greatest length of a short text.
fn short(letter: &str) -> String {
    format!("{WORD}{}", letter.repeat(200 - WORD.len()))
}

fn markdown() -> String {
    let (text, head, first, cells) = (ill("text"), ill("head"), ill("cell"), format!(" {WORD} |").repeat(30));
    let (word, code, block, rule) = ("W".repeat(600), "x".repeat(600), "y".repeat(600), "---|".repeat(30));
    format!(
        "{text} [{WORD} link](javascript:alert(1)) [{WORD} two](JaVaScRiPt:alert(1)) <a href=\"javascript:alert(1)\">{WORD}</a>\n\n\
         # {head}\n\n<iframe src=\"https://elsewhere.example\"></iframe> ![{WORD}](https://elsewhere.example/p.png)\n\n\
         | {word} | {first} |\n|---|---|\n| `{code}` | \u{2067}{WORD} |\n\n|{cells}\n|{rule}\n\n```\n{block}\n```"
    )
}

fn in_both(english: String, arabic: String) -> Value {
    json!({"en": english, "ar": arabic})
}

fn arabic(words: &str) -> String {
    format!("abc \u{202a}\u{2066}{WORD} نص {words} 12-34\u{2067} xyz")
}

fn publication(kind: Kind, number: u64, body: Value) -> Publication {
    let audience = Audience::Public;
    Publication { sub: Sub::new(kind, uuid(number)), audience, act: Act::Put { body }, expected: None }
}

fn practice(number: u64, title: Value, summary: Value) -> Publication {
    let link = json!([{"title": ill("link"), "url": format!("https://example.org/?{}=%22\"'><b>", "a".repeat(400))}]);
    publication(
        Kind::Practice,
        number,
        json!({
            "country": "MA", "title": title, "summary": summary,
            "description": in_both(markdown(), arabic("description")), "lessonsLearnt": in_both(markdown(), stacked()),
            "themes": ["x".repeat(64), "coordination"], "links": link, "sources": [{"title": endless("s")}, {"title": stacked()}],
            "originalLanguage": "ar",
        }),
    )
}

/// Three practices and a record of each other kind; each has a version from before.
fn records(version: &str) -> Vec<Publication> {
    let source = json!([{"title": ill("source"), "url": "https://example.org/"}]);
    let mechanism = json!({
        "country": "MA", "name": in_both(ill(version), endless("ش")), "acronym": short("A"), "type": "x".repeat(64),
        "hostInstitution": in_both(ill("host"), arabic("host")), "contact": format!("javascript:alert(1)//{WORD}@example.org"),
        "website": format!("https://example.org/{}", "w".repeat(900)), "mandate": in_both(markdown(), arabic("mandate")),
        "composition": in_both(endless("c"), stacked()), "sources": source,
    });
    let document = json!({
        "title": in_both(endless("D"), ill(version)), "type": "guide", "date": "2020", "country": "MA", "symbol": short("N"),
        "issuedBy": in_both(ill("issuer"), arabic("issuer")), "languages": ["en", "fr"], "themes": ["coordination"],
        "editions": [{"language": "en", "url": format!("https://{}.example/en.pdf", "d".repeat(60))}], "sources": source,
    });
    let event = json!({
        "title": in_both(ill(version), endless("ش")), "type": "seminar", "startsOn": "2090-05-08", "country": "MA",
        "city": short("c"), "venue": short("v"), "organizers": [ill("organizer"), stacked()],
        "summary": in_both(stacked(), ill("summary")), "recordings": source, "sources": source,
    });
    vec![
        practice(1, in_both(ill(version), stacked()), in_both(ill("summary"), arabic("summary"))),
        practice(2, in_both(endless("W"), endless("ش")), in_both(endless("z"), endless("ش"))),
        practice(3, in_both(format!("{} {version}", stacked()), arabic(version)), in_both(stacked(), stacked())),
        publication(Kind::Mechanism, 4, mechanism),
        publication(Kind::Document, 5, document),
        publication(Kind::Event, 6, event),
    ]
}

/// PT with what MA means ill.
async fn read_at_another() -> Network {
    let ill_named = |config: &mut nmirf_hub::config::Config| {
        if config.instance.country.as_deref() == Some("MA") {
            config.instance.name = ill("hub");
            config.instance.contact = Some(format!("javascript:alert(1)//{WORD}@example.org"));
            config.instance.licence = Some(ill("licence"));
        }
    };
    let network = Network::quiet_with(ill_named, &["MA", "PT"]).await;
    let (morocco, portugal) = network.two();
    for version in ["before", "after"] {
        morocco.publish(records(version)).await;
        portugal.pull_all().await;
    }
    portugal.index().await;
    network
}

/// The pages on which the records show, below the language.
fn pages(origin: &Instance) -> Vec<String> {
    let key = |kind, number| origin.key_of(&Sub::new(kind, uuid(number)));
    let practices = [1, 2, 3].map(|number| key(Kind::Practice, number));
    let own = |kind: Kind, number| format!("/{}/{}", kind.plural(), key(kind, number));
    let mut pages: Vec<String> = [
        "/",
        "/practices",
        "/practices?q=quillwort",
        "/search?q=quillwort",
        "/countries/MA",
        "/mechanisms",
        "/documents",
        "/events",
    ]
    .map(str::to_owned)
    .into();
    pages.extend([own(Kind::Mechanism, 4), own(Kind::Document, 5), own(Kind::Event, 6)]);
    pages.push(format!("/practices/compare?id={}&id={}&id={}", practices[0], practices[1], practices[2]));
    pages.push(format!("/mechanisms/compare?id={}", key(Kind::Mechanism, 4)));
    for (kind, number) in
        [(Kind::Practice, 1), (Kind::Practice, 3), (Kind::Mechanism, 4), (Kind::Document, 5), (Kind::Event, 6)]
    {
        pages.extend(["history", "verify"].map(|part| format!("/records/{}/{part}", key(kind, number))));
    }
    for practice in practices {
        pages.extend([format!("/practices/{practice}"), format!("/practices/{practice}?in=ar")]);
    }
    pages
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peers_texts_neither_act_nor_run_off_the_side_nor_turn_others_round_in_a_browser() {
    let network = read_at_another().await;
    let (morocco, portugal) = network.two();
    assert_eq!(portugal.count().await, 3, "they keep to the rules");
    let paths = serde_json::to_string(&pages(morocco)).unwrap();
    browse(portugal.id(), "hostile.mjs", &[&paths]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peers_texts_are_texts_in_what_other_programs_take() {
    let network = read_at_another().await;
    let (_, portugal) = network.two();
    for path in ["/feeds/practices.atom", "/feeds/events.atom"] {
        let feed = portugal.read(path).await;
        assert!(feed.status == 200 && feed.text.contains(WORD), "{feed:?}");
        assert!(!feed.text.contains("<script") && !feed.text.contains("<img"), "{path}: {}", feed.text);
    }
    let suggested = portugal.read("/en/suggest?q=quillwort").await;
    let suggested: Value = serde_json::from_str(&suggested.text).unwrap();
    assert!(!suggested.as_array().unwrap().is_empty());
    for one in suggested.as_array().unwrap() {
        assert!(one["href"].as_str().unwrap().starts_with("/en/"), "{one}");
        let turns = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!one["text"].as_str().unwrap().contains(turns), "{one}");
    }
}
