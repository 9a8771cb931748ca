//! `/fr/records/{id}/verify`: the reader's own browser checks the signed form of a record against the keys that the register
//! lists, and says what it compared. Without a script the page says how to do it by hand.

use maud::{Markup, html};

use super::super::{
    answer::Answer,
    content::Content,
    parts::{
        asked, entry, provenance,
        text::{attribute, shown as text_shown},
    },
    visit::Visit,
};
use crate::{
    catalog::Published,
    journal::encoding::{base64url, sha256},
};

/// What is checked, in this order; each has its words in `verify-STEP`, `verify-STEP-right` and `verify-STEP-wrong`.
const STEPS: [&str; 7] = ["fetched", "digest", "address", "register", "key", "signature", "text"];

/// Answers.
pub(super) fn page(visit: &Visit) -> Answer {
    let record = asked::record(visit, None)?;
    let network = visit.snapshot.network();
    let who = provenance::who(visit, network.instance(&record.origin), &record.origin);
    let title = visit.say("verify-title");
    let main = html! {
        div.head {
            h1 #top tabindex="-1" { (title) }
            p { a href=(visit.path(&entry::path(record))) { (entry::title(visit, record)) } }
        }
        p.lead { (visit.tell("verify-lead", &[("who", (&who).into())])) }
        (steps(visit, record))
        (by_hand(visit, record))
    };
    let content = Content::new(title.clone(), main)
        .under(entry::path(record), visit.say("history-record"))
        .here(title)
        .script("verify.js")
        .hidden();
    Ok(content.into())
}

/// What the script is told: where to fetch, and what this hub says, to be compared.
fn steps(visit: &Visit, record: &Published) -> Markup {
    let network = visit.snapshot.network();
    let instance = network.instance(&record.origin);
    let is_coordinator = network.is_coordinator(&record.origin);
    let member = instance.and_then(|instance| instance.member).map(|key| visit.file(&format!("/id/{key}/jws")));
    // Without a register the keys stand in the configuration of this hub.
    let pinned = match is_coordinator || member.is_some() {
        true => None,
        false => instance.map(|instance| {
            let keys = instance.keys.iter().map(|key| format!("{} {}", key.x, key.status));
            keys.collect::<Vec<_>>().join(",")
        }),
    };
    let title = record.title().map(|title| entry::chosen(visit, title, record));
    html! {
        section aria-labelledby="steps-heading" {
            h2 #steps-heading { (visit.say("verify-steps")) }
            noscript { p.note { (visit.say("verify-no-script")) } }
            p.note #verdict role="status" hidden
                data-right=(visit.say("verify-right"))
                data-wrong=(visit.say("verify-wrong"))
                data-unable=(visit.say("verify-unable")) {}
            ol.times #steps
                data-jws=(visit.file(&format!("/id/{}/jws", record.key)))
                data-anchor=(visit.file("/federation/v1/anchor"))
                data-member=[member]
                data-pinned=[pinned.as_deref()]
                data-coordinator=[is_coordinator.then_some("yes")]
                data-key=(record.key)
                data-origin=(attribute(&record.origin))
                data-digest=(base64url(&record.revision.digest))
                data-revision=(record.revision.number)
                data-title=[title.map(|title| base64url(&sha256(title.text.as_bytes())))]
                data-language=[title.map(|title| title.language.as_str())] {
                @for step in STEPS {
                    li data-step=(step)
                        data-right=(right(visit, step, pinned.is_some()))
                        data-wrong=(visit.say(&format!("verify-{step}-wrong"))) {
                        h3 { (visit.say(&format!("verify-{step}"))) }
                        p.result { (visit.say("verify-waits")) }
                        p.quiet hidden { code {} }
                    }
                }
            }
        }
    }
}

/// What is said where a step agrees. Without a register nobody but this hub's operator vouches for the keys.
fn right(visit: &Visit, step: &str, is_pinned: bool) -> String {
    match step {
        "register" if is_pinned => visit.say("verify-register-pinned"),
        _ => visit.say(&format!("verify-{step}-right")),
    }
}

fn by_hand(visit: &Visit, record: &Published) -> Markup {
    let jws = format!("{}/id/{}/jws", visit.hub.entity_id(), record.key);
    let commands = format!(
        "curl -O {jws}\ncurl {}/federation/v1/anchor\nnmirf-hub record show {}\nnmirf-hub verify",
        visit.hub.entity_id(),
        record.key
    );
    html! {
        section.sec aria-labelledby="by-hand" {
            h2 #by-hand { (visit.say("verify-by-hand")) }
            div {
                p { (visit.say("verify-by-hand-how")) }
                pre.copy lang="en" tabindex="0" aria-label=(visit.say("verify-by-hand")) { (text_shown(&commands)) }
                p { (visit.say("verify-elsewhere")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts;

    #[test]
    fn every_step_has_its_words_in_six_languages() {
        for language in texts::LANGUAGES {
            for step in STEPS {
                for id in [format!("verify-{step}"), format!("verify-{step}-right"), format!("verify-{step}-wrong")] {
                    assert_ne!(texts::say(language, &id, None), id, "{language}");
                }
            }
        }
    }
}
