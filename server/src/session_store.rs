//! Sessions for `tower-sessions`, kept by the use cases: only a hash of each id is stored, a row tells whose it
//! is, and whatever was revoked is gone at the next request.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use axum::http::HeaderName;
use serde_json::Value;
use services::{Origin, Portico, auth};
use time::{Duration, OffsetDateTime};
use tower_sessions::{
    Session, SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

/// The key of a session's data: whose it is.
pub(crate) const WHOSE: &str = "whose";

/// The header that carries a request's id.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the request at hand needs of its session: where it comes from, and whom it turned out to be.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    /// Where the request comes from.
    pub origin: Origin,
    /// Which side of the house it asks for.
    pub face: auth::Face,
    /// The session, once loaded.
    pub view: Option<auth::SessionView>,
    /// The id under which a use case has opened the session itself.
    pub opened: Option<Id>,
}

tokio::task_local! {
    /// Loading a session resolves user, membership and rights in one statement; the record that
    /// `tower-sessions` passes on has no room for them, so they are left here for the middleware outside.
    pub(crate) static SLOT: RefCell<Slot>;
}

/// The store.
#[derive(Clone, Debug)]
pub(crate) struct Store(Arc<Portico>);

impl Store {
    pub(crate) fn new(portico: Arc<Portico>) -> Self {
        Self(portico)
    }

    fn slot() -> (Origin, auth::Face) {
        SLOT.try_with(|slot| (slot.borrow().origin.clone(), slot.borrow().face)).unwrap_or_default()
    }

    fn take_opened() -> Option<Id> {
        SLOT.try_with(|slot| slot.borrow_mut().opened.take()).ok().flatten()
    }

    async fn open(&self, record: &Record) -> Result<()> {
        let whose = record.data.get(WHOSE).and_then(|whose| serde_json::from_value(whose.clone()).ok());
        let Some(whose) = whose else {
            return Err(Error::Encode("a session of nobody is not kept".to_owned()));
        };
        auth::open_session(&self.0, &hash(&record.id), whose, &Self::slot().0).await.map_err(backend)
    }
}

/// What is stored of an id.
pub(crate) fn hash(id: &Id) -> String {
    services::hash_secret(&id.to_string())
}

/// The request's session is the one that a use case has opened under this id.
pub(crate) fn adopt(id: Id) {
    SLOT.try_with(|slot| slot.borrow_mut().opened = Some(id)).ok();
}

fn backend(error: services::ServiceError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait::async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        if let Some(id) = Self::take_opened() {
            record.id = id;
            return Ok(());
        }
        // 128 random bits do not collide; if they did, the unique key refuses and the sign-in fails.
        self.open(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        auth::end_session(&self.0, &hash(&record.id)).await.map_err(backend)?;
        self.open(record).await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let (origin, face) = Self::slot();
        let found = auth::resolve_session(&self.0, &hash(id), face, origin).await.map_err(backend)?;
        let Some(view) = found else { return Ok(None) };
        let data = HashMap::from([(WHOSE.to_owned(), to_value(view.whose)?)]);
        SLOT.try_with(|slot| slot.borrow_mut().view = Some(view)).ok();
        // Idle and absolute limits are the use case's; the record only has to outlive the request.
        let now: OffsetDateTime = self.0.clock.now().to_utc();
        Ok(Some(Record { id: *id, data, expiry_date: now + Duration::days(1) }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        auth::end_session(&self.0, &hash(id)).await.map_err(backend)
    }
}

fn to_value(value: impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Error::Encode(error.to_string()))
}

/// Has a session go on under a new id: whoever planted or read the old one has nothing of it. One that was flushed in
/// the same request would keep its old id: renew it instead.
pub(crate) async fn renew(
    session: &Session,
    whose: auth::NewSession,
) -> std::result::Result<(), tower_sessions::session::Error> {
    if session.id().is_some() {
        session.cycle_id().await?;
        session.clear().await;
    }
    session.insert(WHOSE, whose).await
}
