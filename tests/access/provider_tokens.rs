//! Tokens of OpenID Connect providers: each thing that can be wrong with one, from one that is right.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, encode};
use nmirf_hub::{
    access::{Refused, Role},
    config::{Config, Oidc, Role as InstanceRole},
    journal::encoding::base64url,
};
use serde_json::{Value, json};

use crate::{
    fake_provider::{FakeProvider, Key},
    support::{MINUTE, Served},
};

/// A provider with one key, and a hub that knows it.
struct Scene {
    key: Key,
    provider: FakeProvider,
    served: Served,
}

impl Scene {
    async fn new() -> Self {
        let key = Key::new("one");
        let provider = FakeProvider::start(&[&key]).await;
        let served = Served::with(|config| provider.configure(config)).await;
        Self { key, provider, served }
    }

    fn claims(&self, change: impl FnOnce(&mut Value)) -> Value {
        let now = self.served.now() / 1_000;
        let mut claims = json!({
            "iss": self.provider.issuer, "aud": "urn:hub", "sub": "amina", "iat": now, "nbf": now, "exp": now + 600,
            "roles": ["hub-readers", "hub-editors", "others"], "locale": "fr",
        });
        change(&mut claims);
        claims
    }

    async fn judge(&self, token: &str) -> Result<Role, Refused> {
        self.served.hub.bearer(token).await.map(|person| person.role)
    }

    async fn judge_claims(&self, change: impl FnOnce(&mut Value)) -> Result<Role, Refused> {
        self.judge(&self.key.sign(&self.claims(change))).await
    }
}

#[tokio::test]
async fn a_right_token_has_the_greatest_role_of_its_words_and_a_name_with_the_issuer() {
    let scene = Scene::new().await;
    let person = scene.served.hub.bearer(&scene.key.sign(&scene.claims(|_| ()))).await.unwrap();
    assert_eq!(person.role, Role::Editor);
    assert_eq!(*person.name, format!("amina@{}", scene.provider.issuer.strip_prefix("http://").unwrap()));
    assert_eq!(person.language.unwrap().as_str(), "fr");
    assert_eq!(scene.judge_claims(|claims| claims["roles"] = json!("hub-readers")).await, Ok(Role::Reader));
    assert_eq!(scene.judge_claims(|claims| claims["aud"] = json!(["other", "urn:hub"])).await, Ok(Role::Editor));
}

#[tokio::test]
async fn who_has_no_word_with_a_role_is_known_and_may_nothing() {
    let scene = Scene::new().await;
    for roles in [json!(["others"]), json!([]), json!({"hub-editors": true}), json!(7), Value::Null] {
        assert_eq!(scene.judge_claims(|claims| claims["roles"] = roles).await, Err(Refused::NoRole));
    }
}

#[tokio::test]
async fn a_public_key_is_no_secret_of_hmac() {
    let scene = Scene::new().await;
    assert_eq!(scene.judge_claims(|_| ()).await, Ok(Role::Editor));
    let jwk = &scene.key.jwk;
    let text = |name: &str| jwk[name].as_str().unwrap().as_bytes().to_vec();
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        for secret in [jwk.to_string().into_bytes(), text("x"), text("y"), Vec::new()] {
            let mut header = scene.key.header();
            header.alg = algorithm;
            let token = encode(&header, &scene.claims(|_| ()), &EncodingKey::from_secret(&secret)).unwrap();
            assert_eq!(scene.judge(&token).await, Err(Refused::Token));
        }
    }
}

#[tokio::test]
async fn a_symmetric_key_that_the_provider_publishes_is_not_taken() {
    let scene = Scene::new().await;
    scene.provider.publish_as_is(json!({"kty": "oct", "k": base64url(b"secret"), "kid": "one", "alg": "HS256"}));
    let mut header = scene.key.header();
    header.alg = Algorithm::HS256;
    let token = encode(&header, &scene.claims(|_| ()), &EncodingKey::from_secret(b"secret")).unwrap();
    assert_eq!(scene.judge(&token).await, Err(Refused::Unavailable), "no usable key at all");
}

#[tokio::test]
async fn a_token_without_a_signature_is_refused() {
    let scene = Scene::new().await;
    let token = scene.key.sign(&scene.claims(|_| ()));
    let (signed, _) = token.rsplit_once('.').unwrap();
    let payload = signed.split_once('.').unwrap().1;
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let header = base64url(json!({"alg": alg, "typ": "JWT", "kid": "one"}).to_string().as_bytes());
        assert_eq!(scene.judge(&format!("{header}.{payload}.")).await, Err(Refused::Token), "{alg}");
    }
    assert_eq!(scene.judge(&format!("{signed}.")).await, Err(Refused::Token));
}

#[tokio::test]
async fn a_changed_token_is_refused() {
    let scene = Scene::new().await;
    let token = scene.key.sign(&scene.claims(|_| ()));
    let parts: Vec<&str> = token.split('.').collect();
    let other = base64url(scene.claims(|claims| claims["sub"] = json!("boris")).to_string().as_bytes());
    assert_eq!(scene.judge(&format!("{}.{other}.{}", parts[0], parts[2])).await, Err(Refused::Token));
}

#[tokio::test]
async fn an_expired_token_is_refused_beyond_a_minute_of_leeway() {
    let scene = Scene::new().await;
    let now = scene.served.now() / 1_000;
    assert_eq!(scene.judge_claims(|claims| claims["exp"] = json!(now - 59)).await, Ok(Role::Editor));
    assert_eq!(scene.judge_claims(|claims| claims["exp"] = json!(now - 60)).await, Err(Refused::Token));
    let never = scene.judge_claims(|claims| drop(claims.as_object_mut().unwrap().remove("exp"))).await;
    assert_eq!(never, Err(Refused::Token));
}

#[tokio::test]
async fn a_token_that_is_not_valid_yet_is_refused_beyond_a_minute_of_leeway() {
    let scene = Scene::new().await;
    let now = scene.served.now() / 1_000;
    assert_eq!(scene.judge_claims(|claims| claims["nbf"] = json!(now + 60)).await, Ok(Role::Editor));
    assert_eq!(scene.judge_claims(|claims| claims["nbf"] = json!(now + 61)).await, Err(Refused::Token));
    assert_eq!(scene.judge_claims(|claims| claims["iat"] = json!(now + 61)).await, Err(Refused::Token));
}

#[tokio::test]
async fn a_token_for_another_audience_is_refused() {
    let scene = Scene::new().await;
    for audience in [json!("urn:other"), json!(["urn:other"]), json!([]), json!(""), Value::Null] {
        assert_eq!(scene.judge_claims(|claims| claims["aud"] = audience).await, Err(Refused::Token));
    }
    let none = scene.judge_claims(|claims| drop(claims.as_object_mut().unwrap().remove("aud"))).await;
    assert_eq!(none, Err(Refused::Token));
}

#[tokio::test]
async fn a_token_of_an_issuer_that_is_not_configured_is_refused() {
    let scene = Scene::new().await;
    let other = format!("{}/", scene.provider.issuer);
    for issuer in ["https://evil.example", "", &other] {
        assert_eq!(scene.judge_claims(|claims| claims["iss"] = json!(issuer)).await, Err(Refused::Token), "{issuer}");
    }
    assert_eq!(scene.provider.asked(), 0, "nobody is called for them");
}

#[tokio::test]
async fn a_token_for_this_issuer_signed_with_the_key_of_another_is_refused() {
    let (key, others) = (Key::new("one"), Key::new("other"));
    let (provider, other) = (FakeProvider::start(&[&key]).await, FakeProvider::start(&[&others]).await);
    let served = Served::with(|config| {
        provider.configure(config);
        other.configure(config);
    })
    .await;
    let scene = Scene { key, provider, served };
    let right = others.sign(&scene.claims(|claims| claims["iss"] = json!(other.issuer)));
    assert_eq!(scene.judge(&right).await, Ok(Role::Editor));
    assert_eq!(scene.judge(&others.sign(&scene.claims(|_| ()))).await, Err(Refused::Token));
    // With the right name of a key too.
    let forged = encode(&scene.key.header(), &scene.claims(|_| ()), &others.encoding).unwrap();
    assert_eq!(scene.judge(&forged).await, Err(Refused::Token));
}

#[tokio::test]
async fn a_token_of_another_type_is_refused() {
    let scene = Scene::new().await;
    for (typ, good) in [
        (None, true),
        (Some("JWT"), true),
        (Some("at+jwt"), true),
        (Some("logout+jwt"), false),
        (Some("dpop+jwt"), false),
        (Some("nmirf-client+jwt"), false),
        (Some("entity-statement+jwt"), false),
    ] {
        let mut header = scene.key.header();
        header.typ = typ.map(str::to_owned);
        let token = encode(&header, &scene.claims(|_| ()), &scene.key.encoding).unwrap();
        assert_eq!(scene.judge(&token).await.is_ok(), good, "{typ:?}");
    }
}

#[tokio::test]
async fn an_algorithm_that_does_not_suit_the_key_is_refused() {
    let scene = Scene::new().await;
    let token = scene.key.sign(&scene.claims(|_| ()));
    let (_, rest) = token.split_once('.').unwrap();
    for alg in ["RS256", "PS256", "ES384", "EdDSA"] {
        let header = base64url(json!({"alg": alg, "kid": "one"}).to_string().as_bytes());
        assert_eq!(scene.judge(&format!("{header}.{rest}")).await, Err(Refused::Token), "{alg}");
    }
}

#[tokio::test]
async fn a_header_that_asks_for_what_is_not_known_is_refused() {
    let scene = Scene::new().await;
    let payload = base64url(scene.claims(|_| ()).to_string().as_bytes());
    for header in [
        json!({"alg": "ES256", "kid": "one", "crit": ["b64"], "b64": false}).to_string(),
        r#"{"alg":"ES256","alg":"ES256","kid":"one"}"#.to_owned(),
        json!({"alg": "ES256", "jwk": scene.key.jwk}).to_string().replace("one", "two"),
    ] {
        let signed = format!("{}.{payload}", base64url(header.as_bytes()));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &scene.key.encoding, Algorithm::ES256).unwrap();
        let judged = scene.judge(&format!("{signed}.{signature}")).await;
        let harmless = header.contains("jwk");
        // A key in the header is not looked at: the provider's only key has made the signature.
        assert_eq!(judged.is_ok(), harmless, "{header}");
    }
}

#[tokio::test]
async fn a_key_in_the_header_is_not_believed() {
    let scene = Scene::new().await;
    let thief = Key::new("one");
    let mut header = thief.header();
    header.jwk = Some(serde_json::from_value(thief.jwk.clone()).unwrap());
    let token = encode(&header, &scene.claims(|_| ()), &thief.encoding).unwrap();
    assert_eq!(scene.judge(&token).await, Err(Refused::Token));
}

#[tokio::test]
async fn a_new_key_is_fetched_and_one_that_nobody_knows_not_more_than_once_a_minute() {
    let scene = Scene::new().await;
    assert_eq!(scene.judge_claims(|_| ()).await, Ok(Role::Editor));
    assert_eq!(scene.provider.asked(), 1);
    let next = Key::new("two");
    scene.provider.publish(&[&scene.key, &next]);
    let token = next.sign(&scene.claims(|_| ()));
    for _ in 0..5 {
        assert_eq!(scene.judge(&token).await, Err(Refused::Token), "asked a moment ago");
    }
    assert_eq!(scene.provider.asked(), 1);
    scene.served.wait(MINUTE);
    assert_eq!(scene.judge(&token).await, Ok(Role::Editor));
    assert_eq!(scene.provider.asked(), 2);
    for number in 0..50 {
        let unknown = Key::new(&format!("unknown {number}"));
        assert_eq!(scene.judge(&unknown.sign(&scene.claims(|_| ()))).await, Err(Refused::Token));
    }
    assert_eq!(scene.provider.asked(), 2);
}

#[tokio::test]
async fn a_key_that_the_provider_takes_back_is_gone_with_the_first_question_after_an_hour() {
    let scene = Scene::new().await;
    assert_eq!(scene.judge_claims(|_| ()).await, Ok(Role::Editor));
    scene.provider.publish(&[&Key::new("two")]);
    scene.served.wait(59 * MINUTE);
    assert_eq!(scene.judge_claims(|_| ()).await, Ok(Role::Editor));
    scene.served.wait(MINUTE);
    let gone = async {
        while scene.judge_claims(|_| ()).await != Err(Refused::Token) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone).await.unwrap();
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_believed_for_a_day() {
    let scene = Scene::new().await;
    assert_eq!(scene.judge_claims(|_| ()).await, Ok(Role::Editor));
    scene.provider.answer(false);
    scene.served.wait(23 * 60 * MINUTE);
    assert_eq!(scene.judge_claims(|_| ()).await, Ok(Role::Editor));
    scene.served.wait(60 * MINUTE);
    assert_eq!(scene.judge_claims(|_| ()).await, Err(Refused::Unavailable));
    scene.provider.answer(true);
    scene.served.wait(MINUTE);
    assert_eq!(scene.judge_claims(|_| ()).await, Ok(Role::Editor));
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_not_believed() {
    let scene = Scene::new().await;
    scene.provider.call_itself("https://login.example");
    assert_eq!(scene.judge_claims(|_| ()).await, Err(Refused::Unavailable));
}

#[tokio::test]
async fn a_subject_that_could_deceive_is_refused() {
    let scene = Scene::new().await;
    for subject in ["", "a\nb", "a\u{202e}b", &"a".repeat(256)] {
        assert_eq!(scene.judge_claims(|claims| claims["sub"] = json!(subject)).await, Err(Refused::Token));
    }
}

#[tokio::test]
async fn a_claim_inside_others_gives_roles_too() {
    let key = Key::new("one");
    let provider = FakeProvider::start(&[&key]).await;
    let served = Served::with(|config| {
        provider.configure(config);
        config.auth.oidc[0].roles_claim = "realm_access.roles".to_owned();
    })
    .await;
    let scene = Scene { key, provider, served };
    let nested = scene.judge_claims(|claims| claims["realm_access"] = json!({"roles": ["hub-readers"]})).await;
    assert_eq!(nested, Ok(Role::Reader));
    assert_eq!(scene.judge_claims(|_| ()).await, Err(Refused::NoRole));
}

#[tokio::test]
async fn every_role_of_staff_can_be_given_by_the_configuration() {
    let mut config = Config::default_for("https://coordinator.example", "Coordinator", InstanceRole::Coordinator, None);
    config.auth.oidc.push(Oidc {
        issuer: "https://login.example".to_owned(),
        audience: "urn:hub".to_owned(),
        client_id: "hub".to_owned(),
        roles: Role::ALL.map(|role| (format!("hub-{}", role.as_str()), role.as_str().to_owned())).into(),
        ..Oidc::default()
    });
    assert_eq!(config.problems(), Vec::<String>::new());
}

#[tokio::test]
async fn an_id_token_and_a_logout_token_are_no_access_tokens() {
    let scene = Scene::new().await;
    assert_eq!(scene.judge_claims(|claims| claims["nonce"] = json!("n")).await, Err(Refused::Token));
    assert_eq!(scene.judge_claims(|claims| claims["events"] = json!({})).await, Err(Refused::Token));
}

#[tokio::test]
async fn one_word_for_audience_and_client_and_two_issuers_that_name_people_alike_are_refused() {
    let mut config = Config::default_for("https://hub.example", "Hub", InstanceRole::National, Some("MA"));
    let provider = |issuer: &str, audience: &str| Oidc {
        issuer: issuer.to_owned(),
        audience: audience.to_owned(),
        client_id: "hub".to_owned(),
        roles: [("editors".to_owned(), "editor".to_owned())].into(),
        ..Oidc::default()
    };
    config.auth.oidc = vec![provider("https://login.example", "hub")];
    assert!(config.problems().concat().contains("another word than client_id"), "{:?}", config.problems());
    config.auth.oidc = vec![provider("https://login.example", "api"), provider("https://login.example/", "api")];
    assert!(config.problems().concat().contains("would name people alike"), "{:?}", config.problems());
}

#[tokio::test]
async fn a_way_back_without_the_issuer_that_the_provider_always_names_is_refused() {
    let scene = Scene::new().await;
    for (issuer, status) in [("", 401), (scene.provider.issuer.as_str(), 503)] {
        let mut browser = scene.served.browser();
        let leave = browser.get("/sign-in/provider/0").await;
        let state = leave.header("location").split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let issuer = if issuer.is_empty() { String::new() } else { format!("&iss={issuer}") };
        let back = browser.get(&format!("/sign-in/callback?state={state}&code=code{issuer}")).await;
        assert_eq!(back.status, status, "with its name the code is tried, and this provider changes none");
    }
}

#[tokio::test]
async fn a_ministry_behind_one_address_may_leave_for_the_provider_and_still_use_passwords() {
    let scene = Scene::new().await;
    let mut browser = scene.served.browser();
    for _ in 0..30 {
        assert_eq!(browser.get("/sign-in/provider/0").await.status, 303);
    }
    assert_eq!(browser.sign_in("amina", "wrong password").await.status, 401);
}

#[tokio::test]
async fn a_picture_of_another_website_does_not_begin_a_sign_in() {
    let scene = Scene::new().await;
    let leave = format!("http://{}/sign-in/provider/0", scene.served.address);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    for (wanted, status) in [("image", 403), ("iframe", 403), ("document", 303)] {
        let answer = client.get(&leave).header("sec-fetch-dest", wanted).send().await.unwrap();
        assert_eq!(answer.status(), status, "{wanted}");
    }
}

#[tokio::test]
async fn a_way_back_that_failed_is_told_in_the_language_in_which_it_began() {
    let scene = Scene::new().await;
    let mut browser = scene.served.browser();
    let leave = browser.get("/sign-in/provider/0?language=es&back=%2Fes%2Fdesk").await;
    assert_eq!(leave.status, 303);
    let back = browser.get("/sign-in/callback?state=other&code=code").await;
    assert_eq!(back.status, 401);
    assert!(back.body.contains("<html lang=\"es\""), "{}", back.body);
    // The next try still leads to the page that was wanted, in any language.
    assert!(back.body.contains("/sign-in/provider/0?language=es&amp;back=%2Fes%2Fdesk"), "{}", back.body);
    assert!(back.body.contains("href=\"/ru/sign-in?back=%2Fes%2Fdesk\""), "{}", back.body);
}
