//! What this instance answers to other instances (protocol §5): one file an endpoint, and the few concerns that they
//! share. Everything that is asked comes from outside: who asks, for which journal, and how much, is judged before
//! anything is read from the database.

mod accept;
mod anchor;
mod applications;
mod ask;
pub mod body;
pub(crate) mod bounded;
mod caller;
pub(crate) mod conditional;
mod entity;
mod hint;
mod journals;
pub mod problem;
mod revisions;
mod served;
mod state;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use self::{bounded::Turns, problem::Problem};
use crate::hub::Hub;
use axum::{
    Router,
    http::{HeaderValue, header::CACHE_CONTROL},
    middleware,
    response::Response,
    routing::{any, get, post},
};

/// Hints of one peer have an effect, and the register is asked for, at most so often, in milliseconds (protocol §2, §5).
const ONCE_A_MINUTE: i64 = 60 * 1000;

/// What the endpoints share.
pub(crate) struct Serving {
    hub: Arc<Hub>,
    turns: Turns,
    hints: Mutex<HashMap<String, i64>>,
    register_asked: AtomicI64,
    configuration: Mutex<Option<entity::Signed>>,
}

impl Serving {
    fn new(hub: Arc<Hub>) -> Self {
        Self {
            hub,
            turns: Turns::new(),
            hints: Mutex::new(HashMap::new()),
            register_asked: AtomicI64::new(i64::MIN),
            configuration: Mutex::new(None),
        }
    }

    /// Asks the hub to pull the register, since somebody names a key that it does not list; at most once a minute,
    /// however many strangers call (protocol §2).
    fn ask_for_the_register(&self) {
        let now = self.hub.now();
        let before = self.register_asked.load(Ordering::Relaxed);
        // A time ahead of now was noted before the clock was set back.
        let due = !(0..ONCE_A_MINUTE).contains(&now.saturating_sub(before));
        let mine = || self.register_asked.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if due && mine() {
            let trust = self.hub.trust();
            if let Some(coordinator) = trust.coordinator().filter(|coordinator| *coordinator != self.hub.entity_id()) {
                self.hub.want(coordinator);
            }
        }
    }
}

/// Every endpoint of protocol §5 and the entity configuration of §2, under the path `/`.
pub fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/federation/v1/journals", get(journals::list))
        .route("/federation/v1/state", get(state::answer))
        .route("/federation/v1/revisions", post(revisions::answer))
        .route("/federation/v1/anchor", get(anchor::answer))
        .route("/federation/v1/hint", post(hint::take))
        .route("/federation/v1/applications", get(applications::status).post(applications::take))
        .route("/.well-known/openid-federation", get(entity::answer))
        .route("/federation/{*path}", any(unknown_path))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(middleware::map_response(never_stored))
        .with_state(Arc::new(Serving::new(hub)))
}

async fn unknown_path() -> Problem {
    Problem::not_found("there is no such path in version 1 of the protocol")
}

/// No cache between two instances may keep what one of them has withdrawn.
async fn never_stored(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
