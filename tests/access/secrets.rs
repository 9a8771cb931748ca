//! Planted secrets: none may stand in a log of any level, nor, but as a hash, in the database.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use nmirf_hub::{access::Role, audit::Actor};
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    fake_provider::{FakeProvider, Key},
    support::Served,
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_stands_in_a_log_or_in_the_database() {
    let log = Log::default();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).init();
    let key = Key::new("one");
    let provider = FakeProvider::start(&[&key]).await;
    let served = Served::with(|config| provider.configure(config)).await;

    let (password, wrong) = ("planted password one", "planted password two");
    let invitation = served.invite("amina", Role::Editor).await;
    let invitation = invitation.rsplit('/').next().unwrap().to_owned();
    let mut browser = served.browser();
    browser.get(&format!("/en/sign-in/invitation/{invitation}")).await;
    browser.post(&format!("/en/sign-in/invitation/{invitation}"), &[("password", password), ("again", password)]).await;
    browser.get(&format!("/en/sign-in/invitation/{invitation}")).await;
    let session = browser.cookies[served.access().cookie_name()].clone();
    browser.sign_in("amina", wrong).await;
    // A password in the wrong field.
    browser.sign_in("planted password three", wrong).await;
    browser.get("/sign-in/provider/0").await;
    let departure = browser.cookies[served.access().departure_cookie_name()].clone();
    browser.get("/sign-in/callback?state=plantedstate&code=plantedcode").await;
    let (author, by) = (served.hub.author(), Actor::operator());
    let life = Duration::from_secs(60);
    let token =
        served.access().issue_token(&author.key, "script", Role::Reader, life, &by, served.now()).await.unwrap();
    served.hub.bearer(&token.text).await.unwrap();
    served.hub.bearer(&format!("{}x", token.text)).await.unwrap_err();
    let foreign = key.sign(&serde_json::json!({"iss": provider.issuer, "sub": "plantedsubject"}));
    served.hub.bearer(&foreign).await.unwrap_err();

    let written = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(written.contains("/sign-in/invitation/") && written.contains("a token is refused"), "the log was read");
    let files: Vec<Vec<u8>> = served.files().iter().map(|file| std::fs::read(file).unwrap()).collect();
    let stands =
        |wanted: &str| files.iter().any(|file| file.windows(wanted.len()).any(|window| window == wanted.as_bytes()));
    assert!(stands("sign-in.refused"), "the files were read");
    let signature = token.text.rsplit('.').next().unwrap();
    for secret in [
        password,
        wrong,
        "planted password three",
        &invitation,
        &session,
        &departure,
        "plantedstate",
        "plantedcode",
        "plantedsubject",
        signature,
        foreign.rsplit('.').next().unwrap(),
    ] {
        assert!(!written.contains(secret), "{secret} stands in the log");
        assert!(!stands(secret), "{secret} stands in the database");
    }
}
