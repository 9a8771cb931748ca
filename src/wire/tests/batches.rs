//! `revisions` over a real socket; the form of the lines is tested where they are read.

use aws_lc_rs::digest::{SHA256, digest};

use super::liar::{Liar, Step, answer, ask, hasty, json, open_ended, web};
use crate::wire::{BatchEnd, Carried, Fault, Waited, Web};

const NDJSON: &str = "content-type: application/x-ndjson";

fn sha256(text: &str) -> [u8; 32] {
    digest(&SHA256, text.as_bytes()).as_ref().try_into().unwrap()
}

/// What comes of asking for the revisions "a" and "b".
async fn read(web: &Web, liar: &Liar) -> (Vec<String>, Result<Carried<BatchEnd>, Fault>) {
    let mut came = Vec::new();
    let mut sink = |_, jws| {
        came.push(jws);
        Ok(())
    };
    let end = web.revisions(&liar.base, &ask(), &[sha256("a"), sha256("b")], &mut sink).await;
    (came, end)
}

async fn told(script: Vec<Step>) -> (Vec<String>, Fault) {
    let liar = Liar::telling(vec![script]).await;
    let (came, end) = read(&web(), &liar).await;
    (came, end.unwrap_err())
}

async fn lines(text: &str) -> (Vec<String>, Fault) {
    told(vec![Step::Say(answer("200 OK", &[NDJSON], text.as_bytes()))]).await
}

const A: &str = "{\"jws\":\"a\"}\n";
const END: &str = "{\"more\":false,\"missing\":[]}\n";

#[tokio::test]
async fn a_right_batch_is_asked_and_read() {
    let body = format!("{A}{END}");
    let liar = Liar::saying(answer("200 OK", &[NDJSON], body.as_bytes())).await;
    let (came, end) = read(&web(), &liar).await;
    assert_eq!(came, ["a"]);
    let end = end.unwrap();
    assert_eq!(end.value, BatchEnd { more: false, missing: vec![sha256("b")] });
    assert_eq!(end.bytes, body.len() as u64);
    let request = liar.requests().remove(0);
    assert!(
        request.starts_with(
            "POST /federation/v1/revisions?origin=https%3A%2F%2Fa.example%2Fhub&audience=public HTTP/1.1\r\n"
        ),
        "{request}"
    );
    let digests =
        r#"{"digests":["ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs","PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0"]}"#;
    assert!(request.ends_with(digests), "{request}");
}

#[tokio::test]
async fn nothing_is_asked_for_no_digests() {
    let liar = Liar::saying(json("{}")).await;
    let mut sink = |_, _| Ok(());
    let end = web().revisions(&liar.base, &ask(), &[], &mut sink).await.unwrap();
    assert_eq!((end.value.more, liar.connections()), (false, 0));
}

#[tokio::test]
async fn what_came_before_the_fault_stays() {
    let (came, fault) = lines(&format!("{A}\n{END}")).await;
    assert_eq!((came.len(), fault.word()), (1, "protocol"));
    let (came, fault) = lines(&format!("{A}{A}{END}")).await;
    assert_eq!((came.len(), fault), (1, Fault::NotAskedFor));
    let (came, fault) = lines(A).await;
    assert_eq!((came.len(), fault), (1, Fault::Truncated));
    let (came, fault) = lines(&format!("{A}{END}{END}")).await;
    assert_eq!(came.len(), 1);
    assert!(matches!(fault, Fault::Malformed(_)), "{fault}");
    let (came, fault) = lines(&format!("{A}{{\"jws\":\"c\"}}\n{END}")).await;
    assert_eq!((came.len(), fault), (1, Fault::NotAskedFor));
    let (came, fault) = lines(&A.replace('\n', "\r\n")).await;
    assert_eq!((came.len(), fault.word()), (0, "protocol"));
}

#[tokio::test]
async fn a_batch_cut_at_any_byte_keeps_the_lines_that_had_come() {
    let whole = answer("200 OK", &[NDJSON], format!("{A}{END}").as_bytes());
    let scripts = (0..whole.len()).map(|cut| vec![Step::Say(whole[..cut].to_vec())]).collect();
    let (liar, web) = (Liar::telling(scripts).await, web());
    for cut in 0..whole.len() {
        let (came, end) = read(&web, &liar).await;
        assert!(end.is_err(), "cut after {cut} bytes");
        assert_eq!(came.len(), usize::from(cut >= whole.len() - END.len()), "cut after {cut} bytes");
    }
}

#[tokio::test]
async fn a_slow_batch_keeps_the_lines_that_had_come() {
    let head = open_ended("200 OK", &[NDJSON], A.as_bytes());
    let liar = Liar::telling(vec![vec![Step::Say(head), Step::Silence]]).await;
    let (came, end) = read(&hasty(100, 5_000), &liar).await;
    assert_eq!((came.len(), end), (1, Err(Fault::Timeout(Waited::Byte))));
    let (came, end) = read(&hasty(5_000, 200), &liar).await;
    assert_eq!((came.len(), end), (1, Err(Fault::Timeout(Waited::Whole))));
}

#[tokio::test]
async fn a_line_of_two_mebibytes_is_too_long() {
    let head = open_ended("200 OK", &[NDJSON], format!("{A}{{\"jws\":\"").as_bytes());
    let (came, fault) = told(vec![Step::Say(head), Step::Repeat(vec![b'a'; 1 << 20], 2)]).await;
    assert_eq!((came.len(), &fault), (1, &Fault::LineTooLong));
    assert!(fault.breaks_a_bound());
}

#[tokio::test]
async fn a_batch_over_nine_mebibytes_is_too_large_said_or_unsaid() {
    let said = open_ended("200 OK", &[NDJSON, "content-length: 9437185"], A.as_bytes());
    let (came, fault) = told(vec![Step::Say(said), Step::Silence]).await;
    assert_eq!((came.len(), fault), (0, Fault::TooLarge));

    // Lines of half a mebibyte, each a revision that was asked for.
    let revisions: Vec<String> = (0..20_u8).map(|n| char::from(b'a' + n).to_string()).collect();
    let padding = " ".repeat(500_000);
    let lines: Vec<u8> =
        revisions.iter().flat_map(|jws| format!("{{\"jws\":{padding}\"{jws}\"}}\n").into_bytes()).collect();
    let liar = Liar::saying(open_ended("200 OK", &[NDJSON], &lines)).await;
    let asked: Vec<[u8; 32]> = revisions.iter().map(|jws| sha256(jws)).collect();
    let mut came = 0;
    let mut sink = |_, _| {
        came += 1;
        Ok(())
    };
    let end = web().revisions(&liar.base, &ask(), &asked, &mut sink).await;
    assert_eq!((end, came), (Err(Fault::TooLarge), 18));
}

#[tokio::test]
async fn another_type_or_status_is_refused() {
    let (_, fault) = told(vec![Step::Say(json(&format!("{A}{END}")))]).await;
    assert_eq!(fault, Fault::ContentType);
    let (_, fault) = told(vec![Step::Say(answer("413 x", &[NDJSON], b""))]).await;
    assert_eq!(fault, Fault::Status { code: 413, problem: None });
    let (_, fault) = told(vec![Step::Say(answer("304 x", &[NDJSON], b""))]).await;
    assert_eq!(fault, Fault::Status { code: 304, problem: None });
}
