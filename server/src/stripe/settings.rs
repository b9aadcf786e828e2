//! What an installation says about its account at Stripe.

use std::{fmt, net::IpAddr};

use anyhow::bail;
use http::Uri;
use serde::Deserialize;

/// Where Stripe's API is.
const API_BASE: &str = "https://api.stripe.com";
/// Where Stripe's script is. Stripe wants it from nowhere else.
const SCRIPT: &str = "https://js.stripe.com/v3/";

/// An account at Stripe. Without keys, there is none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StripeConfig {
    /// The key that the server speaks with: `sk_…`, or a restricted one, `rk_…`.
    pub secret_key: Secret,
    /// The key that browsers speak with: `pk_…`.
    pub publishable_key: String,
    /// The secret of the webhook: `whsec_…`.
    pub webhook_secret: Secret,
    /// Where the API is. Default `https://api.stripe.com`; by http only on this machine.
    pub api_base: String,
    /// Where the browser's script is. Default: Stripe's, or that of a stand-in for Stripe.
    pub script: Option<String>,
}

impl Default for StripeConfig {
    fn default() -> Self {
        Self {
            secret_key: Secret::default(),
            publishable_key: String::new(),
            webhook_secret: Secret::default(),
            api_base: API_BASE.to_owned(),
            script: None,
        }
    }
}

impl StripeConfig {
    /// Whether there are keys.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.secret_key.is_empty() || !self.publishable_key.is_empty()
    }

    /// The address of the browser's script.
    #[must_use]
    pub fn script(&self) -> String {
        let base = self.api_base.trim_end_matches('/');
        match &self.script {
            Some(script) => script.clone(),
            None if base == API_BASE => SCRIPT.to_owned(),
            None => format!("{base}/js.stripe.com/v3/"),
        }
    }

    /// The origins that browsers speak to, and whose frames pages show where a card is entered or confirmed.
    #[must_use]
    pub fn origins(&self) -> Vec<String> {
        let base = self.api_base.trim_end_matches('/');
        let mut origins = vec![base.to_owned()];
        if let Ok(uri) = self.script().parse::<Uri>()
            && let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority())
        {
            origins.push(format!("{scheme}://{authority}"));
        }
        if base == API_BASE {
            origins.push("https://hooks.stripe.com".to_owned());
        }
        origins.dedup();
        origins
    }

    /// # Errors
    /// For what cannot work, by the name of the setting; keys are not repeated.
    pub fn check(&self) -> anyhow::Result<()> {
        if !self.is_set() {
            return Ok(());
        }
        let (secret, publishable) = (self.secret_key.reveal(), self.publishable_key.as_str());
        if secret.is_empty() {
            bail!("PORTICO_STRIPE_SECRET_KEY / stripe.secret_key: is missing beside the publishable key");
        }
        if publishable.is_empty() {
            bail!(
                "PORTICO_STRIPE_PUBLISHABLE_KEY / stripe.publishable_key: is missing beside the secret key"
            );
        }
        let is_key = |key: &str, kinds: &[&str]| {
            kinds.iter().any(|kind| key.starts_with(kind)) && key.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if !is_key(secret, &["sk_", "rk_"]) {
            bail!("PORTICO_STRIPE_SECRET_KEY / stripe.secret_key: does not begin with sk_ or rk_");
        }
        if !is_key(publishable, &["pk_"]) {
            bail!("PORTICO_STRIPE_PUBLISHABLE_KEY / stripe.publishable_key: does not begin with pk_");
        }
        let mode = |key: &str| {
            key.split('_').nth(1).filter(|mode| matches!(*mode, "live" | "test")).map(str::to_owned)
        };
        if mode(secret).zip(mode(publishable)).is_some_and(|(one, other)| one != other) {
            bail!(
                "PORTICO_STRIPE_PUBLISHABLE_KEY / stripe.publishable_key: one key is for tests, the other is live"
            );
        }
        Base::parse(&self.api_base)?;
        let script = self.script();
        let is_safe = script.parse::<Uri>().is_ok_and(|uri| match uri.scheme_str() {
            Some("https") => true,
            Some("http") => uri.host().is_some_and(is_here),
            _ => false,
        });
        if !is_safe {
            bail!("PORTICO_STRIPE_SCRIPT / stripe.script: {script:?} is not an address such as {SCRIPT}");
        }
        Ok(())
    }
}

/// A text that is shown to nobody.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Secret()" } else { "Secret(…)" })
    }
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Where requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) host: String,
    pub(super) port: u16,
    /// Host and port, as requests name them.
    pub(super) authority: String,
    pub(super) is_tls: bool,
}

impl Base {
    pub(super) fn parse(address: &str) -> anyhow::Result<Self> {
        const SETTING: &str = "PORTICO_STRIPE_API_BASE / stripe.api_base";
        let uri = address.parse::<Uri>().ok();
        let parts =
            uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.authority()?, uri.path_and_query())));
        let Some((scheme @ ("https" | "http"), authority, path)) = parts else {
            bail!("{SETTING}: {address:?} is not an address such as {API_BASE}");
        };
        if path.is_some_and(|path| path.as_str() != "/") || authority.as_str().contains('@') {
            bail!("{SETTING}: {address:?} is more than an address such as {API_BASE}");
        }
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        let is_tls = scheme == "https";
        let is_here =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if !is_tls && !is_here {
            bail!("{SETTING}: {address:?} is not on this machine, and keys travel by https only");
        }
        let port = authority.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        Ok(Self { host, port, authority: authority.to_string(), is_tls })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(secret: &str, publishable: &str) -> StripeConfig {
        StripeConfig {
            secret_key: secret.to_owned().into(),
            publishable_key: publishable.to_owned(),
            ..StripeConfig::default()
        }
    }

    #[test]
    fn keys_go_together_and_are_not_mixed_up() {
        assert!(config("", "").check().is_ok());
        for (secret, publishable) in
            [("sk_test_1", "pk_test_1"), ("rk_live_1", "pk_live_1"), ("sk_12345", "pk_12345")]
        {
            assert!(config(secret, publishable).check().is_ok(), "{secret}");
        }
        for (secret, publishable, setting) in [
            ("", "pk_test_1", "stripe.secret_key"),
            ("sk_test_1", "", "stripe.publishable_key"),
            ("pk_test_1", "sk_test_1", "stripe.secret_key"),
            ("sk_test_1", "sk_test_1", "stripe.publishable_key"),
            ("sk_test_1\n", "pk_test_1", "stripe.secret_key"),
            ("sk_live_1", "pk_test_1", "stripe.publishable_key"),
        ] {
            let wrong = config(secret, publishable).check().expect_err("is wrong").to_string();
            assert!(wrong.contains(setting) && !wrong.contains("_1"), "{wrong}");
        }
    }

    #[test]
    fn the_script_is_where_the_api_is() {
        let mut config = config("sk_test_1", "pk_test_1");
        assert_eq!(config.script(), "https://js.stripe.com/v3/");
        config.api_base = "http://127.0.0.1:8420/".into();
        assert_eq!(config.script(), "http://127.0.0.1:8420/js.stripe.com/v3/");
        assert!(config.check().is_ok());
        config.script = Some("https://js.stripe.com/basil/stripe.js".into());
        assert_eq!(config.script(), "https://js.stripe.com/basil/stripe.js");
        assert!(config.check().is_ok());
        for script in ["", "/v3/", "http://js.stripe.com/v3/", "javascript:alert(1)"] {
            config.script = Some(script.into());
            let wrong = config.check().expect_err("is wrong").to_string();
            assert!(wrong.contains("stripe.script"), "{wrong}");
        }
    }

    #[test]
    fn keys_travel_encrypted_unless_they_stay_on_this_machine() {
        for (address, port, is_tls) in [
            ("https://api.stripe.com", 443, true),
            ("https://stripe.example:8443/", 8443, true),
            ("http://127.0.0.1:8420", 8420, false),
            ("http://localhost", 80, false),
            ("http://[::1]:8420", 8420, false),
        ] {
            let base = Base::parse(address).expect("an address");
            assert_eq!((base.port, base.is_tls), (port, is_tls), "{address}");
        }
        for address in [
            "",
            "api.stripe.com",
            "ftp://127.0.0.1",
            "http://api.stripe.com",
            "http://127.0.0.1.example",
            "http://10.0.0.1",
            "https://api.stripe.com/v1",
            "https://me@api.stripe.com",
        ] {
            let wrong = Base::parse(address).expect_err(address).to_string();
            assert!(wrong.contains("stripe.api_base"), "{wrong}");
        }
    }
}
