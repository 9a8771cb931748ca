//! The transport as a client sees it, with a small schema.
#![allow(clippy::unwrap_used)]

mod caches;
mod exposed;

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use async_graphql::{Context, EmptySubscription, Error, ErrorExtensions, Object, Schema, SimpleObject};
use axum::body::Body;
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::graphql::guard::{Guard, Limits, rules::CostRules};

static RUNS: AtomicUsize = AtomicUsize::new(0);

struct Query;
struct Mutation;

#[derive(SimpleObject)]
struct Lagging {
    lag_seconds: i32,
}

#[Object]
impl Query {
    async fn hello(&self, context: &Context<'_>, name: Option<String>) -> String {
        let languages = context.data_unchecked::<Vec<String>>();
        format!("{} {}", languages.join(","), name.unwrap_or_default())
    }
    async fn number(&self, value: i32) -> i32 {
        value
    }
    async fn sync(&self) -> Lagging {
        Lagging { lag_seconds: 3 }
    }
    async fn broken(&self) -> Result<Option<i32>, Error> {
        Err(Error::new("no such table: secrets in /var/lib/hub.db"))
    }
    async fn forbidden(&self) -> Result<Option<i32>, Error> {
        Err(Error::new("Sign in first.").extend_with(|_, extensions| extensions.set("code", "FORBIDDEN")))
    }
    async fn broken_list(&self) -> Option<Vec<Result<i32, Error>>> {
        Some(vec![Ok(1), Err(Error::new("broken"))])
    }
    async fn inner(&self) -> Inner {
        Inner
    }
    async fn panics(&self, why: Option<String>) -> Option<i32> {
        why.map(|_| 1).or_else(|| panic!("on purpose"))
    }
    async fn thread(&self) -> String {
        format!("{:?}", std::thread::current().id())
    }
    async fn never(&self) -> Option<i32> {
        std::future::pending().await
    }
    async fn endless(&self, context: &Context<'_>, named: String) -> i32 {
        let stop = context.data_unchecked::<Stop>();
        let _running = Running::begin(&named);
        while std::hint::black_box(true) {
            stop.look();
            std::thread::yield_now();
        }
        0
    }
    async fn long(&self) -> String {
        "many words ".repeat(1000)
    }
    /// Counted apart from what other tests run meanwhile.
    async fn tallied(&self) -> i32 {
        exposed::RUNS_ALONE.fetch_add(1, Ordering::SeqCst);
        1
    }
    async fn counted(&self) -> i32 {
        RUNS.fetch_add(1, Ordering::SeqCst);
        1
    }
}

static RUNNING: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Work that goes on, by its name.
struct Running(String);

impl Running {
    fn begin(name: &str) -> Self {
        RUNNING.lock().unwrap().push(name.to_owned());
        Self(name.to_owned())
    }

    async fn until(name: &str, running: bool) {
        while RUNNING.lock().unwrap().iter().any(|known| known.starts_with(name)) != running {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut running = RUNNING.lock().unwrap();
        let place = running.iter().position(|known| *known == self.0).unwrap();
        running.remove(place);
    }
}

struct Inner;

#[Object]
impl Inner {
    async fn broken(&self) -> Result<Option<i32>, Error> {
        Err(Error::new("broken"))
    }
}

#[Object]
impl Mutation {
    async fn write(&self) -> i32 {
        1
    }
}

struct TestDoor;

impl Door for TestDoor {
    async fn open(&self, asked: Asked<'_>) -> Result<ExecutionContext, Refusal> {
        if asked.headers.get(header::AUTHORIZATION).is_some_and(|value| value == "Bearer bad") {
            return Err(Refusal {
                status: StatusCode::UNAUTHORIZED,
                code: Code::Unauthenticated,
                message: "The token is not valid; get another.".into(),
                retry_after: None,
            });
        }
        let mut context = ExecutionContext {
            etag_seed: "database 7".into(),
            languages: asked.languages.to_vec(),
            private: asked.headers.contains_key(header::AUTHORIZATION),
            person: asked.headers.get(header::AUTHORIZATION).map(|_| "ana".into()),
            ..ExecutionContext::default()
        };
        context.data.insert(asked.languages.to_vec());
        context.data.insert(asked.stop.clone());
        Ok(context)
    }

    fn moment(&self) -> Option<String> {
        Some("database 7".into())
    }
}

fn app(settings: Settings) -> Router {
    router(endpoint(settings))
}

fn endpoint(settings: Settings) -> Endpoint<Query, Mutation, EmptySubscription, TestDoor> {
    let schema = Schema::build(Query, Mutation, EmptySubscription).finish();
    let rules = CostRules::of_the_hub().items("Int", 2);
    let guard = Guard::new(&schema.sdl(), &rules, Limits::default()).unwrap();
    assert!(guard.uncovered().is_empty());
    Endpoint::new(schema, guard, TestDoor, settings)
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }
}

async fn send(settings: Settings, request: Request<Body>) -> Answer {
    send_to(&app(settings), request).await
}

async fn send_to(app: &Router, request: Request<Body>) -> Answer {
    let response = app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

async fn post(accept: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/graphql").header("content-type", "application/json").header("accept", accept);
    send(Settings::default(), request.body(body.into()).unwrap()).await
}

async fn query(text: &str) -> Answer {
    post("application/json", json!({ "query": text }).to_string()).await
}

async fn get(parameters: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(Request::get(format!("/graphql?{parameters}")), |request, (name, value)| request.header(*name, *value));
    send(Settings::default(), request.body(Body::empty()).unwrap()).await
}

const GRAPHQL: &str = "application/graphql-response+json";

#[tokio::test]
async fn the_status_follows_the_form_of_the_answer() {
    for (body, json_status, graphql_status, code) in [
        (json!({"query": "{ counted }"}).to_string(), 200, 200, ""),
        (json!({"query": "{"}).to_string(), 200, 400, "PARSE_FAILED"),
        (json!({"query": "{ unknown }"}).to_string(), 200, 400, "VALIDATION_FAILED"),
        (json!({"query": "{ number(value: \"x\") }"}).to_string(), 200, 400, "BAD_USER_INPUT"),
        (json!({"query": "query($v: Int!) { number(value: $v) }"}).to_string(), 200, 400, "BAD_USER_INPUT"),
        (
            json!({"query": "query($v: Int!) { number(value: $v) }", "variables": {"v": "x"}}).to_string(),
            200,
            400,
            "BAD_USER_INPUT",
        ),
        (json!({"query": "query A { counted }", "operationName": "B"}).to_string(), 200, 400, "BAD_USER_INPUT"),
        (json!({"query": "subscription { x }"}).to_string(), 200, 400, "VALIDATION_FAILED"),
        (json!({"query": "query($v: Nothing! = 1) { number(value: $v) }"}).to_string(), 200, 400, "VALIDATION_FAILED"),
        (
            json!({"query": "query($v: [Nothing!] = [1]) { number(value: $v) }"}).to_string(),
            200,
            400,
            "VALIDATION_FAILED",
        ),
        (json!({"query": "{ number(value: 99999999999) }"}).to_string(), 200, 400, "BAD_USER_INPUT"),
        (json!({"query": "{ broken }"}).to_string(), 200, 200, "INTERNAL"),
        (json!({"query": "{ forbidden }"}).to_string(), 200, 200, "FORBIDDEN"),
        (json!({"query": "{ panics }"}).to_string(), 500, 500, "INTERNAL"),
        (json!({"qeury": "{ counted }"}).to_string(), 400, 400, "BAD_USER_INPUT"),
        (json!({"query": 1}).to_string(), 400, 400, "BAD_USER_INPUT"),
        (json!({"query": "{ counted }", "variables": []}).to_string(), 400, 400, "BAD_USER_INPUT"),
        (json!([{"query": "{ counted }"}]).to_string(), 400, 400, "BAD_USER_INPUT"),
        (json!("{ counted }").to_string(), 400, 400, "BAD_USER_INPUT"),
        ("{ \"query".into(), 400, 400, "PARSE_FAILED"),
        (" ".into(), 400, 400, "BAD_USER_INPUT"),
        (
            format!("{{\"query\": \"{{ counted }}\", \"variables\": {{\"v\": {}}}}}", "[".repeat(10_000)),
            400,
            400,
            "PARSE_FAILED",
        ),
        ("x".repeat(100_000), 413, 413, "TOO_LARGE"),
    ] {
        let start: String = body.chars().take(80).collect();
        for (accept, status) in [("application/json", json_status), (GRAPHQL, graphql_status)] {
            let answer = post(accept, body.clone()).await;
            assert_eq!((answer.status, answer.code()), (status, code), "{start}");
            assert!(answer.header("content-type").starts_with(accept), "{start}");
            assert_eq!(answer.header("vary"), "Accept, Accept-Language, Accept-Encoding, Authorization, Cookie");
        }
    }
}

#[tokio::test]
async fn data_is_absent_when_nothing_ran_and_null_when_a_field_failed() {
    let has_data = |answer: &Answer| answer.body.as_object().unwrap().get("data").cloned();
    assert_eq!(has_data(&query("{ unknown }").await), None);
    assert_eq!(has_data(&query("{").await), None);
    assert_eq!(has_data(&query("{ broken }").await), Some(json!({"broken": null})));
    assert_eq!(has_data(&query("{ broken counted }").await), Some(json!({"broken": null, "counted": 1})));
    assert_eq!(has_data(&query("{ again: broken broken }").await), Some(json!({"again": null, "broken": null})));
    assert_eq!(has_data(&query("{ counted brokenList }").await), Some(json!({"counted": 1, "brokenList": null})));
    assert_eq!(has_data(&query("{ inner { broken } }").await), Some(json!({"inner": {"broken": null}})));
}

#[tokio::test]
async fn nothing_of_the_machine_goes_out() {
    let answer = query("{ broken }").await;
    assert!(!answer.body.to_string().contains("secrets"), "{}", answer.body);
    assert_eq!(query("{ forbidden }").await.body["errors"][0]["message"], "Sign in first.");
}

#[tokio::test]
async fn the_number_and_the_length_of_errors_is_bounded() {
    let variables = (0..199).map(|number| format!("$v{number}: Int ")).collect::<String>();
    let answer = query(&format!("query({variables}) {{ counted }}")).await;
    let errors = answer.body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), MAX_ERRORS + 1);
    assert_eq!(errors[MAX_ERRORS]["message"], "… and 179 more errors; mend these first.");
    assert_eq!(errors[MAX_ERRORS]["extensions"]["code"], "VALIDATION_FAILED");
    let answer = query(&format!("{{ {} }}", "x".repeat(10_000))).await;
    assert!(answer.body.to_string().len() < 1000);
}

#[tokio::test]
async fn other_methods_and_forms_are_turned_away() {
    let send = |request: http::request::Builder| async {
        send(Settings::default(), request.body(Body::from("{}")).unwrap()).await
    };
    let answer = send(Request::put("/graphql")).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, POST, OPTIONS"));
    assert_eq!(answer.code(), "METHOD_NOT_ALLOWED");
    assert_eq!(send(Request::post("/graphql")).await.status, 415);
    assert_eq!(send(Request::post("/graphql").header("content-type", "text/plain")).await.status, 415);
    let zipped =
        Request::post("/graphql").header("content-type", "application/json").header("content-encoding", "gzip");
    assert_eq!(send(zipped).await.status, 415);
    assert_eq!(post("text/html", "{}").await.status, 406);
}

#[tokio::test]
async fn get_answers_queries_only() {
    let answer =
        get("query=query($n:String){hello(name:$n)}&variables={%22n%22:%22Ana%22}", &[("accept-language", "fr")]).await;
    assert_eq!(answer.body["data"], json!({"hello": "fr Ana"}));
    let answer = get("query=mutation{write}", &[]).await;
    assert_eq!((answer.status, answer.header("allow"), answer.code()), (405, "POST", "METHOD_NOT_ALLOWED"));
    assert_eq!(get("variables={}", &[]).await.status, 400);
    assert_eq!(get("query={counted}&variables=[]", &[]).await.status, 400);
    assert_eq!(get("query={counted}&query={counted}", &[]).await.status, 400);
    assert_eq!(get("query={counted}&variables=&operationName=", &[]).await.status, 200);
    assert_eq!(get(&format!("query={{counted}}&x={}", "x".repeat(65_000)), &[]).await.status, 200);
}

#[tokio::test]
async fn the_door_can_turn_a_request_away() {
    let answer = get("query={counted}", &[("authorization", "Bearer bad")]).await;
    assert_eq!((answer.status, answer.code()), (401, "UNAUTHENTICATED"));
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn work_that_takes_too_long_is_stopped() {
    let settings = Settings { timeout: Duration::from_millis(20), ..Settings::default() };
    let answer = send(settings, Request::get("/graphql?query={never}").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.code()), (503, "TIMEOUT"));
}

#[tokio::test]
async fn pages_of_other_origins_may_read_without_credentials() {
    let with_origin = |method: &'static str| {
        let request =
            Request::builder().method(method).uri("/graphql?query={counted}").header("origin", "https://a.example");
        request.header("access-control-request-method", "POST").body(Body::empty()).unwrap()
    };
    let answer = send(Settings::default(), with_origin("GET")).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert_eq!(answer.header("vary"), "Accept, Accept-Language, Accept-Encoding, Authorization, Cookie");
    let before = send(Settings::default(), with_origin("OPTIONS")).await;
    assert_eq!(before.header("access-control-allow-methods"), "GET,POST");
    let only = |origin: &str| Settings { cors_origins: vec![origin.into()], ..Settings::default() };
    let known = send(only("https://a.example"), with_origin("GET")).await;
    assert_eq!(known.header("access-control-allow-origin"), "https://a.example");
    let other = send(only("https://b.example"), with_origin("GET")).await;
    assert_eq!(other.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn an_expensive_answer_is_made_beside_the_async_threads() {
    let here = format!("{:?}", std::thread::current().id());
    let thread = async |text: &str| query(text).await.body["data"]["thread"].as_str().unwrap().to_owned();
    assert_eq!(thread("{ thread }").await, here);
    assert_ne!(thread("{ thread __schema { queryType { name } } }").await, here);
    let panicked = query("{ panics __schema { queryType { name } } }").await;
    assert_eq!((panicked.status, panicked.code()), (500, "INTERNAL"));
}
