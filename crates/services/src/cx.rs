//! What every use case is given.

use std::{
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use domain::Instant;
use time::Date;
use tokio::sync::Notify;

use crate::{
    Clock, Db, Transaction,
    access::{Actor, Check, GroupCache, passes},
    api::Rates,
    auth::{NewSession, PasswordHasher, RunningSignIns},
    documents::{FirstViews, Printer, ShareViews},
    error::{ServiceError, ServiceResult},
    files::Files,
    import::RunningImport,
    payments::{CardProvider, CardTries},
    secrets::SecretKey,
    settings::{Settings, SettingsCache},
    webhooks::Postman,
};

/// What an installation is configured with.
#[derive(Clone, Debug)]
pub struct PorticoConfig {
    /// The address that customers use, without a final slash; every link is built from it.
    pub public_url: String,
    /// The business's name on screens and in mails.
    pub business: String,
    /// Where customers can ask for help, in mails and on error pages.
    pub support_email: String,
    /// The address that mails come from.
    pub mail_from: String,
    /// What secure links are computed with.
    pub secret_key: SecretKey,
    /// Where files are kept.
    pub files: Files,
    /// Requests a second that each key of the machine API may go on making; zero for no limit.
    pub api_rate: u32,
}

/// One running installation: what all requests share.
pub struct Portico {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The configuration as the installation was started with; [`Self::settings`] has what staff changed.
    pub config: PorticoConfig,
    /// Rung when a mail was written to the outbox, so that the worker need not poll for it.
    pub mail_bell: Notify,
    /// Rung when something was written that a webhook is told, for the same reason.
    pub webhook_bell: Notify,
    /// Rung when somebody asked for a new password, for the same reason.
    pub reset_bell: Notify,
    /// Which documents customers opened first, to be written by a worker.
    pub first_views: FirstViews,
    pub(crate) share_views: ShareViews,
    pub(crate) api_rates: Rates,
    pub(crate) card_tries: CardTries,
    pub(crate) hasher: PasswordHasher,
    pub(crate) running_sign_ins: Arc<RunningSignIns>,
    pub(crate) groups: GroupCache,
    pub(crate) settings: SettingsCache,
    pub(crate) running_import: Arc<RunningImport>,
    printer: OnceLock<Arc<dyn Printer>>,
    postman: OnceLock<Arc<dyn Postman>>,
    card_provider: OnceLock<Arc<dyn CardProvider>>,
}

impl Portico {
    /// An installation over a migrated database.
    pub fn new(db: Db, clock: Clock, config: PorticoConfig) -> Arc<Self> {
        Arc::new(Self {
            db,
            clock,
            settings: SettingsCache::new(&config),
            config,
            mail_bell: Notify::new(),
            webhook_bell: Notify::new(),
            reset_bell: Notify::new(),
            first_views: FirstViews::default(),
            share_views: ShareViews::default(),
            api_rates: Rates::default(),
            card_tries: CardTries::default(),
            hasher: PasswordHasher::default(),
            running_sign_ins: Arc::default(),
            groups: GroupCache::default(),
            running_import: Arc::default(),
            printer: OnceLock::new(),
            postman: OnceLock::new(),
            card_provider: OnceLock::new(),
        })
    }

    /// Gives the installation what makes PDFs; the first one stays.
    pub fn set_printer(&self, printer: Arc<dyn Printer>) {
        self.printer.set(printer).ok();
    }

    pub(crate) fn printer(&self) -> ServiceResult<&dyn Printer> {
        let missing = || ServiceError::internal(anyhow::anyhow!("this process cannot print"));
        self.printer.get().map(AsRef::as_ref).ok_or_else(missing)
    }

    /// Gives the installation what posts to webhooks; the first one stays.
    pub fn set_postman(&self, postman: Arc<dyn Postman>) {
        self.postman.set(postman).ok();
    }

    pub(crate) fn postman(&self) -> ServiceResult<&dyn Postman> {
        let missing = || ServiceError::internal(anyhow::anyhow!("this process cannot post"));
        self.postman.get().map(AsRef::as_ref).ok_or_else(missing)
    }

    /// Gives the installation what moves money by cards; the first one stays. Without one, cards are not offered.
    pub fn set_card_provider(&self, provider: Arc<dyn CardProvider>) {
        self.card_provider.set(provider).ok();
    }

    pub(crate) fn card_provider(&self) -> Option<&dyn CardProvider> {
        self.card_provider.get().map(AsRef::as_ref)
    }

    /// Tells the workers that mails or deliveries of webhooks were written.
    pub(crate) fn ring(&self) {
        self.mail_bell.notify_one();
        self.webhook_bell.notify_one();
    }

    /// What is set now.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings.get()
    }

    /// The context of somebody who has proved nothing.
    pub fn anonymous(self: &Arc<Self>, origin: Origin) -> Cx {
        let settings = self.settings();
        let answer = Arc::default();
        Cx { portico: Arc::clone(self), settings, actor: Actor::anonymous(), origin, session: None, answer }
    }

    /// The context of the installation's own work: workers and the command line.
    pub fn system(self: &Arc<Self>, what: &'static str) -> Cx {
        Cx { actor: Actor::system(what), ..self.anonymous(Origin::default()) }
    }
}

impl fmt::Debug for Portico {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portico").field("config", &self.config).finish_non_exhaustive()
    }
}

/// The answer to every change that staff try while they view the portal as somebody.
const LOOK_ONLY: &str =
    "You are viewing the portal as a customer: look, but nothing can be changed. Leave first.";

/// Where a request comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's IP address.
    pub address: String,
    /// Its user agent, shortened.
    pub agent: String,
    /// The request's id, as in the log.
    pub request_id: String,
    /// The hash of the secret by which a browser is known again, if it has one.
    pub device: Option<String>,
}

/// The context of one use case: who asks, from where, and the installation.
#[derive(Clone, Debug)]
pub struct Cx {
    pub(crate) portico: Arc<Portico>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) actor: Actor,
    pub(crate) origin: Origin,
    /// The session at hand.
    pub(crate) session: Option<Arc<CurrentSession>>,
    answer: Arc<Mutex<Answer>>,
}

/// The session of a request.
#[derive(Clone, Debug)]
pub(crate) struct CurrentSession {
    /// The hash of its id.
    pub id_hash: String,
    /// Whose it is.
    pub whose: NewSession,
}

/// What a use case wants the answer to do to the browser, whatever page or function it is called by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The session goes on under a new id, and is whose this says.
    pub renewed: Option<NewSession>,
    /// The secret by which this browser is known again from now on.
    pub device_secret: Option<String>,
}

impl Cx {
    /// The same origin with another actor, as a session or token proved it.
    pub(crate) fn with_actor(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    /// The same within a session.
    pub(crate) fn with_session(self, id_hash: &str, whose: NewSession) -> Self {
        let session = CurrentSession { id_hash: id_hash.to_owned(), whose };
        Self { session: Some(Arc::new(session)), ..self }
    }

    /// The same request of nobody.
    #[must_use]
    pub fn signed_out(&self) -> Self {
        Self { session: None, ..self.with_actor(Actor::anonymous()) }
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Where the request comes from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The installation's configuration, with what staff changed in it.
    pub fn config(&self) -> &PorticoConfig {
        &self.settings.config
    }

    /// What is set, the same from a request's beginning to its end.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The hash of the id of the session at hand, if there is one.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref().map(|session| session.id_hash.as_str())
    }

    /// Has the session at hand go on under a new id, so that whoever knew the old one has nothing (ASVS 7.2.4).
    pub(crate) fn renew_session(&self, whose: NewSession) {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner).renewed = Some(whose);
    }

    /// Has the browser keep the secret by which it is known again.
    pub(crate) fn keep_device(&self, secret: String) {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner).device_secret = Some(secret);
    }

    /// What the answer to this request has to do to the browser. To be asked once the answer is made.
    pub fn take_answer(&self) -> Answer {
        std::mem::take(&mut self.answer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn db(&self) -> &Db {
        &self.portico.db
    }

    pub(crate) fn now(&self) -> Instant {
        self.portico.clock.now()
    }

    /// What day it is for the business.
    pub(crate) fn today(&self) -> Date {
        self.settings.zone.day_of(self.now())
    }

    /// Starts a transaction that may write. Refused to staff who view the portal as somebody: whatever a use
    /// case of the portal forgets to ask, it cannot change anything then.
    pub(crate) async fn begin(&self) -> ServiceResult<Transaction> {
        if !passes(Check::NoWrites, !self.actor.is_view_as()) {
            return Err(ServiceError::refused(LOOK_ONLY));
        }
        Ok(self.db().begin().await?)
    }

    /// An absolute address from the configured one, never from a request's Host header.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.portico.config.public_url)
    }
}
