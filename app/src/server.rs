//! Where server functions meet the use cases. Nothing of one feature lives here.

use http::{HeaderMap, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::{Cx, ServiceError};

use crate::PortalError;

/// The context of the request that is being answered; the server's middleware made it from the session.
pub(crate) fn cx() -> Result<Cx, PortalError> {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Cx>().cloned())
        .ok_or(PortalError::Transport)
}

/// The cookies that hold the secret of a share link, each for the addresses below its document's only: over https, and
/// without.
pub const SHARE_COOKIES: [&str; 2] = ["__Secure-portico-share", "portico-share"];

/// The secret of the share link by which the page is asked for.
pub(crate) fn share_secret() -> Option<String> {
    share_secret_in(&use_context::<Parts>()?.headers)
}

/// The secret of the share link by which something is asked for.
pub fn share_secret_in(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| SHARE_COOKIES.contains(name)).map(|(_, secret)| secret.to_owned())
}

/// Turns a use case's result into what the browser may see, and sets the status.
pub(crate) fn answer<T>(cx: &Cx, result: Result<T, ServiceError>) -> Result<T, PortalError> {
    result.map_err(|error| {
        let error = to_portal_error(cx, error);
        set_status(error.status());
        error
    })
}

/// The status of the page or server function that is being answered.
pub(crate) fn set_status(status: u16) {
    if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        options.set_status(status);
    }
}

/// What the browser may learn of an error; a fault of ours is logged here, once.
pub fn to_portal_error(cx: &Cx, error: ServiceError) -> PortalError {
    match error {
        ServiceError::Unauthenticated => PortalError::SignedOut,
        ServiceError::NotFound => PortalError::NotFound,
        ServiceError::Invalid(errors) => PortalError::Invalid(errors),
        ServiceError::Refused(text) => PortalError::Refused(text),
        ServiceError::Stale => PortalError::Stale,
        ServiceError::Throttled { wait_seconds } => PortalError::Throttled { wait_seconds },
        ServiceError::Busy => PortalError::Busy,
        ServiceError::Internal { cause, place } => {
            let reference = cx.origin().request_id.clone();
            tracing::error!(error = ?cause, %place, request_id = reference, "internal error");
            PortalError::Internal { reference }
        }
    }
}
