//! `record show`: a page for people, in their language, with its provenance; `--json` for machines, with the body as signed.

use serde_json::{Map, Value, json};

use super::find::{Found, State, find};
use crate::catalog::{Published, Snapshot};
use crate::cli::arguments::RecordShow;
use crate::cli::words::{age, rfc3339, utc};
use crate::cli::{Failure, output};
use crate::hub::Hub;
use crate::journal::encoding::sha256;
use crate::journal::key::in_groups_of_four;
use crate::journal::read::{self, Trusted as _};
use crate::journal::revision::{Act, Place, Revision};
use crate::record::{LanguageTag, LocalizedText};

/// Members of bodies that are localized texts (records.md).
const LOCALIZED: [&str; 9] = [
    "name",
    "title",
    "summary",
    "description",
    "lessonsLearnt",
    "hostInstitution",
    "mandate",
    "composition",
    "issuedBy",
];

/// Shows a record.
pub(super) async fn run(hub: &Hub, snapshot: &Snapshot, asked: &RecordShow) -> Result<(), Failure> {
    let found = find(hub, snapshot, &asked.id)?;
    match &found.state {
        State::Shown(record) => {
            let jws = signed(hub, record).await?;
            let proof = prove(hub, record, jws.as_deref()).await?;
            let body = body(record, jws.as_deref());
            match asked.show.json {
                true => output::json(&as_json(snapshot, record, jws.as_deref(), &body, proof.is_ok())),
                false => page(hub, snapshot, record, &body, &proof),
            }
        }
        State::Withdrawn(withdrawn) => {
            let when = withdrawn.withdrawal.withdrawn_at.saturating_mul(1000);
            let successor = withdrawn.withdrawal.superseded_by;
            if asked.show.json {
                return output::json(&json!({
                    "id": found.key.to_string(), "kind": found.sub.kind_word().to_uppercase(), "sub": found.sub.as_str(),
                    "origin": {"entityId": &*found.origin}, "withdrawnAt": rfc3339(when),
                    "supersededBy": successor.map(|key| json!({"id": key.to_string()})),
                }));
            }
            head(&found)?;
            output::line(&format!("withdrawn    {} ({})", utc(when), age(hub.now(), when)))?;
            successor.map_or(Ok(()), |key| output::line(&format!("superseded   by {key}")))
        }
        State::Hidden(reason) => {
            if asked.show.json {
                return output::json(&json!({
                    "id": found.key.to_string(), "sub": found.sub.as_str(), "origin": {"entityId": &*found.origin},
                    "notShown": reason,
                }));
            }
            head(&found)?;
            output::line(&format!("not shown    {}", output::plain(reason)))
        }
    }
}

fn head(found: &Found) -> Result<(), Failure> {
    output::line(&format!("record       {}", found.sub))?;
    output::line(&format!("id           {}", found.key))?;
    output::line(&format!("origin       {}", output::plain(&found.origin)))
}

async fn signed(hub: &Hub, record: &Published) -> Result<Option<String>, Failure> {
    let digest = [record.revision.digest];
    let found = read::revisions(hub.store(), record.revision.journal.cast_signed(), &digest).await?;
    Ok(found.into_iter().next().map(|(_, jws)| jws))
}

fn body(record: &Published, jws: Option<&str>) -> Map<String, Value> {
    let name = record.sub.name();
    let place = Place { origin: &record.origin, audience: record.audience, name: &name };
    match jws.and_then(|jws| Revision::unverified(jws, place).ok()).map(|revision| revision.act) {
        Some(Act::Put { body: Value::Object(body) }) => body,
        _ => Map::new(),
    }
}

/// The whole way from the record to its origin's checkpoint, walked again now; else what is wrong.
async fn prove(hub: &Hub, record: &Published, jws: Option<&str>) -> Result<Result<(), String>, Failure> {
    let journals = read::journals(hub.store()).await?;
    let Some(row) = journals.iter().find(|row| row.id.unsigned_abs() == record.revision.journal) else {
        return Ok(Err("its journal has gone".to_owned()));
    };
    let trust = hub.trust();
    let keys = trust.keys(&row.origin);
    let held = read::held(hub.store(), row, keys).await?;
    let (Some(checkpoint), Some(jws)) = (held.checkpoint, jws) else {
        return Ok(Err("no checkpoint vouches for it".to_owned()));
    };
    let name = record.sub.name();
    let place = Place { origin: &record.origin, audience: record.audience, name: &name };
    let digest = sha256(jws.as_bytes());
    let wrong = if held.entries.root() != checkpoint.root {
        Some("the entries are not those of the checkpoint: run `nmirf-hub verify`".to_owned())
    } else if held.entries.get(&name) != Some(&digest) || digest != record.revision.digest {
        Some("the checkpoint vouches for another revision: run `nmirf-hub verify`".to_owned())
    } else {
        Revision::read(jws, place, keys).err().map(|fault| fault.to_string())
    };
    Ok(wrong.map_or(Ok(()), Err))
}

fn as_json(
    snapshot: &Snapshot,
    record: &Published,
    jws: Option<&str>,
    body: &Map<String, Value>,
    proved: bool,
) -> Value {
    let network = snapshot.network();
    let journal = network.journals.get(&record.revision.journal);
    let name = network.instance(&record.origin).map(|instance| &*instance.name);
    let common = &record.record.common;
    let seconds = |seconds: i64| rfc3339(seconds.saturating_mul(1000));
    json!({
        "id": record.key.to_string(),
        "kind": record.kind.as_str().to_uppercase(),
        "audience": record.audience.as_str().to_uppercase(),
        "sub": record.sub.as_str(),
        "compiled": common.compiled,
        "country": common.country.as_ref().map(|country| country.as_str()),
        "originalLanguage": common.original_language.as_ref().map(LanguageTag::as_str),
        "createdAt": record.revision.created_at.and_then(seconds),
        "updatedAt": seconds(record.revision.signed_at),
        "body": body,
        "provenance": {
            "origin": {"entityId": &*record.origin, "name": name},
            "revision": record.revision.number,
            "signedAt": seconds(record.revision.signed_at),
            "receivedAt": rfc3339(record.revision.received_at),
            "confirmedAt": journal.and_then(|journal| journal.confirmed_at).and_then(rfc3339),
            "via": record.revision.via.as_deref(),
            "isStale": journal.is_some_and(|journal| journal.stale),
            "keyId": &*record.revision.key_id,
            "proved": proved,
            "jws": jws,
        },
    })
}

fn page(
    hub: &Hub,
    snapshot: &Snapshot,
    record: &Published,
    body: &Map<String, Value>,
    proof: &Result<(), String>,
) -> Result<(), Failure> {
    let reader = reader_language();
    let choose = |text: &LocalizedText| {
        let original = record.record.common.original_language.as_ref();
        let chosen = text.choose(reader.as_ref(), hub.languages(), original);
        let foreign = reader.as_ref().is_some_and(|reader| reader.primary() != chosen.language.primary());
        format!("{}{}", chosen.text, if foreign { format!(" [{}]", chosen.language.as_str()) } else { String::new() })
    };
    output::line(&record.title().map_or_else(|| record.sub.to_string(), choose_plain(&choose)))?;
    output::line("")?;
    for (name, value) in body.iter().filter(|(name, _)| !matches!(name.as_str(), "title" | "name")) {
        let localized = LOCALIZED.contains(&name.as_str()).then(|| localized(value)).flatten();
        let text = localized.as_ref().map_or_else(|| plainly(value), &choose);
        field(&label(name), &text)?;
    }
    output::line("")?;
    provenance(hub, snapshot, record, proof)
}

fn choose_plain<'a>(choose: &'a dyn Fn(&LocalizedText) -> String) -> impl Fn(&LocalizedText) -> String + 'a {
    move |text| output::plain(&choose(text)).into_owned()
}

fn provenance(hub: &Hub, snapshot: &Snapshot, record: &Published, proof: &Result<(), String>) -> Result<(), Failure> {
    let (network, now) = (snapshot.network(), hub.now());
    let time = |ms: i64| format!("{} ({})", utc(ms), age(now, ms));
    let name = network.instance(&record.origin).map_or("", |instance| &*instance.name);
    field("origin", &format!("{} ({name})", record.origin))?;
    field("id", &record.key.to_string())?;
    field("record", record.sub.as_str())?;
    field("audience", record.audience.as_str())?;
    field("revision", &record.revision.number.to_string())?;
    field("signed", &time(record.revision.signed_at.saturating_mul(1000)))?;
    field("key", &in_groups_of_four(&record.revision.key_id))?;
    field("received", &time(record.revision.received_at))?;
    if let Some(via) = &record.revision.via {
        field("via", via)?;
    }
    let own = *record.origin == *hub.entity_id();
    let confirmed = network.journals.get(&record.revision.journal).and_then(|journal| journal.confirmed_at);
    match (own, confirmed) {
        (true, _) => field("confirmed", "this is the origin")?,
        (false, Some(confirmed)) => field("confirmed", &time(confirmed))?,
        (false, None) => field("confirmed", "not yet")?,
    }
    match proof {
        Ok(()) => field("proved", "yes: signature, digest and the checkpoint of the whole journal"),
        Err(why) => field("proved", &format!("no: {why}")),
    }
}

/// One member on the page; further lines of a text stand below its first.
fn field(name: &str, text: &str) -> Result<(), Failure> {
    for (number, line) in text.lines().enumerate() {
        let name = if number == 0 { name } else { "" };
        output::line(&format!("{:<18}{}", output::plain(name), output::plain(line)))?;
    }
    Ok(())
}

/// `lessonsLearnt` as people read it.
fn label(name: &str) -> String {
    let mut label = String::new();
    for character in name.chars() {
        if character.is_uppercase() {
            label.push(' ');
        }
        label.extend(character.to_lowercase());
    }
    label
}

fn localized(value: &Value) -> Option<LocalizedText> {
    let texts = value.as_object()?.iter();
    let texts = texts.map(|(tag, text)| Some((LanguageTag::parse(tag)?, text.as_str()?.into())));
    LocalizedText::new(texts.collect::<Option<Vec<_>>>()?)
}

/// Any other value: texts as they are, lists one after another, a source as its title and URL.
fn plainly(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            items.iter().map(plainly).collect::<Vec<_>>().join(", ")
        }
        Value::Array(items) => items.iter().map(plainly).collect::<Vec<_>>().join("\n"),
        Value::Object(members) => members.values().map(plainly).collect::<Vec<_>>().join("  "),
        other => other.to_string(),
    }
}

/// The language of the user's terminal: `fr_FR.UTF-8` is `fr-FR`.
fn reader_language() -> Option<LanguageTag> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|set| !set.is_empty()));
    let set = set?;
    let tag = set.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    LanguageTag::parse(&tag).filter(|_| tag != "C" && tag != "POSIX")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn members_are_shown_as_people_read_them() {
        assert_eq!(label("lessonsLearnt"), "lessons learnt");
        assert_eq!(plainly(&json!(["a", 1, true])), "a, 1, true");
        assert_eq!(plainly(&json!([{"title": "t", "url": "u"}, {"title": "v"}])), "t  u\nv");
        assert!(localized(&json!({"fr": "x", "en": "y"})).is_some());
        assert!(localized(&json!({"fr": 1})).is_none());
    }
}
