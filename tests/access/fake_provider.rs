//! A provider that says whatever a test wants: for tokens that no real one would issue.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::{Json, Router, http::StatusCode, routing::get};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use nmirf_hub::config::{Config, Oidc};
use serde_json::{Value, json};

/// A key of the provider.
pub struct Key {
    pub id: String,
    pub encoding: EncodingKey,
    pub jwk: Value,
}

impl Key {
    /// An EC key with this `kid`.
    pub fn new(id: &str) -> Self {
        let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let random = aws_lc_rs::rand::SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let encoding = EncodingKey::from_ec_der(document.as_ref());
        let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&encoding, Algorithm::ES256).unwrap()).unwrap();
        jwk["kid"] = json!(id);
        Self { id: id.to_owned(), encoding, jwk }
    }

    pub fn header(&self) -> Header {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.id.clone());
        header.typ = Some("at+jwt".to_owned());
        header
    }

    pub fn sign(&self, claims: &Value) -> String {
        encode(&self.header(), claims, &self.encoding).unwrap()
    }
}

struct Said {
    named: String,
    keys: Vec<Value>,
    answers: bool,
}

/// A provider that publishes what it is told.
pub struct FakeProvider {
    pub issuer: String,
    said: Arc<Mutex<Said>>,
    asked: Arc<AtomicUsize>,
}

impl FakeProvider {
    pub async fn start(keys: &[&Key]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let keys = keys.iter().map(|key| key.jwk.clone()).collect();
        let said = Arc::new(Mutex::new(Said { named: issuer.clone(), keys, answers: true }));
        let asked = Arc::new(AtomicUsize::new(0));
        let (base, named, counted, shown) = (issuer.clone(), said.clone(), asked.clone(), said.clone());
        let app = Router::new()
            .route(
                "/.well-known/openid-configuration",
                get(async move || {
                    let said = named.lock().unwrap();
                    Json(json!({
                        "issuer": said.named, "jwks_uri": format!("{base}/jwks"),
                        "authorization_endpoint": format!("{base}/auth"), "token_endpoint": format!("{base}/token"),
                        "authorization_response_iss_parameter_supported": true,
                    }))
                }),
            )
            .route(
                "/jwks",
                get(async move || {
                    counted.fetch_add(1, Ordering::SeqCst);
                    let said = shown.lock().unwrap();
                    let status = if said.answers { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR };
                    (status, Json(json!({"keys": said.keys})))
                }),
            );
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { issuer, said, asked }
    }

    /// How often its keys were asked for.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    pub fn publish(&self, keys: &[&Key]) {
        self.said.lock().unwrap().keys = keys.iter().map(|key| key.jwk.clone()).collect();
    }

    pub fn publish_as_is(&self, key: Value) {
        self.said.lock().unwrap().keys = vec![key];
    }

    pub fn answer(&self, answers: bool) {
        self.said.lock().unwrap().answers = answers;
    }

    pub fn call_itself(&self, issuer: &str) {
        self.said.lock().unwrap().named = issuer.to_owned();
    }

    /// Into the configuration, with the audience `urn:hub` and some roles.
    pub fn configure(&self, config: &mut Config) {
        let roles = [("hub-readers", "reader"), ("hub-editors", "editor")];
        config.auth.oidc.push(Oidc {
            issuer: self.issuer.clone(),
            audience: "urn:hub".to_owned(),
            client_id: "hub".to_owned(),
            roles: roles.map(|(word, role)| (word.to_owned(), role.to_owned())).into(),
            ..Oidc::default()
        });
    }
}
