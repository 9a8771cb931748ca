//! What an endpoint keeps, learns, trusts and counts.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;

use super::*;

fn json(body: &Value) -> Request<Body> {
    let request = Request::post("/graphql").header("content-type", "application/json");
    request.body(body.to_string().into()).unwrap()
}

fn by_get(parameters: &str) -> Request<Body> {
    Request::get(format!("/graphql?{parameters}")).body(Body::empty()).unwrap()
}

fn from(address: &str, mut request: Request<Body>) -> Request<Body> {
    let address: SocketAddr = address.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(address));
    request
}

fn keeping() -> Router {
    app(Settings { answer_cache: 1 << 20, ..Settings::default() })
}

pub(super) static RUNS_ALONE: AtomicUsize = AtomicUsize::new(0);

/// How often the answers to these ran `tallied`, which one test alone asks for; they are sent in turn.
async fn runs(app: &Router, requests: impl IntoIterator<Item = Request<Body>>) -> usize {
    let before = RUNS_ALONE.load(Ordering::SeqCst);
    for request in requests {
        let answer = send_to(app, request).await;
        assert_eq!(answer.body["data"]["tallied"], 1, "{}", answer.body);
    }
    RUNS_ALONE.load(Ordering::SeqCst) - before
}

#[tokio::test]
async fn what_was_answered_before_is_not_run_again() {
    let app = keeping();
    let first = send_to(&app, by_get("query={long}")).await;
    let again = send_to(&app, by_get("query={long}")).await;
    assert_eq!(first.body, again.body);
    for name in ["etag", "cache-control", "vary", "content-type", "x-content-type-options"] {
        assert_eq!(first.header(name), again.header(name), "{name}");
    }
    let named = json!({"query": "{ named: counted }"});
    for accept in ["application/json", GRAPHQL] {
        let mut request = json(&named);
        request.headers_mut().insert("accept", accept.parse().unwrap());
        let answer = send_to(&app, request).await;
        assert!(answer.header("content-type").starts_with(accept));
        assert_eq!((answer.status, answer.header("etag"), answer.header("cache-control")), (200, "", "no-cache"));
        assert_eq!(answer.body["data"], json!({"named": 1}));
    }
    let mut asked_again = by_get("query={long}");
    asked_again.headers_mut().insert("if-none-match", first.header("etag").parse().unwrap());
    assert_eq!(send_to(&app, asked_again).await.status, 304);
}

#[tokio::test]
async fn a_kept_answer_goes_out_compressed_once_and_for_all() {
    let app = keeping();
    let ask = || {
        let mut request = by_get("query={long}");
        request.headers_mut().insert("accept-encoding", "gzip".parse().unwrap());
        app.clone().oneshot(request)
    };
    assert_eq!(ask().await.unwrap().headers().get("content-encoding"), None, "the layer's part");
    let kept = ask().await.unwrap();
    assert_eq!(kept.headers()["content-encoding"], "gzip");
    let zipped = kept.into_body().collect().await.unwrap().to_bytes();
    assert!(zipped.len() < 1000, "{}", zipped.len());
    assert_eq!(zipped, ask().await.unwrap().into_body().collect().await.unwrap().to_bytes());
}

#[tokio::test]
async fn only_what_is_the_same_for_all_is_kept() {
    let signed_in = || {
        let mut request = json(&json!({"query": "{ tallied }"}));
        request.headers_mut().insert("authorization", "Bearer good".parse().unwrap());
        request
    };
    let same = || json(&json!({"query": "{ tallied }"}));
    let app = keeping();
    assert_eq!(runs(&app, [same(), same(), by_get("query={+tallied+}"), by_get("query={+tallied+}")]).await, 1);
    assert_eq!(runs(&app, [signed_in(), signed_in()]).await, 2);
    let text = "query Q { tallied }";
    let named = json!({"query": text, "operationName": "Q", "variables": {}});
    let otherwise = json!({"variables": {}, "operationName": "Q", "query": text});
    assert_eq!(runs(&app, [json(&named), json(&otherwise), json(&named)]).await, 1);
    let mut in_french = json(&named);
    in_french.headers_mut().insert("accept-language", "fr".parse().unwrap());
    assert_eq!(runs(&app, [in_french, json(&json!({"query": text}))]).await, 2);
    let failing = || json(&json!({"query": "{ tallied broken }"}));
    assert_eq!(runs(&app, [failing(), failing()]).await, 2);
    let lagging = || json(&json!({"query": "{ tallied sync { lagSeconds } }"}));
    assert_eq!(runs(&app, [lagging(), lagging()]).await, 2);
    let off = super::app(Settings::default());
    assert_eq!(runs(&off, [same(), same()]).await, 2);
}

#[tokio::test]
async fn a_query_is_known_by_its_hash_after_it_was_sent_with_it() {
    let app = app(Settings::default());
    let text = "{ number(value: 4) }";
    let id = DocumentId::of(text).to_string();
    let hash = id.strip_prefix("sha256:").unwrap();
    let persisted = |hash: &str| json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
    let unknown = send_to(&app, json(&json!({"extensions": persisted(hash)}))).await;
    assert_eq!((unknown.status, unknown.code()), (200, "PERSISTED_QUERY_NOT_FOUND"));
    assert_eq!(unknown.body["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(unknown.header("cache-control"), "no-store");
    let other = send_to(&app, json(&json!({"query": "{ counted }", "extensions": persisted(hash)}))).await;
    assert_eq!(other.code(), "BAD_USER_INPUT");
    let sent = send_to(&app, json(&json!({"query": text, "extensions": persisted(hash)}))).await;
    assert_eq!(sent.body["data"], json!({"number": 4}));
    let encoded = persisted(hash).to_string().replace('"', "%22");
    for known in [
        json(&json!({"extensions": persisted(hash)})),
        json(&json!({"extensions": persisted(&hash.to_uppercase()), "variables": null, "operationName": ""})),
        json(&json!({"documentId": id})),
        json(&json!({"documentId": id, "query": text})),
        by_get(&format!("extensions={encoded}")),
        by_get(&format!("documentId={id}")),
    ] {
        let answer = send_to(&app, known).await;
        assert_eq!(answer.body["data"], json!({"number": 4}), "{}", answer.body);
    }
    for wrong in [
        json!({"documentId": "sha256:1"}),
        json!({"extensions": persisted("x")}),
        json!({"query": text, "extensions": {"persistedQuery": {"version": 2, "sha256Hash": hash}}}),
        json!({"query": text, "extensions": {"persistedQuery": "x"}}),
        json!({"documentId": id, "extensions": persisted(&hash.replace('1', "2"))}),
    ] {
        let answer = send_to(&app, json(&wrong)).await;
        assert_eq!((answer.status, answer.code()), (200, "BAD_USER_INPUT"), "{wrong}");
    }
}

#[tokio::test]
async fn what_the_guard_refuses_is_not_learnt() {
    let app = app(Settings::default());
    let text = format!("{{ {} }}", "counted ".repeat(1000));
    let id = DocumentId::of(&text).to_string();
    let sent = json!({"query": text, "documentId": id});
    assert_eq!(send_to(&app, json(&sent)).await.code(), "TOO_COMPLEX");
    assert_eq!(send_to(&app, json(&json!({"documentId": id}))).await.code(), "PERSISTED_QUERY_NOT_FOUND");
}

fn trusting(files: &[(&str, &str)]) -> Result<Router, TrustedError> {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).unwrap());
    let settings = Settings { answer_cache: 1 << 20, ..Settings::default() };
    Ok(router(endpoint(settings).with_trusted(Trusted::read(folder.path())?)?))
}

#[tokio::test]
async fn under_a_lock_down_only_listed_documents_are_answered() {
    let app =
        trusting(&[("a.graphql", "{ counted }\n"), ("b.graphql", "query A { long }\nmutation B { write }")]).unwrap();
    let id = DocumentId::of("{ counted }").to_string();
    let persisted = |hash: &str| json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
    for listed in [
        json!({"query": "{ counted }"}),
        json!({"query": "{ counted }\n"}),
        json!({"documentId": id}),
        json!({"documentId": DocumentId::of("{ counted }\n").to_string()}),
        json!({"extensions": persisted(id.strip_prefix("sha256:").unwrap())}),
        json!({"query": "{ counted }", "documentId": id}),
        json!({"query": "query A { long }\nmutation B { write }", "operationName": "B"}),
    ] {
        for _ in 0..2 {
            let answer = send_to(&app, json(&listed)).await;
            assert!(answer.body["data"].is_object(), "{listed}: {}", answer.body);
        }
    }
    for other in [
        json!({"query": "{counted}"}),
        json!({"query": "{"}),
        json!({"query": "{ __schema { queryType { name } } }"}),
        json!({"documentId": DocumentId::of("{ hello }").to_string()}),
        json!({"query": "{ hello }", "documentId": DocumentId::of("{ hello }").to_string()}),
        json!({"query": "{ counted }", "documentId": DocumentId::of("{ hello }").to_string()}),
    ] {
        let answer = send_to(&app, json(&other)).await;
        assert_eq!((answer.status, answer.code()), (200, "DOCUMENT_NOT_TRUSTED"), "{other}");
        let mut request = json(&other);
        request.headers_mut().insert("accept", GRAPHQL.parse().unwrap());
        assert_eq!(send_to(&app, request).await.status, 400, "{other}");
    }
}

#[test]
fn a_document_that_would_be_refused_stops_the_start() {
    for (text, wanted) in [
        ("{ counted", "cannot be parsed"),
        ("{ ...F } fragment F on Query { ...F }", "F"),
        ("query A { counted } query A { long }", "A"),
    ] {
        let said = trusting(&[("fine.graphql", "{ counted }"), ("bad.graphql", text)]).unwrap_err().to_string();
        assert!(said.contains("bad.graphql") && said.contains(wanted), "{said}");
        assert!(said.starts_with("graphql.trusted_documents: "), "{said}");
    }
    assert!(trusting(&[("long.graphql", &format!("{{ {} }}", "counted ".repeat(1000)))]).is_err());
    assert!(trusting(&[("a.graphql", "query A($v: Int!) { number(value: $v) } query B { hello }")]).is_ok());
}

#[tokio::test]
async fn a_listed_document_that_does_not_fit_the_schema_is_refused_when_it_is_asked_for() {
    let app = trusting(&[("old.graphql", "{ unknown }"), ("fine.graphql", "{ counted }")]).unwrap();
    assert_eq!(send_to(&app, json(&json!({"query": "{ unknown }"}))).await.code(), "VALIDATION_FAILED");
    assert_eq!(send_to(&app, json(&json!({"query": "{ counted }"}))).await.status, 200);
}

#[tokio::test]
async fn every_answer_says_what_it_cost() {
    let cost = async |text| query(text).await.body["extensions"]["cost"].clone();
    assert_eq!(cost("{ counted }").await, json!({"requested": 0, "limit": 10_000}));
    assert_eq!(
        cost("{ inner { __typename } again: inner { __typename } }").await,
        json!({"requested": 2, "limit": 10_000})
    );
    let refused = query("{").await;
    assert_eq!(refused.body.get("extensions"), None);
}

#[tokio::test]
async fn a_client_that_asks_too_often_is_refused_and_others_are_not() {
    let rate = crate::config::Rate::parse("3/min").ok();
    let app = app(Settings { rate, answer_cache: 1 << 20, ..Settings::default() });
    let ask = async |address, request| send_to(&app, from(address, request)).await;
    for left in [2, 1, 0] {
        let answer = ask("192.0.2.1:1", by_get("query={counted}")).await;
        assert_eq!(answer.header("ratelimit-policy"), "\"default\";q=3;w=60");
        assert!(
            answer.header("ratelimit").starts_with(&format!("\"default\";r={left};t=")),
            "{}",
            answer.header("ratelimit")
        );
    }
    let refused = ask("192.0.2.1:2", by_get("query={counted}")).await;
    assert_eq!((refused.status, refused.code()), (429, "RATE_LIMITED"));
    assert!(refused.header("retry-after").parse::<u32>().unwrap() <= 20);
    assert!(refused.header("ratelimit").starts_with("\"default\";r=0;t="));
    assert_eq!(ask("192.0.2.1:3", Request::put("/graphql").body(Body::empty()).unwrap()).await.status, 429);
    let bad = ask("192.0.2.2:1", by_get("query={")).await;
    assert!(bad.header("ratelimit").starts_with("\"default\";r=2;t="));
}

#[tokio::test]
async fn who_is_signed_in_is_counted_by_name() {
    let rate = crate::config::Rate::parse("2/min").ok();
    let app = app(Settings { rate, ..Settings::default() });
    let ask = async |address: &str, token: &str| {
        let mut request = by_get("query={counted}");
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        send_to(&app, from(address, request)).await
    };
    assert!(ask("192.0.2.1:1", "good").await.header("ratelimit").starts_with("\"default\";r=1;t="));
    assert_eq!(ask("192.0.2.2:1", "good").await.status, 200);
    let refused = ask("192.0.2.3:1", "good").await;
    assert_eq!((refused.status, refused.code()), (429, "RATE_LIMITED"));
    for _ in 0..20 {
        assert_eq!(ask("192.0.2.4:1", "bad").await.status, 401);
    }
    assert_eq!(ask("192.0.2.4:1", "bad").await.status, 429, "guessing tokens is bounded too");
}

fn endless(name: &str) -> Request<Body> {
    json(&json!({"query": format!("{{ endless(named: \"{name}\") __schema {{ queryType {{ name }} }} }}")}))
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_takes_too_long_ends_and_leaves_its_turn_to_others() {
    let settings = Settings { timeout: Duration::from_millis(50), ..Settings::default() };
    let cores = std::thread::available_parallelism().unwrap().get();
    let app = app(settings);
    let ask = |number: usize| send_to(&app, endless(&format!("late {number}")));
    for answer in futures_util::future::join_all((0..2 * cores).map(ask)).await {
        assert_eq!((answer.status, answer.code()), (503, "TIMEOUT"));
    }
    Running::until("late", false).await;
    let costly = json!({"query": "{ thread __schema { queryType { name } } }"});
    while send_to(&app, json(&costly)).await.status != 200 {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_leaves_no_work_behind() {
    let app = app(Settings { timeout: Duration::from_secs(600), ..Settings::default() });
    let asking = tokio::spawn(app.oneshot(endless("gone")));
    Running::until("gone", true).await;
    asking.abort();
    Running::until("gone", false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_away_before_its_turn_is_not_executed() {
    let app = app(Settings { timeout: Duration::from_secs(600), ..Settings::default() });
    let cores = std::thread::available_parallelism().unwrap().get();
    let ask = |name: &str| tokio::spawn(app.clone().oneshot(endless(name)));
    let first: Vec<_> = (0..cores).map(|number| ask(&format!("first {number}."))).collect();
    for number in 0..cores {
        Running::until(&format!("first {number}."), true).await;
    }
    let second = ask("second");
    // It has got as far as it can.
    tokio::task::yield_now().await;
    second.abort();
    assert!(second.await.is_err_and(|error| error.is_cancelled()));
    first.iter().for_each(tokio::task::JoinHandle::abort);
    Running::until("first", false).await;
    // All turns are free; one that still waited would have got one before this.
    let costly = json!({"query": "{ thread __schema { queryType { name } } }"});
    for _ in 0..2 * cores {
        assert_eq!(send_to(&app, json(&costly)).await.status, 200);
    }
    assert!(!RUNNING.lock().unwrap().iter().any(|name| name == "second"));
}
