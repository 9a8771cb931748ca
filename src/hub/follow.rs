//! The one counter: whenever it has moved, by this process or another one on the same database, the register is read,
//! trust and network are looked at anew, and the catalogue is moved on from the last number seen. There is no other
//! way into the catalogue.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use super::{Hub, network};
use crate::{
    catalog::{Change, Hiding, RecordState, RecordUpdate, Revision, Snapshot, Update, Viewer, Withdrawal},
    journal::{
        adopt,
        encoding::base64url,
        entry::Name,
        judge::Verdict,
        read::{self, Judged, Trusted as _},
        revision::{self, Act},
    },
    record::{RecordKey, Sub},
    register::{self, Trust},
    store::StoreError,
};

/// The reason shown for a revision that the origin itself lacks.
const GAP: &str = "the origin lacks this revision: a gap";

/// Looks at trust in one step: a look can itself move the number, and somebody may write all the time.
const MOST_LOOKS: usize = 8;

/// What one step hands to the catalogue, by record.
type Updates = HashMap<RecordKey, RecordUpdate>;

/// What is remembered from one step to the next.
#[derive(Default)]
pub(super) struct Follower {
    number: u64,
    started: bool,
    trust_change: Option<String>,
    keys: HashMap<(i32, Name), (RecordKey, Sub)>,
    /// What the catalogue may show from before a rebuild, until the rebuild is in it.
    before: HashMap<RecordKey, Sub>,
    strings: HashSet<Arc<str>>,
    pub(super) hidden: HashMap<i32, BTreeMap<Name, (String, String)>>,
    pub(super) gaps: HashMap<i32, HashSet<Name>>,
}

impl Hub {
    /// Moves trust and catalogue on to what the database says now. Gives the number of the last change seen.
    pub async fn catch_up(&self) -> Result<u64, StoreError> {
        let mut follower = self.follower.lock().await;
        let number = self.store.number().await?;
        if follower.started && number == follower.number {
            return Ok(number);
        }
        let number = self.trust_at(&mut follower, number).await?;
        let rebuilt = read::rebuild_since(&self.store).await?;
        if !follower.started || rebuilt > follower.number {
            follower.begin_anew();
        }
        let trust = self.trust();
        let rows = read::journals(&self.store).await?;
        let origins: HashMap<i32, String> = rows.iter().map(|row| (row.id, row.origin.clone())).collect();
        let mut updates = Updates::new();
        let since = if follower.started { follower.number } else { 0 };
        read::changed(&self.store, trust.clone(), since, |chunk| follower.take(chunk, &origins, &trust, &mut updates))
            .await?;
        if follower.started && updates.values().any(|update| matches!(update.state, RecordState::Withdrawn(_))) {
            self.store.scrub_later();
        }
        let shown = self.catalog.snapshot();
        // Two journals can hold records of one key (a handover): what hides in the one does not hide the other's.
        let mut records: Vec<RecordUpdate> =
            updates.into_values().filter(|update| !hides_anothers(update, &shown)).collect();
        records.extend(follower.gone(self.now()));
        let network = network::view(self, &trust, &rows, &follower).await?;
        // What went while nobody followed has told nobody.
        let forgotten = if follower.started { 0 } else { rebuilt };
        let update = Update { number, at: self.now(), forgotten, network: Some(Arc::new(network)), records };
        // A whole catalogue takes its time: off the async threads.
        let catalog = self.catalog.clone();
        if let Err(fault) = tokio::task::spawn_blocking(move || catalog.apply(update)).await {
            return Err(StoreError::Query(sea_orm::DbErr::Custom(format!("the catalogue: {fault}"))));
        }
        self.moments.send_replace(number);
        follower.before.clear();
        follower.started = true;
        follower.number = number;
        Ok(number)
    }

    /// Follows the counter until the process is told to stop: ten looks a second, at once after own changes.
    pub async fn follow(self: Arc<Self>, stop: tokio_util::sync::CancellationToken) {
        let mut ticks = tokio::time::interval(std::time::Duration::from_millis(100));
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let (mut stale_look, mut key_look) = (self.now(), self.now());
        let mut said: Option<String> = None;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.news.notified() => {}
                _ = ticks.tick() => {}
            }
            let now = self.now();
            if let Err(fault) = self.store.scrub_if_due().await {
                tracing::warn!("erased bodies may still stand in the write-ahead log: {fault}");
            }
            if now - key_look > 1_000 {
                // A command has made or moved a key: nothing in the database says so.
                key_look = now;
                let fault = self.look_at_keys().await.err().map(|fault| fault.to_string());
                if let Some(fault) = fault.as_ref().filter(|fault| said.as_ref() != Some(fault)) {
                    tracing::error!("the key of this instance: {fault}");
                }
                said = fault;
            }
            if now - stale_look > 30_000 {
                stale_look = now;
                if let Err(fault) = self.note_stale(now).await {
                    tracing::warn!("looking for stale copies: {fault}");
                }
            }
            if let Err(fault) = self.catch_up().await {
                tracing::error!("the catalogue cannot follow the database: {fault}");
            }
        }
    }

    /// Looks at trust until nothing has come meanwhile: what does, would count as seen and its register never be read.
    /// Gives the number that trust was looked at with; one that is behind makes the next step look again.
    async fn trust_at(&self, follower: &mut Follower, mut number: u64) -> Result<u64, StoreError> {
        let mut looks = 0;
        loop {
            self.look_at_trust(follower).await?;
            looks += 1;
            let now = self.store.number().await?;
            if now == number || looks == MOST_LOOKS {
                return Ok(number);
            }
            number = now;
        }
    }

    async fn look_at_trust(&self, follower: &mut Follower) -> Result<(), StoreError> {
        let trust = self.trust();
        let changed = register::refresh(&self.store, &trust, self.now()).await?;
        let mark = self.store.setting(register::TRUST_CHANGE).await?;
        let blind = trust.register_journal().is_none() && trust.coordinator().is_some();
        if changed || blind || mark != follower.trust_change || !follower.started {
            let trust = Trust::load(&self.store, &self.trust_source()).await?;
            // A link reached or a first copy of the register can make more of the register readable.
            let again = register::refresh(&self.store, &trust, self.now()).await?;
            let trust = if again { Trust::load(&self.store, &self.trust_source()).await? } else { trust };
            for row in read::journals(&self.store).await? {
                adopt::look_again(&self.store, &row, trust.keys(&row.origin), self.now()).await?;
            }
            self.trust.store(Arc::new(trust));
            follower.trust_change = self.store.setting(register::TRUST_CHANGE).await?;
        }
        self.follow_keys().await
    }

    /// Looks at the key files now: a command made one, which nothing in the database says.
    pub async fn look_at_keys(&self) -> Result<(), StoreError> {
        let _one_at_a_time = self.follower.lock().await;
        self.follow_keys().await
    }

    async fn follow_keys(&self) -> Result<(), StoreError> {
        if self.settle_keys(&self.trust()).await? {
            // Trust begins with the own key.
            self.trust.store(Arc::new(Trust::load(&self.store, &self.trust_source()).await?));
        }
        Ok(())
    }
}

impl Follower {
    /// Forgets all but what may have to go from the catalogue: also when a rebuild that failed begins again.
    fn begin_anew(&mut self) {
        let mut before = std::mem::take(&mut self.before);
        before.extend(std::mem::take(&mut self.keys).into_values());
        *self = Follower { trust_change: self.trust_change.take(), before, ..Follower::default() };
    }

    /// Takes what was judged, chunk by chunk; of two states of one key the one counts that shows more.
    fn take(&mut self, judged: Vec<Judged>, origins: &HashMap<i32, String>, trust: &Trust, updates: &mut Updates) {
        for mut judged in judged {
            let Some(origin) = origins.get(&judged.journal) else { continue };
            if self.is_carried_on(&judged, origin, origins, trust) {
                let reason = "the coordinator of now has this record".to_owned();
                judged.verdict = Some(Verdict::Hidden { sub: None, reason });
            }
            let Some(update) = self.update(judged, origin, trust) else { continue };
            // Of the same record in the journals of two coordinators the present one's counts.
            let leads = trust.coordinator() == Some(origin);
            match updates.get(&update.key) {
                Some(before) if rank(&before.state) > rank(&update.state) => {}
                Some(before) if rank(&before.state) == rank(&update.state) && !leads => {}
                _ => {
                    updates.insert(update.key, update);
                }
            }
        }
    }

    /// Whether a former coordinator's record stands in the present one's journal of the same audience (protocol §2,
    /// handover).
    fn is_carried_on(&self, judged: &Judged, origin: &str, origins: &HashMap<i32, String>, trust: &Trust) -> bool {
        let now = trust.coordinator();
        let former = now != Some(origin) && trust.coordinators().contains(&origin);
        former && origins.iter().any(|(id, of)| Some(&**of) == now && self.keys.contains_key(&(*id, judged.name)))
    }

    fn update(&mut self, judged: Judged, origin: &str, trust: &Trust) -> Option<RecordUpdate> {
        let place = (judged.journal, judged.name);
        self.hidden.entry(place.0).or_default().remove(&place.1);
        self.gaps.entry(place.0).or_default().remove(&place.1);
        let change = Change { number: judged.change, at: judged.changed_at, revised: judged.revised };
        let from = From { journal: place.0.unsigned_abs(), received_at: judged.received_at, digest: judged.digest };
        let known = self.keys.get(&place).map(|(_, sub)| sub.clone());
        let (sub, state) = match judged.verdict {
            Some(Verdict::Shown(revision, record)) => {
                let shown = self.revision(&from, judged.via.as_deref(), &revision);
                (Some(revision.sub), RecordState::Shown(Box::new(shown), Arc::new(record)))
            }
            Some(Verdict::Withdrawn(revision)) => {
                let withdrawal = withdrawal(from.journal, &revision, trust);
                (Some(revision.sub), RecordState::Withdrawn(withdrawal))
            }
            Some(Verdict::Hidden { sub, reason }) => {
                let sub = sub.or(known);
                let name = sub.as_ref().map_or_else(|| base64url(&place.1), Sub::to_string);
                self.hidden.entry(place.0).or_default().insert(place.1, (name, reason.clone()));
                (sub, RecordState::Hidden(Hiding { journal: from.journal, reason: reason.into() }))
            }
            None => {
                self.gaps.entry(place.0).or_default().insert(place.1);
                (known, RecordState::Hidden(Hiding { journal: from.journal, reason: GAP.into() }))
            }
        };
        // What was never read and has no name shows nowhere, so there is nothing to hide.
        let sub = sub?;
        let key = trust.record_key(origin, &sub);
        self.keys.insert(place, (key, sub.clone()));
        Some(RecordUpdate { key, sub, change, state })
    }

    /// After a rebuild: what was known before and is known no more.
    fn gone(&self, now: i64) -> Vec<RecordUpdate> {
        let here: HashSet<RecordKey> = self.keys.values().map(|(key, _)| *key).collect();
        let change = Change { number: self.number, at: now, revised: false };
        let gone = |(key, sub): (&RecordKey, &Sub)| RecordUpdate {
            key: *key,
            sub: sub.clone(),
            change,
            state: RecordState::Gone,
        };
        self.before.iter().filter(|(key, _)| !here.contains(*key)).map(gone).collect()
    }

    fn revision(&mut self, from: &From, via: Option<&str>, revision: &revision::Revision) -> Revision {
        Revision {
            journal: from.journal,
            number: revision.number,
            signed_at: revision.signed_at,
            created_at: revision.created_at,
            received_at: from.received_at,
            via: via.map(|via| self.shared(via)),
            key_id: self.shared(&revision.key_id),
            digest: from.digest,
        }
    }

    /// One copy of each thumbprint and entityId, however many records name it.
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.strings.get(text) {
            return known.clone();
        }
        let new: Arc<str> = text.into();
        self.strings.insert(new.clone());
        new
    }
}

/// Where a revision stands, and when it came.
struct From {
    journal: u32,
    received_at: i64,
    digest: [u8; 32],
}

fn withdrawal(journal: u32, revision: &revision::Revision, trust: &Trust) -> Withdrawal {
    let superseded_by = match &revision.act {
        Act::Withdraw { superseded_by: Some((origin, sub)) } => Some(trust.record_key(origin, sub)),
        _ => None,
    };
    Withdrawal { journal, withdrawn_at: revision.signed_at, superseded_by }
}

/// Which of two states of one key counts.
fn rank(state: &RecordState) -> u8 {
    match state {
        RecordState::Shown(..) => 3,
        RecordState::Withdrawn(_) => 2,
        RecordState::Hidden(_) => 1,
        RecordState::Gone => 0,
    }
}

fn hides_anothers(update: &RecordUpdate, shown: &Snapshot) -> bool {
    let RecordState::Hidden(hiding) = &update.state else { return false };
    shown.record(update.key, Viewer::NETWORK).is_some_and(|record| record.revision.journal != hiding.journal)
}
