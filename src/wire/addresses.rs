//! Which network addresses may be called (protocol §7). Names are judged after resolution, so that no name of the
//! public DNS leads into this machine's own network; literals in URLs are judged on the URL, since no resolver is
//! asked for them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::fault::Fault;
use crate::record::is_loopback_host;

/// Whether an address is one of the public internet: neither private, local, shared, multicast, reserved, for
/// documentation or benchmarks, nor an IPv4 address in other clothes (mapped, translated, tunnelled).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !SPECIAL_V4.iter().any(|&(net, bits)| same_bits(v4.to_bits(), net.to_bits(), bits)),
        IpAddr::V6(v6) => {
            // Global unicast is 2000::/3; all of the rest is reserved, local, mapped, translated or multicast.
            v6.to_bits() >> 125 == 1 && !SPECIAL_V6.iter().any(|&(net, bits)| same_bits_v6(v6, net, bits))
        }
    }
}

/// Special ranges of the IANA registry of IPv4.
const SPECIAL_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Special ranges within 2000::/3: protocol assignments with Teredo and benchmarks, documentation twice, 6to4.
const SPECIAL_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

fn same_bits(address: u32, net: u32, bits: u32) -> bool {
    (address ^ net) >> (32 - bits) == 0
}

fn same_bits_v6(address: Ipv6Addr, net: Ipv6Addr, bits: u32) -> bool {
    (address.to_bits() ^ net.to_bits()) >> (128 - bits) == 0
}

/// Judges the host of a URL as far as it can be judged before any resolution: literals, and names that mean this
/// machine. The latter matters behind an outgoing proxy, where no name is resolved here.
pub fn check_host(url: &Url, allow_private_networks: bool) -> Result<(), Fault> {
    let host = url.host_str().unwrap_or_default();
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let allowed = match literal {
        Some(address) => is_public(address),
        None => !is_loopback_host(host),
    };
    if allowed || allow_private_networks { Ok(()) } else { Err(Fault::AddressNotAllowed) }
}

/// The system's resolver, without the addresses that may not be called.
#[derive(Clone, Debug)]
pub struct GuardedResolver {
    /// Lets every address through.
    pub allow_private_networks: bool,
    /// Host of the configured outgoing proxy, which usually is in a private network; then it alone is resolved here.
    pub proxy_host: Option<Box<str>>,
}

/// The name has addresses, but none that may be called.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no address that may be called")]
pub struct NoAllowedAddress;

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let unguarded = self.allow_private_networks || self.proxy_host.as_deref() == Some(name.as_str());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let allowed: Vec<SocketAddr> =
                found.into_iter().filter(|address| unguarded || is_public(address.ip())).collect();
            if allowed.is_empty() {
                return Err(NoAllowedAddress.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Each line: `public` or `special`, a blank, an address.
    const CASES: &str = include_str!("tests/addresses.txt");

    #[test]
    fn each_address_of_the_table_is_judged_as_it_says() {
        for line in CASES.lines().filter(|line| !line.starts_with('#')) {
            let (expected, address) = line.split_once(' ').unwrap();
            assert_eq!(is_public(address.parse().unwrap()), expected == "public", "{address}");
        }
    }

    #[test]
    fn a_literal_in_a_url_is_judged_without_a_resolver() {
        for url in [
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://10.1.2.3:8080/a",
            "https://[::ffff:127.0.0.1]/",
            "http://0x7f.1/",
            "https://a.localhost/",
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(check_host(&url, false), Err(Fault::AddressNotAllowed), "{url}");
            assert_eq!(check_host(&url, true), Ok(()), "{url}");
        }
        assert_eq!(check_host(&Url::parse("https://9.9.9.9/").unwrap(), false), Ok(()));
    }

    #[tokio::test]
    async fn a_name_of_this_machine_resolves_to_nothing_that_may_be_called() {
        let guarded = GuardedResolver { allow_private_networks: false, proxy_host: None };
        let refused = guarded.resolve("localhost".parse().unwrap()).await.err().unwrap();
        assert!(refused.is::<NoAllowedAddress>());
        let open = GuardedResolver { allow_private_networks: true, ..guarded.clone() };
        assert!(open.resolve("localhost".parse().unwrap()).await.unwrap().all(|found| found.ip().is_loopback()));
        let proxied = GuardedResolver { proxy_host: Some("localhost".into()), ..guarded };
        assert!(proxied.resolve("localhost".parse().unwrap()).await.is_ok());
    }
}
