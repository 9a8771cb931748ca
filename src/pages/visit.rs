//! What is known of one visit to a page: who, from where, in which language, at which moment. [`Admission`] opens it.

mod admission;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest as _, RawPathParams, Request},
    http::{HeaderMap, Method, header},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use url::form_urlencoded;

pub(super) use admission::{Admission, Opened};

use crate::{
    access::{self, Person, Role},
    address::{self, Looking, NotReady},
    audit::Actor,
    catalog::{Snapshot, Viewer},
    graphql::http::language::accept_languages,
    hub::Hub,
    record::{LanguageTag, RecordKey},
    store::StoreError,
    texts,
};

/// One visit. It keeps one snapshot, so that a page never mixes two moments.
pub(super) struct Visit {
    pub(super) hub: Arc<Hub>,
    pub(super) snapshot: Arc<Snapshot>,
    /// One of the six: the language of the page.
    pub(super) language: &'static str,
    /// The same, and what else the reader takes, most wanted first: for texts of records.
    pub(super) languages: Vec<LanguageTag>,
    /// Who is signed in.
    pub(super) person: Option<Person>,
    /// The caller's address.
    pub(super) from: Option<IpAddr>,
    /// Unix ms.
    pub(super) now: i64,
    pub(super) headers: HeaderMap,
    pub(super) method: Method,
    /// The path below the language: `/practices`.
    pub(super) path_here: String,
    /// Whether the path names another first segment than a language where it has to name one.
    pub(super) is_outside: bool,
    /// The part of the address behind `?`.
    pub(super) query: String,
    /// As sent; forms are read by [`Visit::field`].
    pub(super) body: Bytes,
    params: Vec<(String, String)>,
}

/// Why there is no page.
#[derive(Debug)]
pub(super) enum Refusal {
    /// There is nothing at this address, or not for this reader.
    NotFound,
    /// It stands at this path (as [`Visit::path`] makes it).
    Elsewhere(String),
    /// The record was withdrawn for good.
    Gone(RecordKey),
    /// Nothing of this origin is shown while a stolen key alone vouches for it.
    Withheld(Box<str>),
    /// Somebody has to sign in first.
    SignIn,
    /// It takes this role.
    Role(Role),
    /// A form of another website.
    CrossSite,
    /// The address asks for something that cannot be meant: the sentence says what.
    Address(address::Refused),
    /// The index of words is being made.
    NotReady,
    /// Too many visits of one caller: again after so many seconds.
    TooMany(u64),
    /// Too much is asked at once: again after so many seconds.
    Busy(u64),
    /// The path does not take this method.
    Method,
    /// The form is larger than what is taken.
    TooLarge,
    /// A fault of this program or of the database; it is in the log.
    Fault,
}

impl From<StoreError> for Refusal {
    fn from(fault: StoreError) -> Self {
        tracing::error!("a page met a fault of the database: {fault}");
        Self::Fault
    }
}

impl From<address::Refused> for Refusal {
    fn from(refused: address::Refused) -> Self {
        Self::Address(refused)
    }
}

impl From<NotReady> for Refusal {
    fn from(_: NotReady) -> Self {
        Self::NotReady
    }
}

impl Visit {
    /// Reads a request. What is wrong with it comes back beside the visit, so that the page that says so is in the
    /// reader's language, too.
    async fn open(hub: &Arc<Hub>, request: Request) -> (Self, Result<(), Refusal>) {
        let (mut parts, body) = request.into_parts();
        let params: Vec<(String, String)> = {
            use axum::extract::FromRequestParts as _;
            let params = RawPathParams::from_request_parts(&mut parts, &()).await.ok();
            let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
            params.iter().flatten().map(owned).collect()
        };
        let from = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(from)| from.ip());
        let (headers, method) = (parts.headers.clone(), parts.method.clone());
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let path = parts.uri.path().strip_prefix(base_path(hub.entity_id())).unwrap_or(parts.uri.path()).to_owned();
        let (language, path_here) = split(&path);
        let mut problem = Ok(());
        let body = match Bytes::from_request(Request::from_parts(parts, body), &()).await {
            Ok(body) => body,
            Err(_) => {
                problem = Err(Refusal::TooLarge);
                Bytes::new()
            }
        };
        let person = match who(hub, &headers).await {
            Ok(person) => person,
            Err(fault) => {
                problem = Err(fault.into());
                None
            }
        };
        let accepted: Vec<LanguageTag> =
            accept_languages(&headers).iter().filter_map(|tag| LanguageTag::parse(tag)).collect();
        // Who wants none of the six gets the instance's own language where it is one of them.
        let spoken = language.unwrap_or_else(|| {
            let preferred = person.as_ref().and_then(|person| person.language.clone());
            texts::spoken(preferred.iter().chain(&accepted).chain(hub.languages()))
        });
        let languages = LanguageTag::parse(spoken).into_iter().chain(accepted).collect();
        // Another first segment than a language is no page.
        let named = params.iter().find(|(name, _)| name == "language");
        let is_outside = named.is_some_and(|(_, named)| Some(named.as_str()) != language);
        if is_outside {
            problem = Err(Refusal::NotFound);
        }
        if problem.is_ok() && method != Method::GET && method != Method::HEAD && !hub.access().is_from_here(&headers) {
            problem = Err(Refusal::CrossSite);
        }
        let visit = Self {
            snapshot: hub.snapshot(),
            language: spoken,
            languages,
            person,
            from,
            now: hub.now(),
            headers,
            method,
            path_here: path_here.to_owned(),
            is_outside,
            query,
            body,
            params,
            hub: hub.clone(),
        };
        (visit, problem)
    }

    /// What this reader may see.
    pub(super) fn viewer(&self) -> Viewer {
        if self.may(Role::Reader) { Viewer::NETWORK } else { Viewer::PUBLIC }
    }

    /// Whether somebody with this role, or one above it, is signed in.
    pub(super) fn may(&self, role: Role) -> bool {
        self.person.as_ref().is_some_and(|person| person.role >= role)
    }

    /// Who is signed in with this role, and as whom the audit log names him: the first line of every page for staff.
    ///
    /// # Errors
    /// Nobody is signed in, or somebody with less.
    pub(super) fn by(&self, role: Role) -> Result<(&Person, Actor), Refusal> {
        let person = self.person.as_ref().ok_or(Refusal::SignIn)?;
        if person.role < role {
            return Err(Refusal::Role(role));
        }
        Ok((person, Actor { name: person.name.clone(), address: self.from }))
    }

    /// The catalogue follows a change, so that the next page shows it. What was changed is so, whether it can or not: the
    /// follower looks again in a moment.
    pub(super) async fn after_change(&self) {
        if let Err(fault) = self.hub.catch_up().await {
            tracing::warn!("the catalogue could not be moved on: {fault}");
        }
    }

    /// Today, in UTC.
    pub(super) fn today(&self) -> Date {
        let now = Timestamp::from_millisecond(self.now).unwrap_or_default();
        now.to_zoned_datetime(TimeZone::UTC).date()
    }

    /// How lists are looked at.
    pub(super) fn looking(&self) -> Looking<'_> {
        Looking { viewer: self.viewer(), today: self.today(), language: self.language }
    }

    /// A part of the path that the route names.
    pub(super) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The record key that the path names as `{id}`.
    pub(super) fn key(&self) -> Result<RecordKey, Refusal> {
        RecordKey::parse(self.param("id")).ok_or(Refusal::NotFound)
    }

    /// The last value of a name of the address.
    pub(super) fn asked(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes()).filter(|(known, _)| known == name).last().map(|(_, v)| v.into())
    }

    /// Every value of a name of the address.
    pub(super) fn asked_all(&self, name: &str) -> Vec<String> {
        let pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.filter(|(known, _)| known == name).map(|(_, value)| value.into_owned()).collect()
    }

    /// A field of the form that was sent; empty where it is missing, or where the body is no form.
    pub(super) fn field(&self, name: &str) -> String {
        self.form().find(|(known, _)| known == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// The fields of the form that was sent, in their order.
    pub(super) fn form(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let kind = self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let body: &[u8] = match kind.starts_with("application/x-www-form-urlencoded") {
            true => &self.body,
            false => &[],
        };
        form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned()))
    }

    /// What a cookie holds.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        access::cookie(&self.headers, name)
    }

    /// A page of this hub in the reader's language, as browsers ask for it: `/practices` becomes `/fr/practices`, under
    /// the path of the entityId.
    pub(super) fn path(&self, below: &str) -> String {
        self.path_in(self.language, below)
    }

    /// The same in another language.
    pub(super) fn path_in(&self, language: &str, below: &str) -> String {
        format!("{}/{language}{below}", self.base())
    }

    /// A path without a language: `/assets/app.css`, `/export/practices.csv`.
    pub(super) fn file(&self, path: &str) -> String {
        format!("{}{path}", self.base())
    }

    /// The path of the entityId, without a slash at its end.
    pub(super) fn base(&self) -> &str {
        base_path(self.hub.entity_id())
    }

    /// This page in another language, with what the address asks.
    pub(super) fn here_in(&self, language: &str) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", self.path_in(language, &self.path_here), self.query)
    }

    /// A header that sets a cookie for so many seconds; for none takes it away.
    pub(super) fn set_cookie(&self, name: &str, value: &str, seconds: u64) -> String {
        let secure = if self.hub.access().is_https() { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }
}

/// Whether a text that a request brought is a path of this hub to go on to: `//elsewhere` and `/\elsewhere` would leave it.
pub(super) fn is_path_here(path: &str) -> bool {
    path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && path.is_ascii()
        && !path.contains(|character: char| character.is_ascii_control())
}

/// Who is signed in.
async fn who(hub: &Hub, headers: &HeaderMap) -> Result<Option<Person>, StoreError> {
    match hub.access().cookie_value(headers) {
        Some(cookie) => hub.access().session(cookie, hub.now()).await,
        None => Ok(None),
    }
}

/// The path of an entityId: empty, or `/hubs/ma`.
pub(super) fn base_path(entity_id: &str) -> &str {
    let rest = entity_id.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or("", |slash| &rest[slash..])
}

/// `/fr/practices` is `/practices` in French.
pub(super) fn split(path: &str) -> (Option<&'static str>, &str) {
    let rest = path.strip_prefix('/').unwrap_or(path);
    let (first, _) = rest.split_once('/').unwrap_or((rest, ""));
    match texts::LANGUAGES.into_iter().find(|language| *language == first) {
        Some(language) => (Some(language), &rest[first.len()..]),
        None => (None, path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_with_a_language_or_has_none() {
        assert_eq!(split("/fr/practices"), (Some("fr"), "/practices"));
        assert_eq!(split("/ar/"), (Some("ar"), "/"));
        assert_eq!(split("/zh"), (Some("zh"), ""));
        assert_eq!(split("/french/x"), (None, "/french/x"));
    }

    #[test]
    fn a_way_on_never_leaves_this_hub() {
        for path in ["/fr/desk", "/", "/hubs/ma/en/practices?q=a%20b"] {
            assert!(is_path_here(path), "{path}");
        }
        for path in
            ["", "fr", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/\t/evil.example", "/é"]
        {
            assert!(!is_path_here(path), "{path:?}");
        }
    }

    #[test]
    fn an_entity_id_may_have_a_path() {
        assert_eq!(base_path("https://example.org/hubs/ma"), "/hubs/ma");
        assert_eq!(base_path("http://127.0.0.1:4000"), "");
    }
}
