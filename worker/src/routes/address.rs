//! Where a request comes from, for limits.

use crate::platform::Platform;
use http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr};

/// The address as the edge or the host's proxy says; empty when nobody says one. Of an IPv6 address the network only: whoever has one
/// address of it has all of them. An IPv4 address written as an IPv6 one is the IPv4 address: by its network it would be everybody's.
pub fn of_client<P: Platform>(headers: &HeaderMap) -> String {
    let told = headers.get(P::ADDRESS_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    network(told)
}

fn network(told: &str) -> String {
    match told.trim().parse().map(|address: IpAddr| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn neighbours_in_a_network_of_the_new_protocol_are_one() {
        assert_eq!(network("2001:db8:1:2:aaaa::1"), network("2001:db8:1:2:bbbb::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("2001:DB8:0001:2::9"), "2001:db8:1:2::", "whatever way it is written");
    }

    #[test]
    fn an_address_of_the_old_protocol_is_one_address_however_it_is_written() {
        for told in ["203.0.113.7", "::ffff:203.0.113.7", "::FFFF:cb00:7107", " 203.0.113.7 "] {
            assert_eq!(network(told), "203.0.113.7", "{told}");
        }
        assert_ne!(network("::ffff:203.0.113.7"), network("::ffff:203.0.113.8"));
    }

    #[test]
    fn what_is_no_address_is_none() {
        for told in ["", "unknown", "203.0.113.7, 198.51.100.1", "203.0.113.7:443", "[2001:db8::1]", "203.0.113"] {
            assert_eq!(network(told), "", "{told}");
        }
    }
}
