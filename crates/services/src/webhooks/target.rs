//! Where a webhook may lead.

use domain::webhooks::MAX_URL;
use url::{Host, Url};

/// The address that was typed, in its usual form. By https; by http only where the portal itself is tried on one machine.
pub(super) fn parse(typed: &str, public_url: &str) -> Result<String, &'static str> {
    let typed = typed.trim();
    if typed.chars().count() > MAX_URL {
        return Err("Use a shorter address, of at most 500 characters.");
    }
    let wrong = "Enter an address such as https://erp.example.com/portico.";
    let mut url = Url::parse(typed).map_err(|_no_url| wrong)?;
    match url.scheme() {
        "https" => {}
        "http" if is_tried_here(public_url) => {}
        "http" => return Err("Use an address that begins with https://."),
        _ => return Err(wrong),
    }
    if url.host().is_none() {
        return Err(wrong);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("Leave out the user name and the password: deliveries are signed instead.");
    }
    url.set_fragment(None);
    Ok(url.into())
}

/// An address as it is shown and kept in the audit trail: what follows a question mark may be a secret.
pub(super) fn shown(url: &str) -> String {
    url.split_once('?').map_or_else(|| url.to_owned(), |(before, _)| format!("{before}?…"))
}

/// Whether the portal is reached by http on the machine that it runs on.
fn is_tried_here(public_url: &str) -> bool {
    let url = Url::parse(public_url).ok().filter(|url| url.scheme() == "http");
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_leads_out_of_a_portal_on_the_web() {
        let public = "https://portal.example";
        assert_eq!(parse(" https://ERP.example/hook#x ", public).expect("good"), "https://erp.example/hook");
        let wrong = [
            "http://erp.example",
            "ftp://erp.example",
            "erp.example",
            "",
            "https://",
            "https://u:p@erp.example",
            "file:///etc/passwd",
        ];
        for typed in wrong {
            assert!(parse(typed, public).is_err(), "{typed}");
        }
        assert!(parse(&format!("https://erp.example/{}", "x".repeat(MAX_URL)), public).is_err());
    }

    #[test]
    fn http_is_for_trying_on_one_machine() {
        for public in ["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"] {
            assert!(parse("http://127.0.0.1:9000/", public).is_ok(), "{public}");
        }
        for public in ["http://portal.example", "https://127.0.0.1:3000", "http://0.0.0.0:3000"] {
            assert!(parse("http://127.0.0.1:9000/", public).is_err(), "{public}");
        }
    }

    #[test]
    fn what_follows_a_question_mark_is_not_shown() {
        assert_eq!(shown("https://erp.example/hook?token=abc"), "https://erp.example/hook?…");
        assert_eq!(shown("https://erp.example/hook"), "https://erp.example/hook");
    }
}
