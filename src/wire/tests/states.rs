//! `state`, and with it what holds for every answer: status, type, encoding, size, depth, time.

use std::time::Duration;

use async_compression::tokio::write::{GzipEncoder, ZstdEncoder};
use tokio::io::AsyncWriteExt;

use super::liar::{Liar, Step, answer, ask, chunked, hasty, json, open_ended, web};
use crate::record::Audience;
use crate::wire::{Fault, JournalAsk, StateAnswer, Waited};

const JSON: &str = "content-type: application/json";
const SMALL: &str = r#"{"checkpoint":"a.b.c","entries":"AAEC_-8","x":[{"y":null}]}"#;

fn small() -> StateAnswer {
    StateAnswer::State { checkpoint: "a.b.c".into(), entries: vec![0, 1, 2, 0xff, 0xef] }
}

async fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzipEncoder::new(Vec::new());
    encoder.write_all(bytes).await.unwrap();
    encoder.shutdown().await.unwrap();
    encoder.into_inner()
}

async fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZstdEncoder::new(Vec::new());
    encoder.write_all(bytes).await.unwrap();
    encoder.shutdown().await.unwrap();
    encoder.into_inner()
}

/// A zstd frame by hand, without a length: the window is 2 to the power of `log`; blocks follow.
fn zstd_frame(log: u8) -> Vec<u8> {
    vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, (log - 10) << 3]
}

/// The fault that a server's bytes lead to.
async fn fault(bytes: Vec<u8>) -> Fault {
    told(vec![Step::Say(bytes)]).await
}

async fn told(script: Vec<Step>) -> Fault {
    let liar = Liar::telling(vec![script]).await;
    web().state(&liar.base, &ask()).await.unwrap_err()
}

#[tokio::test]
async fn a_right_state_is_read_in_each_encoding_and_framing() {
    let (zipped, packed) = (gzip(SMALL.as_bytes()).await, zstd(SMALL.as_bytes()).await);
    let answers = [
        (json(SMALL), SMALL.len()),
        (open_ended("200 OK", &["Content-Type: Application/JSON; charset=UTF-8"], SMALL.as_bytes()), SMALL.len()),
        (chunked(&[JSON, "content-encoding: identity"], SMALL.as_bytes()), SMALL.len()),
        (answer("200 OK", &[JSON, "content-encoding: gzip"], &zipped), zipped.len()),
        (chunked(&[JSON, "content-encoding: GZIP"], &zipped), zipped.len()),
        (answer("200 OK", &[JSON, "content-encoding: zstd"], &packed), packed.len()),
    ];
    for (bytes, carried) in answers {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let liar = Liar::saying(bytes).await;
        let state = web().state(&liar.base, &ask()).await.unwrap();
        assert_eq!((state.value, state.bytes), (small(), carried as u64), "{text}");
    }
}

#[tokio::test]
async fn the_request_names_journal_seq_etag_and_caller() {
    let liar = Liar::saying(open_ended("304 Not Modified", &[], b"")).await;
    let asked = JournalAsk {
        audience: Audience::Network,
        since: 77,
        if_none_match: Some("W/\"abc\"".into()),
        bearer: Some("x.y.z".into()),
        ..ask()
    };
    let state = web().state(&liar.base, &asked).await.unwrap();
    assert_eq!((state.value, state.bytes), (StateAnswer::NotModified, 0));
    let request = liar.requests().remove(0).to_ascii_lowercase();
    let line = "get /federation/v1/state?origin=https%3a%2f%2fa.example%2fhub&audience=network&since=77 http/1.1\r\n";
    assert!(request.starts_with(line), "{request}");
    for header in [
        "accept: application/json",
        "accept-encoding: gzip, zstd",
        "authorization: bearer x.y.z",
        "if-none-match: w/\"abc\"",
        "user-agent: nmirf-hub/test",
    ] {
        assert!(request.contains(&format!("\r\n{header}\r\n")), "{header}: {request}");
    }
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_is_a_fault() {
    let zipped = gzip(SMALL.as_bytes()).await;
    let packed = zstd(SMALL.as_bytes()).await;
    for whole in [
        json(SMALL),
        chunked(&[JSON], SMALL.as_bytes()),
        open_ended("200 OK", &[JSON, "content-encoding: gzip"], &zipped),
        open_ended("200 OK", &[JSON, "content-encoding: zstd"], &packed),
        open_ended("200 OK", &[JSON], SMALL.as_bytes()),
    ] {
        let scripts = (0..=whole.len()).map(|cut| vec![Step::Say(whole[..cut].to_vec())]).collect();
        let (liar, web) = (Liar::telling(scripts).await, web());
        for cut in 0..whole.len() {
            assert!(web.state(&liar.base, &ask()).await.is_err(), "cut after {cut} of {} bytes", whole.len());
        }
        assert_eq!(web.state(&liar.base, &ask()).await.unwrap().value, small());
    }
}

#[tokio::test]
async fn a_broken_off_answer_is_told_from_a_wrong_one() {
    let (plain, zipped, packed) = (json(SMALL), gzip(SMALL.as_bytes()).await, zstd(SMALL.as_bytes()).await);
    assert_eq!(fault(plain[..plain.len() - 1].to_vec()).await, Fault::Truncated);
    assert_eq!(fault(Vec::new()).await, Fault::Truncated);
    let gzip_head = [JSON, "content-encoding: gzip"];
    assert_eq!(fault(answer("200 OK", &gzip_head, &zipped[..zipped.len() - 1])).await, Fault::Truncated);
    assert_eq!(fault(answer("200 OK", &gzip_head, b"")).await, Fault::Truncated);
    let zstd_head = [JSON, "content-encoding: zstd"];
    assert_eq!(fault(answer("200 OK", &zstd_head, &packed[..packed.len() - 1])).await, Fault::Truncated);
    assert_eq!(fault(answer("200 OK", &zstd_head, b"")).await, Fault::Truncated);
    assert_eq!(fault(b"SSH-2.0-x\r\n\r\n".to_vec()).await.word(), "protocol");
}

#[tokio::test]
async fn a_wrong_encoding_is_refused() {
    let (zipped, packed) = (gzip(SMALL.as_bytes()).await, zstd(SMALL.as_bytes()).await);
    let mut wrong_sum = zipped.clone();
    wrong_sum[zipped.len() - 6] ^= 1;
    let twice = [zipped.as_slice(), &zipped].concat();
    let followed = [zipped.as_slice(), b"\n"].concat();
    let frames = [packed.as_slice(), &packed].concat();
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 0][..], &packed].concat();
    let cases: [(&[&str], &[u8]); 13] = [
        (&["content-encoding: br"], SMALL.as_bytes()),
        (&["content-encoding: deflate"], SMALL.as_bytes()),
        (&["content-encoding: x-gzip"], &zipped),
        (&["content-encoding: gzip, gzip"], &zipped),
        (&["content-encoding: gzip, identity"], &zipped),
        (&["content-encoding: gzip", "content-encoding: gzip"], &zipped),
        (&["content-encoding:"], SMALL.as_bytes()),
        (&["content-encoding: gzip"], SMALL.as_bytes()),
        (&["content-encoding: gzip"], &wrong_sum),
        (&["content-encoding: gzip"], &twice),
        (&["content-encoding: gzip"], &followed),
        (&["content-encoding: zstd"], &frames),
        (&["content-encoding: zstd"], &skippable),
    ];
    for (headers, body) in cases {
        let bytes = answer("200 OK", &[&[JSON], headers].concat(), body);
        assert_eq!(fault(bytes).await, Fault::ContentEncoding, "{headers:?}");
    }
}

#[tokio::test]
async fn a_zstd_window_over_eight_mebibytes_is_refused() {
    let last_raw_block = |text: &str| {
        let head = (u32::try_from(text.len()).unwrap() << 3) | 1;
        [&head.to_le_bytes()[..3], text.as_bytes()].concat()
    };
    let head = [JSON, "content-encoding: zstd"];
    let eight = [zstd_frame(23), last_raw_block(SMALL)].concat();
    let liar = Liar::saying(answer("200 OK", &head, &eight)).await;
    assert_eq!(web().state(&liar.base, &ask()).await.unwrap().value, small());
    let sixteen = [zstd_frame(24), last_raw_block(SMALL)].concat();
    assert_eq!(fault(answer("200 OK", &head, &sixteen)).await, Fault::ContentEncoding);
}

/// A gibibyte of zeros: blocks that end at a byte, so that one of them can be said again and again.
#[tokio::test]
async fn a_gzip_bomb_is_stopped_at_the_bound() {
    let zeros = vec![0; 1 << 20];
    let mut encoder = GzipEncoder::new(Vec::new());
    encoder.write_all(&zeros).await.unwrap();
    encoder.flush().await.unwrap();
    let first = encoder.get_ref().clone();
    encoder.write_all(&zeros).await.unwrap();
    encoder.flush().await.unwrap();
    let further = encoder.get_ref()[first.len()..].to_vec();
    let head = open_ended("200 OK", &[JSON, "content-encoding: gzip"], &first);
    assert_eq!(told(vec![Step::Say(head), Step::Repeat(further, 1023)]).await, Fault::TooLarge);
}

#[tokio::test]
async fn a_zstd_bomb_is_stopped_at_the_bound() {
    // A block of 128 KiB that is one byte repeated costs four bytes.
    let block = (((128_u32 << 10) << 3) | (1 << 1)).to_le_bytes()[..3].iter().copied().chain([b' ']).collect();
    let head = open_ended("200 OK", &[JSON, "content-encoding: zstd"], &zstd_frame(20));
    assert_eq!(told(vec![Step::Say(head), Step::Repeat(block, 8 << 10)]).await, Fault::TooLarge);
}

/// Bytes that decode to nothing are bounded too: empty blocks of gzip without end.
#[tokio::test]
async fn an_endless_stream_that_decodes_to_nothing_is_stopped() {
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let head = open_ended("200 OK", &[JSON, "content-encoding: gzip"], &head);
    let empty = [0, 0, 0, 0xff, 0xff].repeat(10_000);
    assert_eq!(told(vec![Step::Say(head), Step::Repeat(empty, 400)]).await, Fault::TooLarge);
}

#[tokio::test]
async fn a_state_of_seventeen_mebibytes_is_too_large_said_or_unsaid() {
    let block = vec![b'A'; 1 << 20];
    let start = br#"{"checkpoint":"a.b.c","entries":""#;
    let unsaid = open_ended("200 OK", &[JSON], start);
    assert_eq!(told(vec![Step::Say(unsaid), Step::Repeat(block.clone(), 17)]).await, Fault::TooLarge);
    let said = open_ended("200 OK", &[JSON, "content-length: 17825792"], start);
    assert_eq!(told(vec![Step::Say(said), Step::Repeat(block, 17)]).await, Fault::TooLarge);
}

#[tokio::test]
async fn a_state_just_within_the_bound_is_read() {
    let (start, end) = (br#"{"checkpoint":"a.b.c","entries":""#, br#""}"#);
    let letters = ((16 << 20) - start.len() - end.len()) / 4 * 4;
    let body = [start.as_slice(), &vec![b'A'; letters], end].concat();
    let liar = Liar::saying(answer("200 OK", &[JSON], &body)).await;
    let StateAnswer::State { entries, .. } = web().state(&liar.base, &ask()).await.unwrap().value else { panic!() };
    assert_eq!(entries.len(), letters / 4 * 3);
}

/// Each line: part of the fault, a tab, the body.
const WRONG: &str = include_str!("states.txt");

#[tokio::test]
async fn each_wrong_state_of_the_table_is_the_fault_it_says() {
    for line in WRONG.lines().filter(|line| !line.starts_with('#')) {
        let (expected, body) = line.split_once('\t').unwrap();
        let fault = fault(json(body)).await;
        assert!(matches!(fault, Fault::Malformed(_)) && fault.sentence().contains(expected), "{line}: {fault}");
    }
    assert!(matches!(fault(answer("200 OK", &[JSON], b"{\"checkpoint\":\"\xff\"}")).await, Fault::Malformed(_)));
}

#[tokio::test]
async fn json_of_ten_thousand_levels_is_refused() {
    for text in ["[", "{\"a\":"] {
        let body = format!("{{\"checkpoint\":\"a.b.c\",\"entries\":\"\",\"x\":{}", text.repeat(10_000));
        assert_eq!(fault(json(&body)).await, Fault::Malformed("it is nested too deeply"));
    }
}

#[tokio::test]
async fn another_content_type_is_refused() {
    let cases: [&[&str]; 8] = [
        &[],
        &["content-type:"],
        &["content-type: text/html"],
        &["content-type: application/x-ndjson"],
        &["content-type: application/problem+json"],
        &["content-type: application/jsonp"],
        &["content-type: application/json; charset=iso-8859-1"],
        &["content-type: application/json", "content-type: application/json"],
    ];
    for headers in cases {
        assert_eq!(fault(answer("200 OK", headers, SMALL.as_bytes())).await, Fault::ContentType, "{headers:?}");
    }
}

#[tokio::test]
async fn another_status_is_a_fault_with_the_code_of_its_problem() {
    const PROBLEM: &str = "content-type: application/problem+json";
    let of = |code: &str| format!(r#"{{"type":"urn:nmirf:problem:{code}","title":"x"}}"#);
    let cases = [
        ("500 Internal Server Error", "content-type: text/html", "<h1>".to_owned(), 500, None),
        ("403 Forbidden", PROBLEM, of("not-a-member"), 403, Some("not-a-member")),
        ("404 Not Found", "content-type: application/json", of("not-found"), 404, None),
        ("400 Bad Request", PROBLEM, of("<script>"), 400, None),
        ("400 Bad Request", PROBLEM, of(&"x".repeat(61)), 400, None),
        ("400 Bad Request", PROBLEM, "[".repeat(10_000), 400, None),
        ("400 Bad Request", PROBLEM, format!("{}{}", of("a"), " ".repeat(70_000)), 400, None),
        ("201 Created", JSON, SMALL.into(), 201, None),
        ("202 Accepted", JSON, SMALL.into(), 202, None),
        ("206 Partial Content", JSON, SMALL.into(), 206, None),
        ("304 Not Modified", JSON, String::new(), 304, None),
    ];
    for (status, kind, body, code, problem) in cases {
        let problem = problem.map(str::to_owned);
        assert_eq!(fault(answer(status, &[kind], body.as_bytes())).await, Fault::Status { code, problem }, "{status}");
    }
    assert_eq!(fault(answer("204 No Content", &[], b"")).await, Fault::Status { code: 204, problem: None });
}

#[tokio::test]
async fn a_server_that_asks_for_patience_says_how_long() {
    let body = br#"{"type":"urn:nmirf:problem:too-many-requests"}"#;
    let kind = "content-type: application/problem+json";
    let problem = Some("too-many-requests".to_owned());
    let seconds = fault(answer("429 Too Many Requests", &[kind, "retry-after: 90"], body)).await;
    assert_eq!(seconds, Fault::RetryLater { seconds: 90, status: 429, problem: problem.clone() });
    let long = fault(answer("503 Service Unavailable", &["retry-after: 864000"], b"")).await;
    assert_eq!(long, Fault::RetryLater { seconds: 21_600, status: 503, problem: None });
    let date = fault(answer("429 x", &[kind, "retry-after: Thu, 01 Jan 2099 00:00:00 GMT"], body)).await;
    assert_eq!(date, Fault::RetryLater { seconds: 21_600, status: 429, problem });
    let past = fault(answer("503 x", &["retry-after: Thu, 01 Jan 2009 00:00:00 GMT"], b"")).await;
    assert_eq!(past, Fault::RetryLater { seconds: 0, status: 503, problem: None });
}

#[tokio::test]
async fn a_redirect_is_named_and_not_followed() {
    let target = Liar::saying(json(SMALL)).await;
    let location = format!("location: {}/federation/v1/state", target.base);
    for status in ["301 x", "302 x", "303 x", "307 x", "308 x"] {
        let elsewhere = fault(answer(status, &[&location], b"")).await;
        assert_eq!(elsewhere, Fault::Redirect { to: Some("127.0.0.1".into()) }, "{status}");
    }
    let other = fault(answer("302 x", &["location: https://b.example/x?y#z"], b"")).await;
    assert_eq!(other, Fault::Redirect { to: Some("b.example".into()) });
    assert_eq!(fault(answer("300 x", &[], b"")).await, Fault::Redirect { to: None });
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn silence_and_slowness_are_bounded() {
    let silent = Liar::telling(vec![vec![Step::Silence]]).await;
    let state = hasty(100, 5_000).state(&silent.base, &ask()).await;
    assert_eq!(state, Err(Fault::Timeout(Waited::Byte)));

    let bytes = json(SMALL);
    let halfway = Liar::telling(vec![vec![Step::Say(bytes[..bytes.len() - 9].to_vec()), Step::Silence]]).await;
    let state = hasty(100, 5_000).state(&halfway.base, &ask()).await;
    assert_eq!(state, Err(Fault::Timeout(Waited::Byte)));

    let (head, body) = bytes.split_at(bytes.len() - SMALL.len());
    let drip = vec![Step::Say(head.to_vec()), Step::Drip(body.to_vec(), Duration::from_millis(20))];
    let slow = Liar::telling(vec![drip]).await;
    let state = hasty(2_000, 300).state(&slow.base, &ask()).await;
    assert_eq!(state, Err(Fault::Timeout(Waited::Whole)));
}
