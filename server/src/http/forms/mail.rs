use axum::{
    Extension,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::MailId;
use services::{Cx, ServiceError, mail};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /staff/mail/{id}/resend`.
pub(crate) async fn resend_mail(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Ok(id) = id.parse::<MailId>() else { return not_found_at(&state, parts).await };
    match mail::resend_mail(&cx, id).await {
        Ok(_) => Redirect::to("/staff/mail?done=resend").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(ServiceError::Refused(_)) => Redirect::to("/staff/mail?refused=resend").into_response(),
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}
