//! How the HTTP client is set up, and what its errors mean. It follows nothing, decodes nothing, reads nothing from
//! the environment and trusts either the system's roots or the configured ones.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::{Certificate, Client, Proxy, Url, redirect, retry};

use super::addresses::{GuardedResolver, NoAllowedAddress};
use super::fault::{Fault, Waited};

/// Headers that an answer may have over HTTP/1.1, and their size over HTTP/2 in bytes.
const MOST_HEADERS: usize = 100;
const MOST_HEADER_BYTES: u32 = 64 << 10;

/// What the transport takes from the configuration.
#[derive(Clone, Debug)]
pub struct WebConfig {
    /// `trust.allow_private_networks`: private and local addresses may be called.
    pub allow_private_networks: bool,
    /// `trust.allow_http`: http to any host.
    pub allow_http: bool,
    /// `trust.ca_file`: the only roots trusted, PEM; none: the system's.
    pub ca_file: Option<PathBuf>,
    /// `sync.proxy`: URL of an outgoing proxy, http or https; none: no proxy, whatever the environment says.
    pub proxy: Option<String>,
    /// Longest time to connect, TLS included.
    pub connect: Duration,
    /// Longest time without a byte.
    pub idle: Duration,
    /// Name and version of this software.
    pub user_agent: String,
}

/// Why the transport could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum WebSetupError {
    /// The file of roots.
    #[error("trust.ca_file {}: {why}", file.display())]
    CaFile {
        /// As configured.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The outgoing proxy.
    #[error("sync.proxy must be an http or https URL")]
    Proxy,
    /// The client itself, for example because the system has no roots.
    #[error("The HTTP client could not be set up: {0}. Are the system's certificates (ca-certificates) installed?")]
    Client(String),
}

/// Builds the one client of an instance.
pub(super) fn build(config: &WebConfig) -> Result<Client, WebSetupError> {
    let proxy = config.proxy.as_deref().map(proxy).transpose()?;
    let resolver = GuardedResolver {
        allow_private_networks: config.allow_private_networks,
        proxy_host: proxy.as_ref().map(|(_, host)| host.as_str().into()),
    };
    let mut builder = Client::builder()
        .user_agent(config.user_agent.as_str())
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_gzip()
        .no_zstd()
        .no_brotli()
        .no_deflate()
        .no_proxy()
        .dns_resolver(resolver)
        .connect_timeout(config.connect)
        .pool_max_idle_per_host(2)
        .http1_max_headers(MOST_HEADERS)
        .http2_max_header_list_size(MOST_HEADER_BYTES);
    if let Some((proxy, _)) = proxy {
        builder = builder.proxy(proxy);
    }
    if let Some(file) = &config.ca_file {
        builder = builder.tls_certs_only(roots(file)?);
    }
    builder.build().map_err(|error| WebSetupError::Client(innermost(&error)))
}

fn proxy(text: &str) -> Result<(Proxy, String), WebSetupError> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let host = url.as_ref().and_then(|url| url.host_str()).map(str::to_owned);
    match (url, host) {
        (Some(url), Some(host)) => Ok((Proxy::all(url).map_err(|_| WebSetupError::Proxy)?, host)),
        _ => Err(WebSetupError::Proxy),
    }
}

fn roots(file: &Path) -> Result<Vec<Certificate>, WebSetupError> {
    let pem = std::fs::read(file)
        .map_err(|error| WebSetupError::CaFile { file: file.to_owned(), why: error.kind().to_string() })?;
    let found = Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if found.is_empty() {
        return Err(WebSetupError::CaFile { file: file.to_owned(), why: "it has no certificate in PEM form".into() });
    }
    Ok(found)
}

/// What went wrong before an answer began.
pub(super) fn fault_of(error: &reqwest::Error) -> Fault {
    if chain(error).any(|cause| cause.is::<NoAllowedAddress>()) {
        return Fault::AddressNotAllowed;
    }
    if error.is_builder() {
        return Fault::Refused("the request could not be made");
    }
    if error.is_timeout() {
        return Fault::Timeout(if error.is_connect() { Waited::Connection } else { Waited::Byte });
    }
    let kind = chain(error).find_map(|cause| cause.downcast_ref::<io::Error>()).map(innermost_kind);
    if !error.is_connect() {
        // The client library gives no types for what it can't read, only texts.
        let unreadable = chain(error).any(|cause| cause.to_string().starts_with("invalid HTTP"));
        return if unreadable { Fault::Malformed("it is no valid HTTP") } else { Fault::Truncated };
    }
    if error.is_dns() {
        return Fault::Refused("its name is not known");
    }
    match kind {
        // Sockets never fail in these two ways while connecting: they come from the TLS handshake.
        Some(io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => Fault::Tls,
        Some(io::ErrorKind::ConnectionRefused) => Fault::Refused("it refuses connections"),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted) => {
            Fault::Refused("it breaks connections off")
        }
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => {
            Fault::Refused("the network does not reach it")
        }
        _ => Fault::Refused("it could not be reached"),
    }
}

/// The TLS layer wraps its `io::Error` in another one, which hides it from the chain of causes.
fn innermost_kind(error: &io::Error) -> io::ErrorKind {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<io::Error>()) {
        Some(inner) => innermost_kind(inner),
        None => error.kind(),
    }
}

/// An error and all its causes.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| (*error).source())
}

fn innermost(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}
