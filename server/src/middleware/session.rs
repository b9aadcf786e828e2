use std::{cell::RefCell, net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use services::{
    Cx, Portico,
    auth::{Face, NewSession},
};
use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite};

use super::origin_of;
use crate::session_store::{SLOT, Slot, Store, WHOSE, renew};

/// The session cookie's name over https, and without.
pub(super) const SESSION_COOKIES: [&str; 2] = ["__Host-portico", "portico"];

/// The session cookie: for this host only, out of scripts' reach, and not sent along from other sites except
/// with a link that somebody follows, so that links in mails arrive signed in.
pub(crate) fn session_layer(portico: Arc<Portico>, is_https: bool) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store::new(portico))
        .with_name(if is_https { SESSION_COOKIES[0] } else { SESSION_COOKIES[1] })
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
    pub is_https: bool,
}

impl Resolving {
    /// The cookie by which a browser is known again that somebody signed in from.
    fn device_cookie(&self) -> &'static str {
        if self.is_https { "__Host-portico-device" } else { "portico-device" }
    }
}

/// Makes the room that the session store fills; stands outside of the session layer.
pub(crate) async fn prepare_slot(
    State(resolving): State<Resolving>,
    request: Request,
    next: Next,
) -> Response {
    let origin = origin_of(&request, &resolving.trusted_proxies, resolving.device_cookie());
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

/// On requests of staff for the portal as somebody whom they do not view any more.
#[derive(Clone, Copy, Debug)]
pub(super) struct LostView;

/// Finds out who asks and hands the use cases' context to everything inside.
pub(crate) async fn resolve_actor(
    State(resolving): State<Resolving>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    if let Err(error) = session.get::<NewSession>(WHOSE).await {
        tracing::error!(%error, "the session could not be read");
        return (StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment.").into_response();
    }
    let slot = SLOT.try_with(RefCell::take).unwrap_or_default();
    if slot.view.as_ref().is_some_and(|view| view.has_lost_view) {
        request.extensions_mut().insert(LostView);
    }
    let cx = slot.view.map_or_else(|| resolving.portico.anonymous(slot.origin.clone()), |view| view.cx);
    SLOT.try_with(|kept| kept.borrow_mut().origin = slot.origin).ok();
    request.extensions_mut().insert(cx.clone());
    let mut response = next.run(request).await;
    if let Err(error) = do_to_browser(&cx, &session, &resolving, &mut response).await {
        tracing::error!(%error, "the session could not be renewed");
        return (StatusCode::SERVICE_UNAVAILABLE, "Try again in a moment.").into_response();
    }
    response
}

/// A browser is known again for so long, in seconds: 400 days, the most that browsers keep a cookie.
const DEVICE_COOKIE_LASTS: u32 = 400 * 24 * 60 * 60;

/// Does to the browser what the use case asked for, whichever page or function called it.
async fn do_to_browser(
    cx: &Cx,
    session: &Session,
    resolving: &Resolving,
    response: &mut Response,
) -> anyhow::Result<()> {
    let answer = cx.take_answer();
    if let Some(whose) = answer.renewed {
        renew(session, whose).await?;
    }
    if let Some(secret) = answer.device_secret {
        let (name, secure) = (resolving.device_cookie(), if resolving.is_https { "; Secure" } else { "" });
        let cookie =
            format!("{name}={secret}; Path=/; Max-Age={DEVICE_COOKIE_LASTS}; HttpOnly; SameSite=Lax{secure}");
        response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&cookie)?);
    }
    Ok(())
}
