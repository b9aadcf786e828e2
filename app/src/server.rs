//! Where server functions meet the use cases. Nothing of one feature lives here.

use http::{StatusCode, request::Parts};
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
