//! A download goes out as it is taken, and ends when nobody takes it.

use nmirf_hub::record::Kind;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    hub::{Served, publish},
    support::Coordinator,
};

/// More than the buffers of a connection hold.
async fn much() -> Served {
    let coordinator = Coordinator::start().await;
    let text = "x".repeat(40_000);
    let body = |number: usize| json!({"country": "MA", "title": {"en": format!("Practice {number}")}, "summary": {"en": text}, "sources": [{"title": "s"}]});
    publish(&coordinator.hub, Kind::Practice, (0..300).map(body).collect()).await;
    Served::of(coordinator).await
}

/// Asks in the old form, whose answers are not parted into chunks, and reads the head; the rest is left where it is.
async fn begun(served: &Served) -> TcpStream {
    let mut stream = TcpStream::connect(served.base.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(b"GET /export/practices.jsonl HTTP/1.0\r\nhost: hub\r\n\r\n").await.unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.0 200");
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_gives_its_turn_back() {
    let served = much().await;
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(begun(&served).await);
    }
    // The fifth of the same caller waits for its turn, and is asked to come again.
    served.get("/export/practices.jsonl").await.refused(503, "under way");
    drop(open.pop());
    // A turn that was not given back would refuse this after some seconds.
    assert_eq!(served.get("/export/practices.jsonl").await.lines().len(), 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_is_of_the_moment_in_which_it_was_asked_for() {
    let served = much().await;
    let mut stream = begun(&served).await;
    let hub = &served.coordinator.hub;
    let records: Vec<Value> = served.get("/export/practices.jsonl").await.lines();
    let changed = records.into_iter().map(|mut row| {
        row["summary"] = json!({"en": "changed"});
        row.as_object_mut().unwrap().shift_remove("revision");
        row
    });
    publish(hub, Kind::Practice, changed.collect()).await;
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    let rest = String::from_utf8(rest).unwrap();
    assert_eq!(rest.matches("\"revision\":1").count(), 300);
    assert!(!rest.contains("changed"));
    assert!(served.get("/export/practices.jsonl").await.lines().iter().all(|row| row["revision"] == 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_no_cell_holds_is_cut_in_a_workbook_alone() {
    let served = much().await;
    let book = served.get("/export/practices.xlsx").await;
    assert_eq!(book.status, 200);
    let rows = nmirf_hub::import::read(nmirf_hub::import::Format::Xlsx, &book.body, None).unwrap();
    let fault = rows[0].as_ref().unwrap_err().to_string();
    assert!(fault.starts_with("row 2, column summary_en: ") && fault.contains("was cut"), "{fault}");
    let table = served.get("/export/practices.csv").await.table();
    assert!(table.iter().all(|row| row["summary_en"].as_str().unwrap().len() == 40_000));
}
