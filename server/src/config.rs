//! Configuration: `portico.toml`, overridden by the environment.

use std::{
    env,
    fmt::Display,
    fs, io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Context, anyhow, bail};
use serde::Deserialize;
use services::files::Files;

use crate::stripe::StripeConfig;

/// What an installation is run with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Folder of the embedded database, the mails and files. Default `data`.
    pub data_dir: PathBuf,
    /// `sqlite://…` or `postgres://…`. Default: `portico.db` in the data folder.
    pub database_url: Option<String>,
    /// Where to listen. Default `127.0.0.1:3000`.
    pub addr: SocketAddr,
    /// The address that customers use; links are built from it. Default: `http://` and `addr`.
    pub public_url: Option<String>,
    /// How mails are sent: `file:DIR`, `smtp://…` or `smtps://…`. Default: files in the data folder.
    pub mail: Option<String>,
    /// The folder of documents' files. Default: `files` in the data folder.
    pub files: Option<String>,
    /// Peers whose `X-Forwarded-For` counts. Default: none.
    pub trusted_proxies: Vec<IpAddr>,
    /// The file of the secret key, made at the first start. Default: `secret.key` in the data folder.
    pub secret_key_file: Option<PathBuf>,
    /// How the log is written. Default `json`.
    pub log: LogFormat,
    /// Connections served at once. Default 4096.
    pub max_connections: usize,
    /// Requests a second that each key of the machine API may go on making; zero for no limit. Default 10.
    pub api_rate: u32,
    /// Hosts of the business's own network that webhooks may lead to. Default: none.
    pub webhook_hosts: Vec<String>,
    /// The business.
    pub business: Business,
    /// Payments by card.
    pub stripe: StripeConfig,
}

/// The form of the log's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

impl FromStr for LogFormat {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "json" => Ok(Self::Json),
            "text" => Ok(Self::Text),
            _ => Err(anyhow!("is neither json nor text")),
        }
    }
}

/// The business that runs Portico.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Business {
    /// Its name on screens and in mails. Default `Portico`.
    pub name: String,
    /// Where customers ask for help. Default: nowhere.
    pub support_email: String,
    /// The sender of mails. Default: `portico@` and the host of `public_url`.
    pub mail_from: String,
}

impl Default for Business {
    fn default() -> Self {
        Self { name: "Portico".to_owned(), support_email: String::new(), mail_from: String::new() }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("data"),
            database_url: None,
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            public_url: None,
            mail: None,
            files: None,
            trusted_proxies: Vec::new(),
            secret_key_file: None,
            log: LogFormat::Json,
            max_connections: 4096,
            api_rate: 10,
            webhook_hosts: Vec::new(),
            business: Business::default(),
            stripe: StripeConfig::default(),
        }
    }
}

/// Environment names that are read elsewhere, or by later stages of the same configuration.
const OTHER_NAMES: &[&str] =
    &["PORTICO_DEMO_PASSWORD", "PORTICO_LIVE_RELOAD", "PORTICO_CONFIG", "PORTICO_LOCALSTRIPE"];

impl Config {
    /// Reads `portico.toml` (or the file that `PORTICO_CONFIG` names) and the environment.
    ///
    /// # Errors
    /// For an unreadable file, an unknown key in it, or a wrong value: with its name, and its line in the
    /// file. Unknown names in the environment are told on stderr and otherwise ignored.
    pub fn load() -> anyhow::Result<Self> {
        let named = env::var_os("PORTICO_CONFIG").map(PathBuf::from);
        let path = named.clone().unwrap_or_else(|| PathBuf::from("portico.toml"));
        let config = match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => Self::default(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let environment =
            env::vars().filter(|(name, _)| name.starts_with("PORTICO_") || name == "DATABASE_URL");
        config.overridden(environment)?.checked()
    }

    fn parse(text: &str, path: &Path) -> anyhow::Result<Self> {
        toml::from_str(text).map_err(|error| anyhow!("{}: {error}", path.display()))
    }

    fn overridden(mut self, environment: impl Iterator<Item = (String, String)>) -> anyhow::Result<Self> {
        for (name, value) in environment {
            match name.as_str() {
                "PORTICO_DATA_DIR" => self.data_dir = PathBuf::from(value),
                "DATABASE_URL" => self.database_url = Some(value),
                "PORTICO_ADDR" => self.addr = parsed(&name, &value)?,
                "PORTICO_PUBLIC_URL" => self.public_url = Some(value),
                "PORTICO_MAIL" => self.mail = Some(value),
                "PORTICO_FILES" => self.files = Some(value),
                "PORTICO_SECRET_KEY_FILE" => self.secret_key_file = Some(PathBuf::from(value)),
                "PORTICO_LOG" => self.log = parsed(&name, &value)?,
                "PORTICO_MAX_CONNECTIONS" => self.max_connections = parsed(&name, &value)?,
                "PORTICO_API_RATE" => self.api_rate = parsed(&name, &value)?,
                "PORTICO_WEBHOOK_HOSTS" => {
                    let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
                    self.webhook_hosts = parts.map(str::to_owned).collect();
                }
                "PORTICO_TRUSTED_PROXIES" => {
                    let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
                    self.trusted_proxies = parts.map(|part| parsed(&name, part)).collect::<Result<_, _>>()?;
                }
                "PORTICO_BUSINESS__NAME" => self.business.name = value,
                "PORTICO_BUSINESS__SUPPORT_EMAIL" => self.business.support_email = value,
                "PORTICO_BUSINESS__MAIL_FROM" => self.business.mail_from = value,
                "PORTICO_STRIPE_SECRET_KEY" => self.stripe.secret_key = value.into(),
                "PORTICO_STRIPE_PUBLISHABLE_KEY" => self.stripe.publishable_key = value,
                "PORTICO_STRIPE_WEBHOOK_SECRET" => self.stripe.webhook_secret = value.into(),
                "PORTICO_STRIPE_API_BASE" => self.stripe.api_base = value,
                "PORTICO_STRIPE_SCRIPT" => self.stripe.script = Some(value),
                other if OTHER_NAMES.contains(&other) || other.starts_with("PORTICO_TEST_") => {}
                other => eprintln_warning(other),
            }
        }
        Ok(self)
    }

    fn checked(self) -> anyhow::Result<Self> {
        if let Some(url) = &self.public_url {
            let is_web = url.starts_with("https://") || url.starts_with("http://");
            let host = url.split_once("://").map_or("", |(_, rest)| rest.trim_end_matches('/'));
            if !is_web || host.is_empty() || host.contains(['/', '?', '#', ' ', '@']) {
                bail!(
                    "PORTICO_PUBLIC_URL / public_url: {url:?} is not an address such as https://portal.example"
                );
            }
        }
        if self.business.name.trim().is_empty() {
            bail!("business.name: must not be empty");
        }
        self.stripe.check()?;
        Ok(self)
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        let embedded = || format!("sqlite://{}", self.data_dir.join("portico.db").display());
        self.database_url.clone().unwrap_or_else(embedded)
    }

    /// The public address without a final slash.
    pub fn public_url(&self) -> String {
        let own = || format!("http://{}", self.addr);
        self.public_url.as_deref().map_or_else(own, |url| url.trim_end_matches('/').to_owned())
    }

    /// The file of the secret key.
    pub fn secret_key_file(&self) -> PathBuf {
        self.secret_key_file.clone().unwrap_or_else(|| self.data_dir.join("secret.key"))
    }

    /// How mails are sent.
    pub fn mail(&self) -> String {
        self.mail.clone().unwrap_or_else(|| format!("file:{}", self.data_dir.join("mail").display()))
    }

    /// Where files are kept.
    pub fn files(&self) -> anyhow::Result<Files> {
        let path = match &self.files {
            None => self.data_dir.join("files"),
            Some(place) if place.contains("://") => bail!("{place:?} is not a folder"),
            Some(folder) => PathBuf::from(folder),
        };
        Files::folder(&path)
    }

    /// The sender of mails.
    pub fn mail_from(&self) -> String {
        if !self.business.mail_from.is_empty() {
            return self.business.mail_from.clone();
        }
        let url = self.public_url();
        let authority = url.split_once("://").map_or("localhost", |(_, authority)| authority);
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        format!("portico@{host}")
    }

    /// Whether browsers reach us by https, so that cookies must not travel otherwise.
    pub fn is_https(&self) -> bool {
        self.public_url().starts_with("https://")
    }
}

fn parsed<T>(name: &str, value: &str) -> anyhow::Result<T>
where
    T: FromStr,
    T::Err: Display,
{
    value.parse().map_err(|error| anyhow!("{name}: {value:?} {error}"))
}

#[allow(clippy::print_stderr, reason = "the log is not set up before the configuration is read")]
fn eprintln_warning(name: &str) {
    eprintln!("warning: {name} in the environment is not a setting of Portico");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> anyhow::Result<Config> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::default().overridden(pairs)?.checked()
    }

    #[test]
    fn the_file_names_line_and_key_of_what_is_wrong() {
        let path = Path::new("portico.toml");
        let unknown =
            Config::parse("addr = \"127.0.0.1:80\"\nadress = \"x\"", path).expect_err("unknown key");
        assert!(
            unknown.to_string().contains("line 2") && unknown.to_string().contains("adress"),
            "{unknown}"
        );
        let wrong = Config::parse("\n\naddr = \"nowhere\"", path).expect_err("wrong value");
        assert!(wrong.to_string().contains("line 3") && wrong.to_string().contains("addr"), "{wrong}");
        let nested = Config::parse("[business]\nname = \"Rivet Works\"", path).expect("reads");
        assert_eq!(nested.business.name, "Rivet Works");
    }

    #[test]
    fn the_environment_wins_and_wrong_values_are_named() {
        let config =
            env(&[("PORTICO_ADDR", "0.0.0.0:8080"), ("PORTICO_BUSINESS__NAME", "Rivet Works")]).expect("ok");
        assert_eq!(config.public_url(), "http://0.0.0.0:8080");
        assert_eq!(config.business.name, "Rivet Works");
        let wrong = env(&[("PORTICO_ADDR", "here")]).expect_err("wrong value");
        assert!(wrong.to_string().contains("PORTICO_ADDR"), "{wrong}");
        assert!(env(&[("PORTICO_PUBLIC_URL", "portal.example")]).is_err());
        assert!(env(&[("PORTICO_NO_SUCH_THING", "1")]).is_ok());
        let proxies = env(&[("PORTICO_TRUSTED_PROXIES", "10.0.0.1, ::1")]).expect("ok").trusted_proxies;
        assert_eq!(proxies.len(), 2);
    }

    #[test]
    fn the_sender_follows_the_public_address() {
        let config = env(&[("PORTICO_PUBLIC_URL", "https://portal.example:8443")]).expect("ok");
        assert_eq!(config.mail_from(), "portico@portal.example");
        assert!(config.is_https());
    }

    #[test]
    fn stripe_needs_both_keys_and_never_shows_the_secret_ones() {
        let both = [
            ("PORTICO_STRIPE_SECRET_KEY", "sk_test_abc"),
            ("PORTICO_STRIPE_PUBLISHABLE_KEY", "pk_test_abc"),
            ("PORTICO_STRIPE_WEBHOOK_SECRET", "whsec_abc"),
        ];
        let config = env(&both).expect("ok");
        let shown = format!("{config:?}");
        assert!(shown.contains("pk_test_abc"), "{shown}");
        assert!(!shown.contains("sk_test_abc") && !shown.contains("whsec_abc"), "{shown}");
        for (index, missing) in [(0, "PUBLISHABLE_KEY"), (1, "SECRET_KEY")] {
            let wrong = env(&[both[index]]).expect_err("one of two").to_string();
            assert!(wrong.contains(&format!("PORTICO_STRIPE_{missing}")), "{wrong}");
        }
        let file = "[stripe]\nsecret_key = \"sk_test_abc\"\npublishable_key = \"pk_test_abc\"";
        let config = Config::parse(file, Path::new("portico.toml")).and_then(Config::checked).expect("reads");
        assert_eq!(config.stripe.secret_key.reveal(), "sk_test_abc");
    }
}
