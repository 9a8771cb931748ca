//! What hostile clients send is refused with the right code and few words, whatever the form of the answer.

use std::time::Duration;

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    parts,
    support::{Served, query},
};

/// A name, a body, the status in `application/json`, and the code.
type Sent = (&'static str, Vec<u8>, u16, &'static str);

fn text(name: &'static str, document: &str, status: u16, code: &'static str) -> Sent {
    (name, query(document).into_bytes(), status, code)
}

fn documents() -> Vec<Sent> {
    let chain = |count: usize, last: &str| {
        let links = (0..count).map(|n| format!("fragment F{n} on Query {{ ...F{} }} ", n + 1)).collect::<String>();
        format!("{{ ...F0 }} {links} fragment F{count} on Query {{ {last} }}")
    };
    let doubling = (0..20).map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1)).collect::<String>();
    let directives = |count: usize| format!("{{ __typename {} }}", "@skip(if: false) ".repeat(count));
    let unused = |count: usize| (0..count).map(|n| format!("$v{n}:Int ")).collect::<String>();
    let nested = |count: usize| {
        let list = "practices(first: 100) { nodes { mechanism { ";
        format!("{{ {} id {} }}", list.repeat(count), "} } }".repeat(count))
    };
    vec![
        text(
            "doubling fragments",
            &format!("{{ ...F0 }} {doubling} fragment F20 on Query {{ __typename }}"),
            200,
            "TOO_COMPLEX",
        ),
        text("a long chain of fragments", &chain(90, "__typename"), 200, "TOO_DEEP"),
        text("500 fragments", &chain(500, "__typename"), 200, "TOO_COMPLEX"),
        text("a fragment of itself", "{ ...A } fragment A on Query { ...A }", 200, "VALIDATION_FAILED"),
        text(
            "fragments in a circle",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }",
            200,
            "VALIDATION_FAILED",
        ),
        text("10,000 levels", &format!("{}{}", "{a".repeat(10_000), "}".repeat(10_000)), 200, "TOO_DEEP"),
        text("lists in lists", &nested(3), 200, "TOO_COMPLEX"),
        text("lists in lists in lists", &nested(9), 200, "TOO_DEEP"),
        text(
            "3,000 aliases",
            &format!("{{ {} }}", (0..3000).map(|n| format!("a{n}:__typename ")).collect::<String>()),
            200,
            "TOO_COMPLEX",
        ),
        text("1,000 directives", &directives(1_000), 200, "TOO_COMPLEX"),
        text("3,000 directives", &directives(3_000), 200, "TOO_COMPLEX"),
        text("directives that nobody knows", &format!("{{ __typename {} }}", "@a ".repeat(2_000)), 200, "TOO_COMPLEX"),
        text("2,000 unused variables", &format!("query({}) {{ __typename }}", unused(1_000)), 200, "TOO_COMPLEX"),
        text("20,000 unused variables", &format!("query({}) {{ __typename }}", unused(20_000)), 413, "TOO_LARGE"),
        text(
            "a search of 10,000 characters",
            &format!("{{ practices(search: \"{}\") {{ totalCount }} }}", "ab ".repeat(3_334)),
            200,
            "BAD_USER_INPUT",
        ),
        text(
            "a number without end",
            &format!("{{ practices(first: {}) {{ totalCount }} }}", "9".repeat(1_000)),
            200,
            "PARSE_FAILED",
        ),
        text("a negative number", "{ practices(first: -1) { totalCount } }", 200, "BAD_USER_INPUT"),
        text("4,000 ids", &format!("{{ nodes(ids: [{}]) {{ id }} }}", "\"x\",".repeat(4_000)), 200, "BAD_USER_INPUT"),
        text("a string without end", &format!("{{ practices(search: \"{}", "a".repeat(30_000)), 200, "PARSE_FAILED"),
        text("brackets only", &"[".repeat(30_000), 200, "TOO_DEEP"),
        text("nothing", "", 200, "PARSE_FAILED"),
        text("a NUL", "{ \u{0} }", 200, "PARSE_FAILED"),
    ]
}

fn bodies() -> Vec<Sent> {
    let values = vec!["1"; 20_000].join(",");
    let with = |variables: &str| format!("{{\"query\":\"{{__typename}}\",\"variables\":{variables}}}").into_bytes();
    let search = json!({
        "query": "query($search: String) { practices(search: $search) { totalCount } }",
        "variables": {"search": "a".repeat(10_000)},
    });
    let first = |first: &str| {
        let text = "query($first: Int) { practices(first: $first) { totalCount } }";
        format!("{{\"query\":\"{text}\",\"variables\":{{\"first\":{first}}}}}").into_bytes()
    };
    let batch = vec![query("{ __typename }"); 1_000].join(",");
    vec![
        ("10 MiB", vec![b'x'; 10 << 20], 413, "TOO_LARGE"),
        ("a batch of 1,000", format!("[{batch}]").into_bytes(), 400, "BAD_USER_INPUT"),
        ("an empty batch", b"[]".to_vec(), 400, "BAD_USER_INPUT"),
        ("a list of 20,000 values", with(&format!("{{\"v\":[{values}]}}")), 200, "TOO_COMPLEX"),
        ("variables that are a list", with("[1]"), 400, "BAD_USER_INPUT"),
        ("JSON without a floor", with(&format!("{{\"v\":{}", "[".repeat(20_000))), 400, "PARSE_FAILED"),
        ("JSON 200 deep", with(&format!("{{\"v\":{}{}}}", "[".repeat(200), "]".repeat(200))), 400, "PARSE_FAILED"),
        ("a search of 10,000 characters", search.to_string().into_bytes(), 200, "BAD_USER_INPUT"),
        ("a number beyond all bounds", first("1e400"), 400, "PARSE_FAILED"),
        ("a number of 1,000 digits", first(&"9".repeat(1_000)), 400, "PARSE_FAILED"),
        ("a number too large", first("99999999999"), 200, "BAD_USER_INPUT"),
        ("no UTF-8", b"{\"query\":\"{ \xff\xfe }\"}".to_vec(), 400, "PARSE_FAILED"),
        ("half a surrogate", b"{\"query\":\"{ \\ud800 }\"}".to_vec(), 400, "PARSE_FAILED"),
        ("an id that is none", b"{\"documentId\":\"../../etc/passwd\"}".to_vec(), 200, "BAD_USER_INPUT"),
        ("the same name twice", b"{\"query\":\"{a}\",\"query\":\"{b}\"}".to_vec(), 400, "BAD_USER_INPUT"),
        ("nothing", Vec::new(), 400, "BAD_USER_INPUT"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_them_is_refused_with_its_code() {
    let served = Served::start().await;
    let mut wrong = Vec::new();
    for (name, body, status, code) in documents().into_iter().chain(bodies()) {
        for (accept, expected) in [
            ("application/json", status),
            ("application/graphql-response+json", if status == 200 { 400 } else { status }),
        ] {
            let head = format!("POST /graphql HTTP/1.1\r\ncontent-type: application/json\r\naccept: {accept}");
            let answer = String::from_utf8(served.send_bytes(&head, &body).await).unwrap();
            let (status, _, said) = parts(&answer);
            let right = status == expected && said.contains(&format!("\"code\":\"{code}\"")) && answer.len() < 2_000;
            if !right {
                wrong.push(format!("{name}: {expected} {code}, but: {status} {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(served.post(&query("{ __typename }")).await.contains("\"Query\""), "the hub goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_comes_too_slowly_is_given_up() {
    let served = Served::with(|config| config.graphql.timeout = Duration::from_millis(200)).await;
    let slow = async || {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        let head =
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50000\r\n\r\n{";
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = vec![0; 2_000];
        let length = loop {
            tokio::select! {
                read = stream.read(&mut answer) => break read.unwrap(),
                () = tokio::time::sleep(Duration::from_millis(20)) => stream.write_all(b" ").await.unwrap(),
            }
        };
        String::from_utf8(answer[..length].to_vec()).unwrap()
    };
    for answer in futures_util::future::join_all((0..20).map(|_| slow())).await {
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(answer.contains("\"code\":\"TIMEOUT\""), "{answer}");
    }
    assert!(served.post(&query("{ __typename }")).await.contains("\"Query\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_an_address_is_refused_too() {
    let served = Served::start().await;
    for (query, status, code) in [
        ("query=%ff%fe", 200, "PARSE_FAILED"),
        ("query={__typename}&variables=%7B%22v%22%3A", 400, "BAD_USER_INPUT"),
        ("query={__typename}&extensions=1", 400, "BAD_USER_INPUT"),
        ("query={__typename}&query={__typename}", 400, "BAD_USER_INPUT"),
        ("documentId=sha256:zz", 200, "BAD_USER_INPUT"),
        ("", 400, "BAD_USER_INPUT"),
    ] {
        let (found, _, body) = parts(&served.send(&format!("GET /graphql?{query} HTTP/1.1"), "").await);
        assert_eq!(found, status, "{query}: {body}");
        assert!(body.contains(&format!("\"code\":\"{code}\"")), "{query}: {body}");
    }
}
