//! Where a request comes from, for limits.

use crate::platform::Platform;
use http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr};

/// The address as the edge or the host's proxy says; empty when nobody does. Of an IPv6 address the network only: whoever has one
/// address of it has all of them.
pub fn of_client<P: Platform>(headers: &HeaderMap) -> String {
    let told = headers.get(P::ADDRESS_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    network(told)
}

fn network(told: &str) -> String {
    match told.parse() {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
        _ => told.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn neighbours_in_a_network_of_the_new_protocol_are_one() {
        assert_eq!(network("2001:db8:1:2:aaaa::1"), network("2001:db8:1:2:bbbb::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network(""), "");
    }
}
