//! What people see at an instance: its pages, for anybody or for somebody who is signed in.

use nmirf_hub::{
    access::Role,
    audit::Actor,
    record::{RecordKey, Sub},
};
use serde_json::{Value, json};

use crate::{
    instance::Instance,
    support::{between, plain},
};

const PASSWORD: &str = "a long password for tests";

/// A page, or what stands in its place.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    /// Where it leads.
    pub location: String,
    pub text: String,
}

impl Page {
    /// What stands in `main`, as it is read.
    #[track_caller]
    pub fn said(&self) -> String {
        let main = between(&self.text, "<main", "</main>");
        assert_eq!(main.len(), 1, "{self:?}");
        plain(main[0].split_once('>').unwrap().1)
    }

    /// What stands above and in `main`, as it is read: the strip says how the copies stand.
    pub fn with_strip(&self) -> String {
        plain(self.text.split_once("<body").unwrap().1)
    }
}

impl Instance {
    /// The key of a record of this instance.
    pub fn key_of(&self, sub: &Sub) -> RecordKey {
        match self.country {
            Some(_) => RecordKey::of(self.id(), sub),
            None => RecordKey::of(RecordKey::COORDINATOR, sub),
        }
    }

    /// What is shown can be found by its words, too.
    pub async fn index(&self) {
        self.hub().catch_up().await.unwrap();
        self.hub().index().follow(&self.hub().snapshot());
    }

    /// What anybody gets at a path, led nowhere.
    pub async fn read(&self, path: &str) -> Page {
        self.read_with(path, None).await
    }

    /// What somebody with this role gets.
    pub async fn read_as(&self, role: Role, path: &str) -> Page {
        let (access, now, name) = (self.hub().access(), self.hub().now(), format!("{role:?}").to_lowercase());
        // The account may be there from a page before.
        if let Ok(added) = access.add_account(&name, role, None, &Actor::operator(), now).await {
            let secret = added.link.rsplit('/').next().unwrap();
            access.accept_invitation(secret, PASSWORD, None, None, now).await.unwrap();
        }
        let signed_in = access.sign_in(&name, PASSWORD, None, None, now).await.unwrap();
        self.read_with(path, Some(format!("{}={}", access.cookie_name(), signed_in.secret))).await
    }

    /// What somebody with this role hears of the API.
    pub async fn ask_as(&self, role: Role, query: &str) -> Value {
        let (hub, hour) = (self.hub(), std::time::Duration::from_secs(3600));
        let (key, name) = (hub.author().key.clone(), format!("{role:?}").to_lowercase());
        let issued = hub.access().issue_token(&key, &name, role, hour, &Actor::operator(), hub.now()).await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.post(format!("{}/graphql", self.id())).bearer_auth(issued.unwrap().text);
        let request = request.header("content-type", "application/json").body(json!({ "query": query }).to_string());
        let answer: Value = serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap();
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].clone()
    }

    async fn read_with(&self, path: &str, cookie: Option<String>) -> Page {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let mut request = client.get(format!("{}{path}", self.id())).header("accept", "text/html");
        if let Some(cookie) = cookie {
            request = request.header("cookie", cookie);
        }
        let answer = request.send().await.unwrap();
        let location = answer.headers().get("location").map(|way| way.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        let text = String::from_utf8_lossy(&answer.bytes().await.unwrap()).into_owned();
        Page { status, location: location.unwrap_or_default(), text }
    }
}
