//! The small answers: journals, anchor, entity configuration, hint, applications.

use super::liar::{Liar, answer, json, open_ended, web};
use crate::record::Audience;
use crate::wire::{Application, Conditional, Fault, Listed};

const JSON: &str = "content-type: application/json";

#[tokio::test]
async fn the_list_of_journals_comes_with_its_etag() {
    let body = br#"[{"origin":"https://a.example","audience":"network","checkpoint":"a.b.c","confirmedAt":"2026-11-24T12:00:00Z","x":1},
        {"origin":"https://b.example","audience":"public","checkpoint":"d.e.f"}]"#;
    let liar = Liar::saying(answer("200 OK", &[JSON, "etag: W/\"x\""], body)).await;
    let answer = web().journals(&liar.base, Some("x.y.z"), None).await.unwrap();
    let row = |origin: &str, audience, checkpoint: &str, at: Option<&str>| Listed {
        origin: origin.into(),
        audience,
        checkpoint: checkpoint.into(),
        confirmed_at: at.map(|at| at.parse().unwrap()),
    };
    let value = vec![
        row("https://a.example", Audience::Network, "a.b.c", Some("2026-11-24T12:00:00Z")),
        row("https://b.example", Audience::Public, "d.e.f", None),
    ];
    assert_eq!(answer.value, Conditional::New { value, etag: Some("W/\"x\"".into()) });
    assert_eq!(answer.bytes, body.len() as u64);
    assert!(liar.requests()[0].contains("Bearer x.y.z"));
}

#[tokio::test]
async fn what_is_unchanged_costs_no_body() {
    let liar = Liar::saying(open_ended("304 Not Modified", &[], b"")).await;
    let web = web();
    assert_eq!(web.journals(&liar.base, None, Some("\"e\"")).await.unwrap().value, Conditional::NotModified);
    assert_eq!(web.anchor(&liar.base, Some("\"e\"")).await.unwrap().value, Conditional::NotModified);
    assert_eq!(web.entity_configuration(&liar.base, Some("\"e\"")).await.unwrap().value, Conditional::NotModified);
    let unasked = Err(Fault::Status { code: 304, problem: None });
    assert_eq!(web.anchor(&liar.base, None).await, unasked);
}

#[tokio::test]
async fn a_wrong_list_of_journals_is_refused() {
    for body in [
        r#"{}"#,
        r#"[1]"#,
        r#"[{}]"#,
        r#"[{"origin":"","audience":"public","checkpoint":"a"}]"#,
        r#"[{"origin":"https://a.example","audience":"Public","checkpoint":"a"}]"#,
        r#"[{"origin":"https://a.example","audience":"public","checkpoint":""}]"#,
        r#"[{"origin":"https://a.example","audience":"public","checkpoint":"a","confirmedAt":"today"}]"#,
        r#"[{"origin":"https://a.example","audience":"public","checkpoint":"a","confirmedAt":1}]"#,
    ] {
        let liar = Liar::saying(json(body)).await;
        let fault = web().journals(&liar.base, None, None).await.unwrap_err();
        assert!(matches!(fault, Fault::Malformed(_)), "{body}");
    }
}

#[tokio::test]
async fn the_anchor_is_a_list_of_texts_of_at_most_a_mebibyte() {
    let liar = Liar::saying(json(r#"{"links":["a.b.c","d.e.f"]}"#)).await;
    let links = web().anchor(&liar.base, None).await.unwrap().value;
    assert_eq!(links, Conditional::New { value: vec!["a.b.c".into(), "d.e.f".into()], etag: None });
    for body in [r#"[]"#, r#"{}"#, r#"{"links":{}}"#, r#"{"links":[1]}"#, r#"{"links":[""]}"#] {
        let liar = Liar::saying(json(body)).await;
        assert!(matches!(web().anchor(&liar.base, None).await, Err(Fault::Malformed(_))), "{body}");
    }
    let large = open_ended("200 OK", &[JSON], &vec![b' '; (1 << 20) + 1]);
    let liar = Liar::saying(large).await;
    assert_eq!(web().anchor(&liar.base, None).await, Err(Fault::TooLarge));
}

#[tokio::test]
async fn the_entity_configuration_has_its_own_type() {
    let typed = |kind: &str, body: &[u8]| answer("200 OK", &[&format!("content-type: {kind}")], body);
    let liar = Liar::saying(typed("application/entity-statement+jwt", b"a.b.c")).await;
    let value = web().entity_configuration(&liar.base, None).await.unwrap().value;
    assert_eq!(value, Conditional::New { value: "a.b.c".into(), etag: None });
    assert!(liar.requests()[0].starts_with("GET /.well-known/openid-federation HTTP/1.1\r\n"));
    let liar = Liar::saying(typed("application/jwt", b"a.b.c")).await;
    assert_eq!(web().entity_configuration(&liar.base, None).await, Err(Fault::ContentType));
    for body in [&b""[..], b"\xc3\xa9", b"\xff"] {
        let liar = Liar::saying(typed("application/entity-statement+jwt", body)).await;
        assert!(matches!(web().entity_configuration(&liar.base, None).await, Err(Fault::Malformed(_))), "{body:?}");
    }
}

#[tokio::test]
async fn a_hint_has_no_body_and_wants_202() {
    let liar = Liar::saying(answer("202 Accepted", &[], b"")).await;
    assert_eq!(web().hint(&liar.base, "x.y.z").await, Ok(()));
    let request = liar.requests().remove(0);
    assert!(
        request.starts_with("POST /federation/v1/hint HTTP/1.1\r\n") && request.contains("Bearer x.y.z"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n"), "{request}");
    let liar = Liar::saying(json("{}")).await;
    assert_eq!(web().hint(&liar.base, "x.y.z").await, Err(Fault::Status { code: 200, problem: None }));
}

#[tokio::test]
async fn an_application_is_handed_in_and_asked_after() {
    let liar = Liar::saying(answer("202 Accepted", &[JSON], br#"{"number":7}"#)).await;
    assert_eq!(web().apply(&liar.base, "a.b.c").await.unwrap().value, 7);
    assert!(liar.requests()[0].ends_with("\r\n\r\na.b.c"));
    let liar = Liar::saying(json(r#"{"number":7,"status":"under-review","message":null}"#)).await;
    let case = web().application(&liar.base, "x.y.z").await.unwrap().value;
    assert_eq!(case, Application { number: 7, status: "under-review".into(), message: None });
    let liar = Liar::saying(json(r#"{"number":"7","status":"applied"}"#)).await;
    assert!(matches!(web().application(&liar.base, "x.y.z").await, Err(Fault::Malformed(_))));
}
