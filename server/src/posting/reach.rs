//! Where the postman may go. An address that staff typed must not lead to what only this machine, or the network that it is
//! in, can reach: databases, metadata of the cloud, other people's printers (server-side request forgery).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Uri;

/// Where the postman may go.
#[derive(Debug)]
pub(super) struct Reach {
    /// Hosts that may be anywhere.
    hosts: Vec<String>,
    /// Whether this machine may be reached.
    is_tried_here: bool,
}

impl Reach {
    pub(super) fn new(public_url: &str, hosts: &[String]) -> Self {
        let uri = public_url.parse::<Uri>().ok().filter(|uri| uri.scheme_str() == Some("http"));
        let host = uri.as_ref().and_then(Uri::host).unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let is_loopback = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        Self {
            hosts: hosts.iter().map(|host| host.to_lowercase()).collect(),
            is_tried_here: host == "localhost" || is_loopback,
        }
    }

    /// Whether a host may be reached at an address.
    pub(super) fn may_reach(&self, host: &str, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address)
            || (self.is_tried_here && address.is_loopback())
            || self.hosts.iter().any(|allowed| *allowed == host.to_lowercase())
    }
}

/// Whether an address is one of the web's (the registries of special-purpose addresses, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Of what is assigned (2000::/3), without tunnels that lead to addresses of the other kind (6to4, Teredo and what is
    // beside it), and without documentation.
    (a & 0xe000) == 0x2000 && a != 0x2002 && !(a == 0x2001 && (b < 0x0200 || b == 0x0db8)) && a != 0x3fff
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(reach: &Reach, address: &str) -> bool {
        reach.may_reach("erp.example", address.parse().expect("an address"))
    }

    #[test]
    fn only_the_web_is_reached() {
        let reach = Reach::new("https://portal.example", &[]);
        for good in ["93.184.216.34", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:1.1.1.1"] {
            assert!(may(&reach, good), "{good}");
        }
        let bad = [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "192.88.99.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "100::1",
            "fec0::1",
        ];
        for bad in bad {
            assert!(!may(&reach, bad), "{bad}");
        }
    }

    #[test]
    fn hosts_that_are_named_are_reached_wherever_they_are() {
        let reach = Reach::new("https://portal.example", &["ERP.example".into()]);
        assert!(may(&reach, "10.1.2.3"));
        assert!(!reach.may_reach("other.example", "10.1.2.3".parse().expect("an address")));
    }

    #[test]
    fn this_machine_is_reached_where_the_portal_is_tried_on_it() {
        for (public, expected) in [
            ("http://127.0.0.1:3000", true),
            ("http://localhost:3000", true),
            ("http://[::1]:3000", true),
            ("https://localhost", false),
            ("http://portal.example", false),
        ] {
            let reach = Reach::new(public, &[]);
            assert_eq!(may(&reach, "127.0.0.1"), expected, "{public}");
            assert!(!may(&reach, "10.0.0.1"), "{public}");
        }
    }
}
