//! The API of one hub: where its resolvers read from, who asks, and the routes.

use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use async_graphql::{Data, Request, parser::types::OperationType};
use axum::{
    Router,
    extract::ConnectInfo,
    http::{HeaderMap, Method},
};
use futures_util::future::{BoxFuture, FutureExt};
use thiserror::Error;

use super::{
    Asker, Detail, HistoryAsk, HistoryRow, HubSchema, InJournal, Judge, Reading, Source, Unreadable, fresh,
    guard::{Guard, Limits, rules::CostRules},
    http::{self, Asked, Door, Endpoint, ExecutionContext, Refusal, Settings, Trusted, TrustedError, live::Terms},
    live::Listener,
    query_page,
    reading::seed,
    schema,
    schema::trusting_schema,
    sdl,
    who::{self, Credentials},
};
use crate::{
    catalog::{Snapshot, Viewer},
    federation::{fresh::Freshening, look},
    hub::{Hub, PROGRAM},
    journal::{
        jws::{StatementType, Unverified},
        read,
    },
    record::LanguageTag,
    search,
    store::StoreError,
};

/// Why the API cannot be served.
#[derive(Debug, Error)]
pub enum RouterError {
    /// The schema does not fit its rules: a fault of the program.
    #[error("the schema: {0}")]
    Schema(String),
    /// The operator's list of documents.
    #[error(transparent)]
    Trusted(#[from] TrustedError),
}

/// The routes of the API: `/graphql`, and `/graphiql` to try it.
///
/// # Errors
/// When the trusted documents cannot be read or one would be refused.
pub fn router(hub: Arc<Hub>) -> Result<Router, RouterError> {
    router_on(Terms::default(), hub)
}

/// The same with streams on other terms.
///
/// # Errors
/// As of [`router`].
pub fn router_on(terms: Terms, hub: Arc<Hub>) -> Result<Router, RouterError> {
    let configured = &hub.config().graphql;
    let limits = Limits {
        max_depth: configured.max_depth,
        max_cost: configured.max_cost,
        max_aliases: configured.max_aliases.into(),
        max_root_fields: configured.max_root_fields.into(),
        max_tokens: configured.max_tokens as usize,
        introspection: configured.introspection,
    };
    let settings = Settings {
        timeout: configured.timeout,
        max_body: usize::try_from(hub.config().listen.max_body).unwrap_or(usize::MAX),
        cors_origins: configured.cors_origins.clone(),
        answer_cache: configured.answer_cache,
        rate: configured.rate,
    };
    let trusted = configured.trusted_documents.as_deref().map(Trusted::read).transpose()?;
    let schema = schema();
    let guard =
        Guard::new(&sdl(), &CostRules::of_the_hub(), limits).map_err(|fault| RouterError::Schema(fault.to_string()))?;
    let guard = guard.with_judge(Arc::new(Judge::new(hub.clone())));
    let streams = hub.streams().clone();
    let locked_down = trusted.is_some();
    let mut endpoint = Endpoint::new(
        schema,
        guard,
        HubDoor { hub, freshening: Freshening::default(), ask_again: terms.ask_again },
        settings,
    )
    .with_trusting(trusting_schema())
    .with_streams(streams, terms);
    if let Some(trusted) = trusted {
        endpoint = endpoint.with_trusted(trusted)?;
    }
    Ok(http::router(endpoint).merge(query_page::router(locked_down)))
}

/// Asks a hub from inside this program, as anybody.
pub async fn ask(hub: Arc<Hub>, query: &str) -> serde_json::Value {
    let schema: HubSchema = schema();
    let reading = Reading::new(hub, Asker::ANONYMOUS, Vec::new());
    let answer = schema.execute(Request::new(query).data(reading)).await;
    serde_json::to_value(&answer).unwrap_or_default()
}

struct HubDoor {
    hub: Arc<Hub>,
    freshening: Freshening,
    ask_again: Duration,
}

impl Door for HubDoor {
    async fn open(&self, asked: Asked<'_>) -> Result<ExecutionContext, Refusal> {
        let credentials = Credentials::of(&self.hub, &asked)?;
        let person = who::shows(&self.hub, &credentials).await?;
        if person.is_some() && asked.operation.kind == OperationType::Mutation {
            // What a mutation publishes is signed: never on top of a state that was set back (protocol §8).
            look::before_signing(&self.hub).await;
        }
        let address = asked.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let private = person.is_some();
        let name = person.as_ref().map(|person| person.name.to_string());
        let asker = Asker { person, address };
        let wish = fresh::wish(&asked);
        if let Some(wish) = &wish {
            let longest = self.hub.config().graphql.fresh_timeout;
            self.freshening.freshen(&self.hub, wish, asker.viewer(), longest).await;
        }
        let wanted: Vec<_> = asked.languages.iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
        let mut data = Data::default();
        if asked.operation.kind == OperationType::Subscription {
            let (hub, patience) = (self.hub.clone(), self.ask_again);
            data.insert(Listener::new(hub, credentials, asker.clone(), wanted.clone(), patience));
        }
        let reading = Reading::new(self.hub.clone(), asker, wanted).until(asked.stop.clone());
        let extensions = wish.map(|wish| {
            let older = wish.older(reading.snapshot.network(), reading.viewer(), reading.now_ms);
            ("freshness".to_owned(), fresh::told(older))
        });
        let etag_seed = reading.seed(PROGRAM);
        let languages = reading.languages().iter().map(|tag| tag.as_str().to_owned()).collect();
        data.insert(reading);
        data.insert(self.hub.clone());
        // What still is older is true for this second only.
        let private = private || extensions.is_some();
        let extensions = extensions.into_iter().collect();
        Ok(ExecutionContext { etag_seed, languages, data, private, person: name, standing: None, extensions })
    }

    fn says_who(&self, method: &Method, headers: &HeaderMap) -> bool {
        who::is_said(&self.hub, method, headers)
    }

    fn moment(&self) -> Option<String> {
        let (index, snapshot) = (self.hub.index().reader(), self.hub.snapshot());
        Some(seed(&snapshot, index.as_deref(), Viewer::PUBLIC, self.hub.now(), PROGRAM))
    }

    fn max_body(&self, method: &Method, headers: &HeaderMap) -> Option<usize> {
        self.says_who(method, headers)
            .then(|| usize::try_from(self.hub.config().listen.max_body_signed_in).unwrap_or(usize::MAX))
    }
}

impl Source for Hub {
    fn snapshot(&self) -> Arc<Snapshot> {
        Hub::snapshot(self)
    }

    fn index(&self) -> Option<Arc<search::Reader>> {
        Hub::index(self).reader()
    }

    fn revisions(&self, wanted: Vec<InJournal>) -> BoxFuture<'_, Result<HashMap<InJournal, String>, Unreadable>> {
        let mut journals: HashMap<u32, Vec<[u8; 32]>> = HashMap::new();
        for (journal, digest) in wanted {
            journals.entry(journal).or_default().push(digest);
        }
        async move {
            let mut found = HashMap::new();
            for (journal, digests) in journals {
                let rows = read::revisions(self.store(), journal.cast_signed(), &digests).await.map_err(unreadable)?;
                found.extend(rows.into_iter().map(|(digest, jws)| ((journal, digest), jws)));
            }
            Ok(found)
        }
        .boxed()
    }

    fn history(
        &self,
        wanted: Vec<InJournal>,
        ask: HistoryAsk,
    ) -> BoxFuture<'_, Result<HashMap<InJournal, Vec<HistoryRow>>, Unreadable>> {
        async move {
            let (mut found, mut left) = (HashMap::new(), ask.most_bytes);
            let signed = ask.detail > Detail::Row;
            // One query a record, by the index: one over all of them (a window) takes SQLite 15 times as long.
            for (journal, name) in wanted {
                let rows = read::seen(self.store(), journal.cast_signed(), &name, ask.first, signed).await;
                let rows = rows.map_err(unreadable)?;
                let rows: Vec<HistoryRow> = match signed {
                    false => rows.into_iter().filter_map(|row| told(row, ask.detail)).collect(),
                    true => {
                        let read = move || rows.into_iter().filter_map(|row| told(row, ask.detail)).collect();
                        tokio::task::spawn_blocking(read).await.map_err(|_| Unreadable::Failing)?
                    }
                };
                let bytes: usize = rows.iter().filter_map(|row| row.jws.as_deref()).map(str::len).sum();
                left = left.checked_sub(bytes).ok_or(Unreadable::TooMuch)?;
                found.insert((journal, name), rows);
            }
            Ok(found)
        }
        .boxed()
    }

    fn pulling(&self, journal: u32) -> bool {
        self.is_pulling(journal.cast_signed())
    }

    fn now_ms(&self) -> i64 {
        self.now()
    }

    fn default_language(&self) -> LanguageTag {
        self.languages().first().cloned().unwrap_or_else(LanguageTag::english)
    }
}

/// A revision as it is told; none whose signed text, where it was read, does not say when it was signed.
fn told(row: read::Seen, detail: Detail) -> Option<HistoryRow> {
    let signed_at = row.jws.as_deref().map(signed_at);
    Some(HistoryRow {
        number: row.number,
        signed_at: match signed_at {
            Some(signed_at) => Some(signed_at?),
            None => None,
        },
        received_at: row.received_at,
        key_id: row.key_id.into(),
        jws: row.jws.filter(|_| detail == Detail::Signed).map(Into::into),
    })
}

fn signed_at(jws: &str) -> Option<i64> {
    Unverified::read(jws, StatementType::Revision).ok()?.into_claims().get("iat")?.as_i64()
}

fn unreadable(fault: StoreError) -> Unreadable {
    tracing::error!("revisions could not be read: {fault}");
    Unreadable::Failing
}
