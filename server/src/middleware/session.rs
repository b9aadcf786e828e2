use std::{cell::RefCell, net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::ids::UserId;
use services::{Portico, auth::Face};
use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite};

use super::origin_of;
use crate::session_store::{SLOT, Slot, Store, USER};

/// The session cookie: for this host only, out of scripts' reach, and not sent along from other sites except
/// with a link that somebody follows, so that links in mails arrive signed in.
pub(crate) fn session_layer(portico: Arc<Portico>, is_https: bool) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store::new(portico))
        .with_name(if is_https { "__Host-portico" } else { "portico" })
        .with_secure(is_https)
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd)
}

/// What [`resolve_actor`] needs.
#[derive(Clone, Debug)]
pub(crate) struct Resolving {
    pub portico: Arc<Portico>,
    pub trusted_proxies: Arc<[IpAddr]>,
}

/// Makes the room that the session store fills; stands outside of the session layer.
pub(crate) async fn prepare_slot(
    State(resolving): State<Resolving>,
    request: Request,
    next: Next,
) -> Response {
    let origin = origin_of(&request, &resolving.trusted_proxies);
    let face = face_of(request.uri().path());
    SLOT.scope(RefCell::new(Slot { origin, face, ..Slot::default() }), next.run(request)).await
}

/// The portal's pages and their server functions are asked for with the portal's face.
fn face_of(path: &str) -> Face {
    let is_portal = ["/my", "/fn/my"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if is_portal { Face::Portal } else { Face::Own }
}

/// Finds out who asks and hands the use cases' context to everything inside.
pub(crate) async fn resolve_actor(
    State(resolving): State<Resolving>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    if let Err(error) = session.get::<UserId>(USER).await {
        tracing::error!(%error, "the session could not be read");
        return (StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment.").into_response();
    }
    let slot = SLOT.try_with(RefCell::take).unwrap_or_default();
    let cx = slot.view.map_or_else(|| resolving.portico.anonymous(slot.origin.clone()), |view| view.cx);
    SLOT.try_with(|kept| kept.borrow_mut().origin = slot.origin).ok();
    request.extensions_mut().insert(cx);
    next.run(request).await
}
