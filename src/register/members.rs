//! Reading the register: members, their status and their keys, by form and signature alone (protocol §2).

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement, sea_query::OnConflict,
};
use serde_json::Value;

use super::trust::Trust;
use crate::{
    journal::{
        key::{KeySet, KeyStatus},
        read::{self, Trusted},
        revision::{Act, Place, Revision},
    },
    record::{Audience, RegisterClaims, Sub, register_claims},
    store::{Store, StoreError, Write, compromised_keys, register_members},
};

/// The setting that says with which change trust changed last.
pub const TRUST_CHANGE: &str = "trust_change";

/// The setting that says up to which change the register was read.
const READ_UP_TO: &str = "register_read";

/// Reads the register if it has changed since it was read last, and stores what follows. A change of a member's
/// standing or keys touches the entries of its journals, and a record of the register those of the same name elsewhere,
/// so that they are judged anew. Says whether trust changed. `at` in milliseconds.
pub async fn refresh(store: &Store, trust: &Trust, at: i64) -> Result<bool, StoreError> {
    let Some(coordinator) = trust.coordinator() else { return Ok(false) };
    let Some(journal) = read::journal(store.read(), coordinator, Audience::Public).await? else { return Ok(false) };
    // The register proved last gives the keys until a newer one is proved, also through theft.
    if journal.key_id.as_deref().is_none_or(|key| trust.is_compromised(coordinator, key)) {
        return Ok(false);
    }
    let read_up_to = store.setting(READ_UP_TO).await?.and_then(|mark| read_mark(&mark, journal.id)).unwrap_or(0);
    let Some(newest) = newest_change(store, journal.id, read_up_to).await? else { return Ok(false) };
    let mark = format!("{} {}", journal.id, newest);
    let members = match members_changed(store, journal.id, read_up_to).await? {
        true => Some(members(store, journal.id, coordinator, trust.keys(coordinator)).await?),
        false => None,
    };
    let mut write = store.write().await?;
    let changed = match &members {
        Some(Members { kept, now }) => put(&mut write, kept, now, at).await?,
        None => false,
    };
    touch_same_names(&mut write, journal.id, read_up_to, at).await?;
    write.set(READ_UP_TO, &mark).await?;
    if changed {
        trust_changed(&mut write).await?;
    }
    write.commit().await?;
    Ok(changed)
}

/// Keeps that keys were seen compromised: final. For peers pinned by hand.
pub async fn note_compromised(store: &Store, entity_id: &str, keys: &KeySet) -> Result<(), StoreError> {
    let known = compromised_keys::Entity::find().filter(compromised_keys::Column::EntityId.eq(entity_id));
    let known: HashSet<String> = known.all(store.read()).await?.into_iter().map(|row| row.key_id).collect();
    let mut bad = keys.iter().filter(|(_, status)| *status == KeyStatus::Compromised);
    // Every command comes here: one that has nothing to say must not wait for another that writes.
    if bad.all(|(key, _)| known.contains(&**key.thumbprint())) {
        return Ok(());
    }
    let write = store.write().await?;
    keep_compromised_keys(&write, entity_id, keys).await?;
    write.commit().await?;
    Ok(())
}

/// The same inside a transaction.
pub(super) async fn keep_compromised_keys(write: &Write, entity_id: &str, keys: &KeySet) -> Result<(), StoreError> {
    for (key, status) in keys.iter() {
        if status == KeyStatus::Compromised {
            keep_compromised(write, entity_id, key.thumbprint()).await?;
        }
    }
    Ok(())
}

/// Of another journal than the one that was read last (a handover), nothing was read.
fn read_mark(mark: &str, journal: i32) -> Option<i64> {
    let (of, change) = mark.split_once(' ')?;
    (of.parse() == Ok(journal)).then(|| change.parse().ok())?
}

/// A `sub` that the register has is hidden everywhere else (protocol §3): its entries there are judged anew. Names are
/// no secret, so the register alone may do so; within an origin its public journal does.
async fn touch_same_names(write: &mut Write, register: i32, since: i64, at: i64) -> Result<(), StoreError> {
    let same = format!(
        "journal_id <> {register} AND name IN (SELECT name FROM entries WHERE journal_id = {register} AND change > {since})"
    );
    let backend = write.connection().get_database_backend();
    let any = Statement::from_string(backend, format!("SELECT 1 FROM entries WHERE {same} LIMIT 1"));
    if write.connection().query_one_raw(any).await?.is_some() {
        let change = write.number().await?;
        let touch = format!("UPDATE entries SET change = {change}, changed_at = {at} WHERE {same}");
        write.connection().execute_unprepared(&touch).await?;
    }
    Ok(())
}

/// The last change of the register after `since`, if there is one.
async fn newest_change(store: &Store, journal: i32, since: i64) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT MAX(change) AS newest FROM entries WHERE change > {since} AND journal_id = {journal}");
    let row = store.read().query_one_raw(Statement::from_string(store.backend(), sql)).await?;
    Ok(row.map_or(Ok(None), |row| row.try_get("", "newest"))?)
}

/// Whether a member record is among what changed; what cannot be read may be one.
async fn members_changed(store: &Store, journal: i32, since: i64) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 FROM entries e LEFT JOIN revisions r ON r.journal_id = e.journal_id AND r.digest = e.digest \
         WHERE e.journal_id = {journal} AND e.change > {since} AND (r.kind = 'member' OR r.kind IS NULL) LIMIT 1"
    );
    Ok(store.read().query_one_raw(Statement::from_string(store.backend(), sql)).await?.is_some())
}

/// The members as they were kept, and as the register tells them now.
struct Members {
    kept: BTreeMap<String, register_members::Model>,
    now: BTreeMap<String, register_members::Model>,
}

async fn members(store: &Store, journal: i32, coordinator: &str, keys: &KeySet) -> Result<Members, StoreError> {
    let records = records(store, journal, coordinator, keys).await?;
    let kept = register_members::Entity::find().all(store.read()).await?;
    let kept: BTreeMap<_, _> = kept.into_iter().map(|row| (row.entity_id.clone(), row)).collect();
    let names = names(store, journal, &kept).await?;
    let now = rows(&records, &names, &kept);
    Ok(Members { kept, now })
}

/// The latest member revisions that are the coordinator's word, by name.
async fn records(
    store: &Store,
    journal: i32,
    coordinator: &str,
    keys: &KeySet,
) -> Result<HashMap<[u8; 32], Revision>, StoreError> {
    let sql = format!(
        "SELECT e.name AS name, r.jws AS jws FROM entries e JOIN revisions r ON r.journal_id = e.journal_id \
         AND r.digest = e.digest WHERE e.journal_id = {journal} AND (r.kind = 'member' OR r.kind IS NULL)"
    );
    let rows = store.read().query_all_raw(Statement::from_string(store.backend(), sql)).await?;
    let mut records = HashMap::new();
    for row in rows {
        let name: Vec<u8> = row.try_get("", "name")?;
        let jws: String = row.try_get("", "jws")?;
        let Ok(name) = <[u8; 32]>::try_from(name) else { continue };
        let place = Place { origin: coordinator, audience: Audience::Public, name: &name };
        match Revision::read(&jws, place, keys) {
            Ok(revision) if revision.sub.kind_word() == "member" => {
                records.insert(name, revision);
            }
            _ => {}
        }
    }
    Ok(records)
}

/// Which of the kept members' records the register still lists.
async fn names(
    store: &Store,
    journal: i32,
    kept: &BTreeMap<String, register_members::Model>,
) -> Result<HashSet<Vec<u8>>, StoreError> {
    use crate::store::entries::{Column, Entity};
    use sea_orm::QuerySelect;
    let wanted = kept.values().filter_map(|row| Sub::parse(&row.sub)).map(|sub| sub.name().to_vec());
    let query = Entity::find().select_only().column(Column::Name).filter(Column::JournalId.eq(journal));
    let query = query.filter(Column::Name.is_in(wanted));
    Ok(query.into_tuple::<Vec<u8>>().all(store.read()).await?.into_iter().collect())
}

fn rows(
    records: &HashMap<[u8; 32], Revision>,
    names: &HashSet<Vec<u8>>,
    kept: &BTreeMap<String, register_members::Model>,
) -> BTreeMap<String, register_members::Model> {
    let mut found: BTreeMap<String, register_members::Model> = BTreeMap::new();
    let mut ordered: Vec<&Revision> = records.values().collect();
    ordered.sort_by(|a, b| a.sub.cmp(&b.sub));
    for revision in ordered {
        let Act::Put { body } = &revision.act else { continue };
        let Some(claims) = register_claims(body) else { continue };
        // Of two records with one entityId only the one with the lesser `sub` counts.
        found.entry(claims.entity_id.clone()).or_insert_with(|| row(&revision.sub, claims));
    }
    for (entity_id, before) in kept {
        let name = Sub::parse(&before.sub).map(|sub| sub.name());
        let Some(name) = name.filter(|name| names.contains(name.as_slice())) else { continue };
        if found.contains_key(entity_id) {
            continue;
        }
        match records.get(&name) {
            // A member whose record cannot be had stays as it was.
            None => {
                found.insert(entity_id.clone(), before.clone());
            }
            Some(revision) if revision.withdraws() => {
                let withdrawn = register_members::Model { status: "withdrawn".to_owned(), ..before.clone() };
                found.insert(entity_id.clone(), withdrawn);
            }
            Some(_) => {}
        }
    }
    found
}

fn row(sub: &Sub, claims: RegisterClaims) -> register_members::Model {
    register_members::Model {
        entity_id: claims.entity_id,
        sub: sub.to_string(),
        status: claims.status,
        keys: KeySet::from_listed(&claims.keys).to_json().to_string(),
        country: claims.country,
    }
}

async fn put(
    write: &mut Write,
    kept: &BTreeMap<String, register_members::Model>,
    now: &BTreeMap<String, register_members::Model>,
    at: i64,
) -> Result<bool, StoreError> {
    let mut changed = false;
    let all: std::collections::BTreeSet<&String> = kept.keys().chain(now.keys()).collect();
    for entity_id in all {
        let (before, after) = (kept.get(entity_id), now.get(entity_id));
        if before == after {
            continue;
        }
        changed = true;
        match after {
            Some(row) => put_row(write, row).await?,
            None => {
                register_members::Entity::delete_by_id(entity_id).exec(write.connection()).await?;
            }
        }
        tell_of_keys(entity_id, before, after);
        if stands_otherwise(before, after) {
            touch_origin(write, entity_id, at).await?;
        }
    }
    Ok(changed)
}

/// Every instance logs which keys a member gets, since the register alone vouches for them (protocol §1).
fn tell_of_keys(entity_id: &str, before: Option<&register_members::Model>, after: Option<&register_members::Model>) {
    let (Some(before), Some(after)) = (before, after) else { return };
    let keys = |row: &register_members::Model| {
        KeySet::from_json(&serde_json::from_str::<Value>(&row.keys).unwrap_or_default())
    };
    let known = keys(before);
    for (key, status) in keys(after).iter() {
        if known.status(key.thumbprint()) != Some(status) {
            let (thumbprint, status) = (key.thumbprint(), status.as_str());
            tracing::warn!(member = entity_id, %thumbprint, status, "the register lists a key of this member anew");
        }
    }
}

async fn put_row(write: &Write, row: &register_members::Model) -> Result<(), StoreError> {
    let keys = KeySet::from_json(&serde_json::from_str(&row.keys).unwrap_or_default());
    keep_compromised_keys(write, &row.entity_id, &keys).await?;
    use register_members::Column::{Country, EntityId, Keys, Status, Sub};
    let replace = OnConflict::column(EntityId).update_columns([Sub, Status, Keys, Country]).to_owned();
    let row = register_members::ActiveModel {
        entity_id: Set(row.entity_id.clone()),
        sub: Set(row.sub.clone()),
        status: Set(row.status.clone()),
        keys: Set(row.keys.clone()),
        country: Set(row.country.clone()),
    };
    register_members::Entity::insert(row).on_conflict(replace).exec_without_returning(write.connection()).await?;
    Ok(())
}

async fn keep_compromised(write: &Write, entity_id: &str, key_id: &str) -> Result<(), StoreError> {
    use compromised_keys::Column::{EntityId, KeyId};
    let row = compromised_keys::ActiveModel { entity_id: Set(entity_id.to_owned()), key_id: Set(key_id.to_owned()) };
    let keep = OnConflict::columns([EntityId, KeyId]).do_nothing().to_owned();
    compromised_keys::Entity::insert(row).on_conflict(keep).exec_without_returning(write.connection()).await?;
    Ok(())
}

/// Whether a change of a member's row can change what is shown: its standing, which keys are listed, which are
/// compromised. A rotation that only retires a key does not.
fn stands_otherwise(before: Option<&register_members::Model>, after: Option<&register_members::Model>) -> bool {
    let stands = |row: Option<&register_members::Model>| {
        row.map(|row| {
            let keys = KeySet::from_json(&serde_json::from_str::<Value>(&row.keys).unwrap_or_default());
            let keys: Vec<_> = keys.iter().map(|(key, status)| (key.x(), status == KeyStatus::Compromised)).collect();
            (row.status == "active", keys)
        })
    };
    stands(before) != stands(after)
}

/// Whom is trusted changes with this write: whoever follows reads it anew.
pub(super) async fn trust_changed(write: &mut Write) -> Result<(), StoreError> {
    let number = write.number().await?;
    write.set(TRUST_CHANGE, &number.to_string()).await
}

/// The records of an origin take the number of this change, so that they are judged anew and told as changed.
pub(super) async fn touch_origin(write: &mut Write, entity_id: &str, at: i64) -> Result<(), StoreError> {
    let change = write.number().await?;
    let of_journals = |mark: &str| {
        format!(
            "UPDATE entries SET change = {change}, changed_at = {at} WHERE journal_id IN \
             (SELECT id FROM journals WHERE origin = {mark})"
        )
    };
    write.run_with(of_journals, entity_id).await?;
    write.run_with(|mark| format!("UPDATE journals SET change = {change} WHERE origin = {mark}"), entity_id).await?;
    Ok(())
}
