//! Calls to a provider: bounded in time and size, without redirects. Its addresses come from the configuration or from
//! what it publishes, so that one in the ministry's own network can be called.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{StatusCode, header};
use reqwest::{Certificate, Client, Proxy, RequestBuilder, Url, redirect, retry};
use serde_json::Value;
use url::form_urlencoded;

use super::super::{AccessSetupError, refused::Fault};
use crate::{
    config::Config,
    record::{is_loopback_host, json},
};

/// Time for a whole answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer, in bytes: key sets with certificates have some tens of thousands.
const LARGEST: usize = 512 << 10;
const DEPTH: usize = 16;

/// The client for providers.
#[derive(Clone)]
pub(super) struct Fetch {
    client: Client,
    allow_http: bool,
}

impl Fetch {
    pub(super) fn new(config: &Config) -> Result<Self, AccessSetupError> {
        let fault = |error: &dyn std::fmt::Display| AccessSetupError::Client(error.to_string());
        let mut builder = Client::builder()
            .user_agent(concat!("nmirf-hub/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            .timeout(PATIENCE);
        if let Some(proxy) = &config.sync.proxy {
            builder = builder.proxy(Proxy::all(proxy).map_err(|error| fault(&error))?);
        }
        if let Some(file) = &config.trust.ca_file {
            let text = std::fs::read(file).map_err(|error| fault(&error))?;
            builder = builder.tls_certs_only(Certificate::from_pem_bundle(&text).map_err(|error| fault(&error))?);
        }
        let client = builder.build().map_err(|error| fault(&error))?;
        Ok(Self { client, allow_http: config.trust.allow_http })
    }

    /// An address that may be called: https, or http where the configuration or loopback allows it.
    pub(super) fn address(&self, text: Option<&str>) -> Result<Url, Fault> {
        let url = text.and_then(|text| Url::parse(text).ok()).filter(|url| url.host_str().is_some());
        let url = url.ok_or_else(|| unavailable("it publishes no address where one belongs"))?;
        let plain = self.allow_http || url.host_str().is_some_and(is_loopback_host);
        match url.scheme() {
            "https" => Ok(url),
            "http" if plain => Ok(url),
            _ => Err(unavailable("it publishes an address that is not https")),
        }
    }

    /// A JSON document.
    pub(super) async fn document(&self, url: Url) -> Result<Value, Fault> {
        match send(self.client.get(url).header(header::ACCEPT, "application/json")).await? {
            (StatusCode::OK, body) => Ok(body),
            (status, _) => Err(unavailable(&format!("it answers with status {}", status.as_u16()))),
        }
    }

    /// Sends a form; the status with the JSON that comes back. `client` is a name and a secret for Basic.
    pub(super) async fn form(
        &self,
        url: Url,
        fields: &[(&str, &str)],
        client: Option<(&str, &str)>,
    ) -> Result<(StatusCode, Value), Fault> {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request = self
            .client
            .post(url)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        if let Some((name, secret)) = client {
            // RFC 6749, 2.3.1: both are encoded as in a form first.
            let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let pair = STANDARD.encode(format!("{}:{}", encoded(name), encoded(secret)));
            request = request.header(header::AUTHORIZATION, format!("Basic {pair}"));
        }
        send(request).await
    }
}

async fn send(request: RequestBuilder) -> Result<(StatusCode, Value), Fault> {
    // The library's errors name the URL, whose query could hold a secret.
    let broken = |error: reqwest::Error| unavailable(&error.without_url().to_string());
    let mut answer = request.send().await.map_err(broken)?;
    let mut body = Vec::new();
    while let Some(block) = answer.chunk().await.map_err(broken)? {
        if body.len() + block.len() > LARGEST {
            return Err(unavailable("its answer is too large"));
        }
        body.extend_from_slice(&block);
    }
    let value = json::parse(&body, DEPTH).map_err(|_| unavailable("its answer is no JSON"))?;
    Ok((answer.status(), value))
}

/// The provider does not do what it should.
pub(super) fn unavailable(why: &str) -> Fault {
    Fault::Unavailable(format!("the provider: {why}"))
}
