//! The address of who calls: behind reverse proxies it stands in `X-Forwarded-For`, and only as many entries of it are
//! believed, from the right, as there are proxies (`[listen] trusted_proxies`).

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};

/// Puts the caller's address in the place of the proxy's, for all that read [`ConnectInfo`].
pub(super) fn resolve(proxies: u8, request: &mut Request) {
    if proxies > 0
        && let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied()
        && let Some(address) = forwarded_for(request.headers(), usize::from(proxies))
    {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, peer.port())));
    }
}

fn forwarded_for(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let values: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    let entries: Vec<&str> = values.iter().flat_map(|value| value.split(',')).map(str::trim).collect();
    // The last proxy added the last entry: the address that called it.
    let entry = entries.get(entries.len().checked_sub(proxies)?)?;
    entry.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_what_the_proxies_added_is_believed() {
        let header = |text: &str| HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), text.parse().unwrap())]);
        let found = |text, proxies| forwarded_for(&header(text), proxies).map(|address| address.to_string());
        assert_eq!(found("10.9.9.9, 192.0.2.7", 1).as_deref(), Some("192.0.2.7"));
        assert_eq!(found("10.9.9.9, 192.0.2.7, 10.0.0.1", 2).as_deref(), Some("192.0.2.7"));
        assert_eq!(found("2001:db8::1", 1).as_deref(), Some("2001:db8::1"));
        assert_eq!(found("192.0.2.7:4711", 1).as_deref(), Some("192.0.2.7"));
        assert_eq!(found("192.0.2.7", 2), None);
        assert_eq!(found("somebody", 1), None);
    }
}
