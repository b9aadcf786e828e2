use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use domain::{
    Currency,
    settings::{Accent, GeneralForm, TemplateForm},
};
use entities::{logo, setting};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};

use super::zone::Zone;
use crate::{Portico, PorticoConfig, ServiceResult};

/// The row of the general settings.
pub(super) const GENERAL: &str = "general";
/// The row that names the logo.
pub(super) const LOGO: &str = "logo";
/// Before the kind of a mail: the rows of changed templates.
pub(super) const MAIL: &str = "mail.";

/// What is set, as one request sees it from beginning to end.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The configuration, with what staff changed in it.
    pub config: PorticoConfig,
    /// The general settings.
    pub general: GeneralForm,
    /// The logo, if there is one.
    pub logo: Option<Arc<Logo>>,
    pub(crate) zone: Zone,
    pub(crate) templates: BTreeMap<String, TemplateForm>,
}

/// The business's logo.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its file name in addresses: the hash of its content, and what it is.
    pub file: String,
    /// Its media type.
    pub media: String,
    /// The picture.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logo").field("file", &self.file).finish_non_exhaustive()
    }
}

/// Which logo is in use, in its row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LogoInUse {
    pub hash: String,
}

impl Settings {
    /// What an installation begins with.
    pub(crate) fn initial(config: &PorticoConfig) -> Self {
        let general = GeneralForm {
            business: config.business.clone(),
            support_email: config.support_email.clone(),
            time_zone: Zone::UTC.to_owned(),
            currency: "USD".to_owned(),
            ..GeneralForm::default()
        };
        Self::of(config, general)
    }

    fn of(config: &PorticoConfig, general: GeneralForm) -> Self {
        let config = PorticoConfig {
            business: general.business.clone(),
            support_email: general.support_email.clone(),
            ..config.clone()
        };
        let zone = Zone::named(&general.time_zone);
        Self { config, general, logo: None, zone, templates: BTreeMap::new() }
    }

    /// The colour, unless it is the original one.
    pub fn accent(&self) -> Option<Accent> {
        Accent::parse(&self.general.accent).ok()
    }

    /// The business's currency, for what has none of its own.
    pub(crate) fn currency(&self) -> Currency {
        Currency::parse(&self.general.currency).unwrap_or(Currency::USD)
    }

    /// The logo's path.
    pub fn logo_path(&self) -> Option<String> {
        self.logo.as_ref().map(|logo| format!("/brand/{}", logo.file))
    }
}

/// The settings as they were last read; read again when they are saved here, and every half minute for what
/// another instance saved.
#[derive(Debug)]
pub(crate) struct SettingsCache(RwLock<Arc<Settings>>);

impl SettingsCache {
    pub(crate) fn new(config: &PorticoConfig) -> Self {
        Self(RwLock::new(Arc::new(Settings::initial(config))))
    }

    pub(crate) fn get(&self) -> Arc<Settings> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, settings: Settings) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
    }
}

/// Reads the settings anew: at start, after each change, and now and then.
///
/// # Errors
/// When the database fails; the settings stay as they were.
pub async fn refresh(portico: &Portico) -> ServiceResult<()> {
    let settings = read(portico, portico.db.pool()).await?;
    portico.settings.set(settings);
    Ok(())
}

/// The settings as a connection sees them.
pub(super) async fn read(portico: &Portico, connection: &impl ConnectionTrait) -> ServiceResult<Settings> {
    let rows = setting::Entity::find().all(connection).await?;
    let mut settings = Settings::initial(&portico.config);
    let mut logo = LogoInUse::default();
    let mut templates = BTreeMap::new();
    for row in rows {
        match row.name.as_str() {
            GENERAL => match serde_json::from_value(row.value) {
                Ok(general) => settings = Settings::of(&portico.config, general),
                Err(error) => tracing::error!(%error, "the general settings cannot be read"),
            },
            LOGO => logo = serde_json::from_value(row.value).unwrap_or_default(),
            name => {
                let template = name.strip_prefix(MAIL).zip(serde_json::from_value(row.value).ok());
                templates.extend(template.map(|(kind, form)| (kind.to_owned(), form)));
            }
        }
    }
    settings.templates = templates;
    settings.logo = match portico.settings.get().logo.clone() {
        _ if logo.hash.is_empty() => None,
        Some(known) if known.file.starts_with(&logo.hash) => Some(known),
        _ => find_logo(connection, &logo.hash).await?.map(Arc::new),
    };
    Ok(settings)
}

/// A logo by its hash, also one that was in use before.
pub(super) async fn find_logo(connection: &impl ConnectionTrait, hash: &str) -> ServiceResult<Option<Logo>> {
    let found = logo::Entity::find_by_id(hash.to_owned()).one(connection).await?;
    Ok(found.map(|row| Logo {
        file: super::picture::file_name(&row.hash, &row.media),
        media: row.media,
        content: row.content,
    }))
}
