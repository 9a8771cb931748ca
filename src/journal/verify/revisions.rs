//! Each revision of a journal against its digest, its signature, its name, and what the table says of it.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, Value};

use super::{BadRevision, Part, Report, entries::Listed};
use crate::{
    journal::{
        encoding::{base64url, from_base64url, sha256},
        entry::{Digest, Name},
        jws::{StatementType, Unverified},
        key::KeySet,
        revision::{Place, Revision},
    },
    record::{Audience, Sub},
    store::StoreError,
};

/// Revisions read at once.
const CHUNK: usize = 1_024;

/// Where the `sub` is looked for in claims that are no JSON any more, in bytes: it stands near their beginning.
const MOST_SEARCHED: usize = 8 * 1024;

/// The revisions that are as they were signed.
#[derive(Default)]
pub(super) struct Held {
    /// Name and `sub` by digest; the name is that of the `sub` where it can be read.
    pub(super) by_digest: HashMap<Digest, (Name, Option<Sub>)>,
    /// The highest `rev` of each record, with its digest.
    pub(super) latest: HashMap<Name, (u32, Digest, Sub)>,
    /// Digests of rows that are here and differ: they are no gaps.
    pub(super) bad: std::collections::HashSet<Digest>,
}

struct Row {
    digest: Vec<u8>,
    name: Vec<u8>,
    jws: Vec<u8>,
    verified: Option<String>,
    kind: Option<String>,
    revision: Option<i32>,
    withdraws: bool,
}

struct Seen {
    digest: Vec<u8>,
    name: Vec<u8>,
    sub: Option<Sub>,
    outcome: Outcome,
}

enum Outcome {
    Right(Box<Revision>),
    /// The origin's word for word, but not to be proved.
    Unproved,
    Different(String),
}

/// Looks at every revision of a journal, on two threads while the next are read.
pub(super) async fn look(
    moment: &DatabaseTransaction,
    keys: &KeySet,
    report: &mut Report,
    entries: &Listed,
    progress: &mut (dyn FnMut(usize) + Send),
) -> Result<Held, StoreError> {
    let mut held = Held::default();
    let mut after = Vec::new();
    loop {
        let rows = chunk(moment, report.journal, after).await?;
        let count = rows.len();
        let Some(last) = rows.last() else { return Ok(held) };
        after = last.digest.clone();
        for seen in look_at_all(&report.origin, report.audience, keys, report.unlisted, rows).await {
            keep(report, entries, &mut held, seen);
        }
        progress(count);
    }
}

async fn look_at_all(origin: &str, audience: Audience, keys: &KeySet, unlisted: bool, mut rows: Vec<Row>) -> Vec<Seen> {
    let rest = rows.split_off(rows.len() / 2);
    let shares = [rows, rest].map(|share| {
        let (origin, keys) = (origin.to_owned(), keys.clone());
        tokio::task::spawn_blocking(move || {
            let look = |row| look_at(&origin, audience, &keys, unlisted, row);
            share.into_iter().map(look).collect::<Vec<_>>()
        })
    });
    let mut seen = Vec::new();
    for share in shares {
        match share.await {
            Ok(share) => seen.extend(share),
            // A share that was lost must not pass as right.
            Err(fault) => std::panic::resume_unwind(fault.into_panic()),
        }
    }
    seen
}

/// Bytes rather than texts: a changed byte may have left something that is no text.
async fn chunk(moment: &DatabaseTransaction, journal: i32, after: Vec<u8>) -> Result<Vec<Row>, DbErr> {
    let backend = moment.get_database_backend();
    let (bytes, mark) = match backend {
        DbBackend::Postgres => ("convert_to(jws, 'UTF8')", "$1"),
        _ => ("CAST(jws AS BLOB)", "?"),
    };
    let sql = format!(
        "SELECT digest, name, {bytes} AS jws, verified_key_id, kind, revision, withdraws FROM revisions \
         WHERE journal_id = {journal} AND digest > {mark} ORDER BY digest LIMIT {CHUNK}"
    );
    let statement = Statement::from_sql_and_values(backend, sql, [Value::from(after)]);
    moment.query_all_raw(statement).await?.iter().map(row).collect()
}

fn row(row: &QueryResult) -> Result<Row, DbErr> {
    Ok(Row {
        digest: row.try_get("", "digest")?,
        name: row.try_get("", "name")?,
        jws: row.try_get("", "jws")?,
        verified: row.try_get("", "verified_key_id")?,
        kind: row.try_get("", "kind")?,
        revision: row.try_get("", "revision")?,
        withdraws: row.try_get("", "withdraws")?,
    })
}

fn look_at(origin: &str, audience: Audience, keys: &KeySet, unlisted: bool, row: Row) -> Seen {
    let text = std::str::from_utf8(&row.jws).ok();
    let sub = text.and_then(said_sub);
    let outcome = match text {
        None => Outcome::Different("it is no text any more".to_owned()),
        Some(text) if sha256(text.as_bytes()).as_slice() != row.digest => {
            Outcome::Different("its bytes do not hash to its digest".to_owned())
        }
        Some(_) if unlisted => Outcome::Unproved,
        Some(text) => proved(origin, audience, keys, text, &row),
    };
    Seen { digest: row.digest, name: row.name, sub, outcome }
}

fn proved(origin: &str, audience: Audience, keys: &KeySet, text: &str, row: &Row) -> Outcome {
    let Ok(name) = Name::try_from(row.name.as_slice()) else {
        return Outcome::Different("its name in the table is no SHA-256".to_owned());
    };
    let read = Revision::read(text, Place { origin, audience, name: &name }, keys);
    match (read, row.verified.as_deref()) {
        (Ok(revision), Some(verified)) => match said_otherwise(&revision, verified, row) {
            None => Outcome::Right(Box::new(revision)),
            Some(what) => Outcome::Different(format!("the table says another {what} than the revision")),
        },
        // Its key was listed after it came.
        (Ok(revision), None) => Outcome::Right(Box::new(revision)),
        (Err(_), None) => Outcome::Unproved,
        (Err(fault), Some(_)) => Outcome::Different(fault.to_string()),
    }
}

fn said_otherwise(revision: &Revision, verified: &str, row: &Row) -> Option<&'static str> {
    match () {
        () if verified != revision.key_id => Some("key"),
        () if row.revision != Some(revision.number.cast_signed()) => Some("number"),
        () if row.kind.as_deref() != Some(revision.sub.kind_word()) => Some("kind"),
        () if row.withdraws != revision.withdraws() => Some("act"),
        () => None,
    }
}

/// The `sub` that a revision says, also of one whose claims are no JSON any more. Whoever uses it holds it against a hash.
fn said_sub(text: &str) -> Option<Sub> {
    if let Ok(unverified) = Unverified::read(text, StatementType::Revision) {
        return Sub::parse(unverified.into_claims().get("sub")?.as_str()?);
    }
    let payload = text.split('.').nth(1)?;
    // Four characters are three bytes: what was changed spoils no more than those around it.
    let decoded = payload.as_bytes().chunks(4).flat_map(|four| {
        let bytes = std::str::from_utf8(four).ok().and_then(from_base64url);
        bytes.unwrap_or_else(|| vec![0; 3])
    });
    let decoded: Vec<u8> = decoded.take(MOST_SEARCHED).collect();
    let decoded = String::from_utf8_lossy(&decoded);
    let (_, after) = decoded.split_once("\"sub\":\"")?;
    Sub::parse(after.split('"').next()?)
}

fn keep(report: &mut Report, entries: &Listed, held: &mut Held, seen: Seen) {
    report.revisions += 1;
    let digest = Digest::try_from(seen.digest.as_slice()).ok();
    let name = seen.sub.as_ref().map(Sub::name).or_else(|| Name::try_from(seen.name.as_slice()).ok());
    match seen.outcome {
        Outcome::Right(revision) => {
            let Some((digest, name)) = digest.zip(name) else { return };
            let latest = held.latest.entry(name).or_insert((0, digest, revision.sub.clone()));
            if revision.number >= latest.0 {
                *latest = (revision.number, digest, revision.sub);
            }
            held.by_digest.insert(digest, (name, seen.sub));
        }
        Outcome::Unproved => {
            report.unproved += usize::from(!report.unlisted);
            if let Some(digest) = digest {
                // By the name in the table: what it says of itself proves nothing.
                let name = Name::try_from(seen.name.as_slice()).unwrap_or_default();
                held.by_digest.insert(digest, (name, seen.sub));
            }
        }
        Outcome::Different(reason) => {
            let record = named(seen.sub, &seen.name, digest.and_then(|digest| entries.name_of(&digest)));
            report.differs(Part::Revision, Some(record), reason);
            held.bad.extend(digest);
            report.bad_revisions.push(BadRevision { digest: seen.digest, name: seen.name });
        }
    }
}

/// The `sub` if what names the record agrees with it: changed bytes may say another one.
fn named(sub: Option<Sub>, in_table: &[u8], in_entries: Option<Name>) -> String {
    let agrees = |sub: &Sub| sub.name().as_slice() == in_table || Some(sub.name()) == in_entries;
    match sub.filter(agrees) {
        Some(sub) => sub.to_string(),
        None => in_entries.map_or_else(|| base64url(in_table), |name| base64url(&name)),
    }
}
