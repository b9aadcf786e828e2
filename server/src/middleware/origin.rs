use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header},
};
use services::Origin;

use crate::session_store::REQUEST_ID;

/// No agent's name is kept longer, in characters.
const MAX_AGENT: usize = 200;

/// Where a request comes from. Forwarded addresses count from trusted proxies only, and of their list the
/// right-most that is no trusted proxy: what stands before it is the client's own claim.
pub(crate) fn origin_of(request: &Request, trusted: &[IpAddr], device_cookie: &str) -> Origin {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin {
        address: peer.map(|peer| client(peer, request.headers(), trusted).to_string()).unwrap_or_default(),
        agent: text(header::USER_AGENT).chars().take(MAX_AGENT).collect(),
        request_id: text(REQUEST_ID).to_owned(),
        device: cookie(request.headers(), device_cookie).map(services::hash_secret),
    }
}

/// A cookie's value.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let claims: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    claims.into_iter().rev().find(|claim| !trusted.contains(claim)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("a value"));
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|ip| ip.parse().expect("an address")).collect();
        client(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_forges_an_address() {
        assert_eq!(from("198.51.100.7", &["10.9.9.9"], &[]), "198.51.100.7");
        assert_eq!(from("10.0.0.1", &["203.0.113.5"], &["10.0.0.1"]), "203.0.113.5");
        assert_eq!(from("10.0.0.1", &["1.2.3.4, 203.0.113.5"], &["10.0.0.1"]), "203.0.113.5");
        assert_eq!(
            from("10.0.0.1", &["1.2.3.4", "203.0.113.5, 10.0.0.2"], &["10.0.0.1", "10.0.0.2"]),
            "203.0.113.5"
        );
        assert_eq!(from("10.0.0.1", &["rubbish"], &["10.0.0.1"]), "10.0.0.1");
    }
}
