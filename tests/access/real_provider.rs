//! Against `oidc-provider`, a certified provider: tokens, another key, and a sign-in with a browser from end to end.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use nmirf_hub::{
    access::{Refused, Role},
    audit::Actor,
    config::{Config, Oidc},
};
use reqwest::Url;
use serde_json::Value;

use crate::support::{Answer, Browser, MINUTE, Served};

const AUDIENCE: &str = "urn:hub";
const SECRET: &str = "the secret of the client";

/// The provider as a process of its own, until this is dropped.
struct RealProvider {
    process: Child,
    issuer: String,
    /// Kept open: the provider ends when it cannot write to it.
    _output: BufReader<ChildStdout>,
}

impl RealProvider {
    fn start(hub: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access");
        assert!(
            folder.join("node_modules/oidc-provider").is_dir(),
            "the provider is not installed: run `npm ci` in tests/access, or tests/run, which does it"
        );
        let redirect_uri = format!("{hub}/sign-in/callback");
        let mut command = Command::new("node");
        command.args(["provider.mjs", &redirect_uri, AUDIENCE]).current_dir(folder);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut lines = output.by_ref().lines().map(Result::unwrap);
        let issuer = lines.find_map(|line| line.strip_prefix("issuer ").map(str::to_owned));
        let issuer = issuer.expect("the provider says its issuer");
        Self { process, issuer, _output: output }
    }

    fn configure(&self, config: &mut Config, secret: &Path) {
        std::fs::write(secret, format!("{SECRET}\n")).unwrap();
        config.auth.oidc.push(Oidc {
            issuer: self.issuer.clone(),
            audience: AUDIENCE.to_owned(),
            client_id: "hub".to_owned(),
            client_secret_file: Some(secret.to_owned()),
            roles: [("hub-editors".to_owned(), "editor".to_owned())].into(),
            ..Oidc::default()
        });
    }

    /// A token as a program gets one.
    async fn token(&self) -> String {
        let body = format!("grant_type=client_credentials&resource={AUDIENCE}");
        let request = reqwest::Client::new()
            .post(format!("{}/token", self.issuer))
            .basic_auth("hub", Some("the+secret+of+the+client"));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        let answer: Value = serde_json::from_str(&request.send().await.unwrap().text().await.unwrap()).unwrap();
        answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    async fn rotate(&self) {
        let answer = reqwest::Client::new().post(format!("{}/test/rotate", self.issuer)).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }
}

impl Drop for RealProvider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A hub and the provider that it knows: each has to know the other's address first.
async fn scene() -> (RealProvider, Served, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut provider = None;
    let served = Served::with(|config| {
        let started = RealProvider::start(&config.instance.entity_id);
        started.configure(config, &folder.path().join("oidc.secret"));
        provider = Some(started);
    })
    .await;
    (provider.unwrap(), served, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_of_the_provider_is_taken_and_after_a_new_key_the_next_one_too() {
    let (provider, served, _folder) = scene().await;
    let first = provider.token().await;
    let person = served.hub.bearer(&first).await.unwrap();
    assert_eq!(person.role, Role::Editor);
    assert_eq!(*person.name, format!("hub@{}", provider.issuer.strip_prefix("http://").unwrap()));
    provider.rotate().await;
    let second = provider.token().await;
    assert_eq!(served.hub.bearer(&second).await, Err(Refused::Token), "the keys were fetched a moment ago");
    served.wait(MINUTE);
    assert_eq!(served.hub.bearer(&second).await.unwrap().role, Role::Editor);
    assert_eq!(served.hub.bearer(&first).await, Err(Refused::Token), "its key is published no more");
}

/// Signs in at the provider and agrees to what the client asks for; gives the address that leads back.
async fn at_provider(provider: &RealProvider, leave: &str, name: &str) -> String {
    let mut browser = Browser::at(&provider.issuer, &provider.issuer);
    let mut answer = browser.get(leave).await;
    for _ in 0..12 {
        let location = answer.header("location").to_owned();
        if location.contains("/sign-in/callback") {
            return location;
        }
        answer = match location.is_empty() {
            false => browser.get(&location).await,
            true => submit(&mut browser, &answer, name).await,
        };
    }
    panic!("the provider leads nowhere: {}", answer.body);
}

/// Fills in the form that the provider shows: who it is, then the agreement.
async fn submit(browser: &mut Browser, page: &Answer, name: &str) -> Answer {
    let after =
        |text: &str, mark: &str| text.split(mark).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let action = after(&page.body, "action=\"").unwrap_or_else(|| panic!("no form: {} {}", page.status, page.body));
    let prompt = after(&page.body, "name=\"prompt\" value=\"").unwrap();
    match prompt.as_str() {
        "login" => browser.post(&action, &[("prompt", "login"), ("login", name), ("password", "any")]).await,
        other => browser.post(&action, &[("prompt", other)]).await,
    }
}

fn path_of(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_signs_in_through_the_provider() {
    let (provider, served, _folder) = scene().await;
    let mut browser = served.browser();
    assert!(browser.get("/en/sign-in").await.body.contains("href=\"/sign-in/provider/0?language=en\""));
    let leave = browser.get("/sign-in/provider/0").await;
    assert_eq!(leave.status, 303, "{}", leave.body);
    let asked = Url::parse(leave.header("location")).unwrap();
    let has = |name: &str, value: &str| asked.query_pairs().any(|(key, found)| key == name && found == value);
    assert!(has("response_type", "code") && has("code_challenge_method", "S256") && has("scope", "openid"), "{asked}");
    let back = at_provider(&provider, asked.as_str(), "amina").await;
    let come = browser.get(&path_of(&back)).await;
    assert_eq!((come.status.as_u16(), come.header("location")), (303, "/en/workbench"), "{}", come.body);
    let name = format!("amina@{}", provider.issuer.strip_prefix("http://").unwrap());
    assert!(browser.is(&name).await);
    assert_eq!(served.audit().await, [format!("{name} sign-in -")]);
    // The same way back works once.
    assert_eq!(browser.get(&path_of(&back)).await.status, 401);
    // The command that disables accounts ends the sessions of whom a provider vouches for.
    let by = Actor::operator();
    assert!(served.access().disable_account(&name, &by, served.now()).await.unwrap());
    assert!(!browser.is(&name).await);
    assert!(served.access().disable_account(&name, &by, served.now()).await.is_err(), "nothing is left to end");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_role_at_the_provider_gets_no_session() {
    let (provider, served, _folder) = scene().await;
    let mut browser = served.browser();
    let leave = browser.get("/sign-in/provider/0").await;
    let back = at_provider(&provider, leave.header("location"), "boris").await;
    let come = browser.get(&path_of(&back)).await;
    assert_eq!(come.status, 403);
    assert!(come.body.contains("you have no role at this hub"), "{}", come.body);
    assert!(!browser.cookies.contains_key(served.access().cookie_name()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_back_in_another_browser_with_another_state_or_too_late_is_refused() {
    let (provider, served, _folder) = scene().await;
    let mut browser = served.browser();
    let leave = browser.get("/sign-in/provider/0").await;
    let back = path_of(&at_provider(&provider, leave.header("location"), "amina").await);
    assert_eq!(served.browser().get(&back).await.status, 401, "a browser that never left");
    let mut other = served.browser();
    other.get("/sign-in/provider/0").await;
    assert_eq!(other.get(&back).await.status, 401, "a browser that left for itself");
    let planted = back.replace("state=", "state=A");
    assert_eq!(browser.get(&planted).await.status, 401);
    // All that did not end the right one, which is still good.
    assert_eq!(browser.get(&back).await.status, 303);
    let leave = browser.get("/sign-in/provider/0").await;
    let back = path_of(&at_provider(&provider, leave.header("location"), "amina").await);
    served.wait(10 * MINUTE);
    assert_eq!(browser.get(&back).await.status, 401, "too late");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_back_from_another_issuer_is_refused() {
    let (provider, served, _folder) = scene().await;
    let mut browser = served.browser();
    let leave = browser.get("/sign-in/provider/0").await;
    let back = path_of(&at_provider(&provider, leave.header("location"), "amina").await);
    let elsewhere = back.replace("iss=http", "iss=https");
    assert_ne!(elsewhere, back);
    assert_eq!(browser.get(&elsewhere).await.status, 401);
    assert_eq!(served.audit().await, ["anonymous sign-in.refused -"]);
}
