//! A coordinator with the first data that serves everything, and what is asked of it.

use std::sync::Arc;

use nmirf_hub::{
    access::Role,
    audit::Actor,
    graphql, http,
    hub::Hub,
    import::{self, Facts, Row},
    record::{Kind, first_data},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::support::{Coordinator, network_practice, practice};

/// A hub on a socket until it is dropped.
pub struct Served {
    pub coordinator: Coordinator,
    pub base: String,
    pub client: reqwest::Client,
    stop: CancellationToken,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// It must be a problem that says this.
    #[track_caller]
    pub fn refused(&self, status: u16, words: &str) {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }

    /// The rows of a table as text: members by the names of their columns.
    pub fn table(&self) -> Vec<Value> {
        let text = self.text();
        let text = text.strip_prefix('\u{feff}').expect("a table begins with a mark of byte order");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().unwrap().clone();
        let row = |record: csv::StringRecord| -> Value {
            Value::Object(names.iter().zip(record.iter()).map(|(name, cell)| (name.to_owned(), cell.into())).collect())
        };
        reader.records().map(|record| row(record.unwrap())).collect()
    }

    pub fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Served {
    /// With the first data of the coordinator; practices 4 and 5 of a member, the latter for the network alone, as 3 is.
    pub async fn start() -> Self {
        let coordinator = Coordinator::start().await;
        for (kind, bodies) in [
            (Kind::Mechanism, first_data::mechanisms()),
            (Kind::Practice, first_data::practices()),
            (Kind::Document, first_data::documents()),
            (Kind::Event, first_data::events()),
        ] {
            publish(&coordinator.hub, kind, bodies).await;
        }
        coordinator.publish(vec![network_practice(3)]).await;
        coordinator.copy_of_member(vec![practice(4)]).await;
        coordinator.copy_of_member(vec![network_practice(5)]).await;
        Self::of(coordinator).await
    }

    pub async fn of(coordinator: Coordinator) -> Self {
        let hub = coordinator.hub.clone();
        hub.catch_up().await.unwrap();
        let listener = http::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let app = http::app(hub.clone(), graphql::router(hub.clone()).unwrap());
        tokio::spawn(http::serve(hub, listener, app, stop.clone()));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { coordinator, base, client, stop }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.client.request(method.parse().unwrap(), format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    /// The data of an answer of the API.
    pub async fn graphql(&self, query: &str) -> Value {
        let request = self.client.post(format!("{}/graphql", self.base)).header("content-type", "application/json");
        let answer = request.body(json!({ "query": query }).to_string()).send().await.unwrap();
        let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].clone()
    }

    /// A token of staff who may read.
    pub async fn token(&self) -> String {
        let hub = &self.coordinator.hub;
        let (key, hour) = (hub.author().key.clone(), std::time::Duration::from_secs(3600));
        let issued = hub.access().issue_token(&key, "reader", Role::Reader, hour, &Actor::operator(), hub.now()).await;
        issued.unwrap().text
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Publishes bodies as `import` does.
pub async fn publish(hub: &Arc<Hub>, kind: Kind, bodies: Vec<Value>) {
    let rows = bodies.into_iter().enumerate().map(|(place, body)| Row::of(place + 1, body));
    let prepared = import::publications(&Facts::of(hub), Some(kind), rows.collect());
    assert!(prepared.faults.is_empty(), "{:?}", prepared.faults.first());
    let publications = prepared.publications.into_iter().map(|(_, publication)| publication).collect();
    hub.publish(publications, &|_| {}).await.unwrap();
    hub.catch_up().await.unwrap();
}
