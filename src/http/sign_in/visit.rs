//! What is known of one request: who calls from where, in which language, with which cookies and form.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, Request},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use url::form_urlencoded;

use crate::{access, graphql::http::language::accept_languages, hub::Hub, record::LanguageTag, texts};

/// One request.
pub(super) struct Visit {
    pub(super) hub: Arc<Hub>,
    pub(super) headers: HeaderMap,
    /// The caller's address.
    pub(super) from: Option<IpAddr>,
    /// One of the six.
    pub(super) language: &'static str,
    query: String,
    body: Bytes,
}

impl FromRequest<Arc<Hub>> for Visit {
    type Rejection = Response;

    async fn from_request(request: Request, hub: &Arc<Hub>) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let from = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| from.ip());
        let query = request.uri().query().unwrap_or_default().to_owned();
        let body = Bytes::from_request(request, hub).await.map_err(IntoResponse::into_response)?;
        let wanted: Vec<LanguageTag> =
            accept_languages(&headers).iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
        // Who wants none of the six gets the instance's own language where it is one of them.
        let language = texts::spoken(wanted.iter().chain(hub.languages()));
        Ok(Self { hub: hub.clone(), headers, from, language, query, body })
    }
}

impl Visit {
    /// A field of the form; empty where it is missing, or where the body is no form.
    pub(super) fn field(&self, name: &str) -> String {
        let kind = self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return String::new();
        }
        value(&self.body, name).unwrap_or_default()
    }

    /// A parameter of the address.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        value(self.query.as_bytes(), name)
    }

    /// What the session cookie holds.
    pub(super) fn cookie(&self) -> Option<&str> {
        self.hub.access().cookie_value(&self.headers)
    }

    /// What another cookie holds.
    pub(super) fn cookie_named(&self, name: &str) -> Option<&str> {
        access::cookie(&self.headers, name)
    }

    /// The header that sets a cookie for so many seconds; for none takes it away.
    pub(super) fn set_cookie(&self, name: &str, value: &str, seconds: u64) -> String {
        let secure = if self.hub.access().is_https() { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    /// A path of this instance as browsers ask for it: under the path of its entityId.
    pub(super) fn path(&self, path: &str) -> String {
        let rest = self.hub.entity_id().split_once("://").map_or("", |(_, rest)| rest);
        format!("{}{path}", rest.find('/').map_or("", |slash| &rest[slash..]))
    }
}

fn value(pairs: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(pairs).find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}
