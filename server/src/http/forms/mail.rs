use axum::{
    Extension, Form,
    extract::State,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::MailId, mail::MailState};
use serde::Deserialize;
use services::{Cx, ServiceError, mail};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Chosen {
    mail: String,
    /// The filter of the list that it was chosen from.
    #[serde(default)]
    state: String,
}

/// `POST /staff/mail`: sends a mail again.
pub(crate) async fn resend_mail(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(chosen): Form<Chosen>,
) -> Response {
    let Ok(id) = chosen.mail.parse::<MailId>() else { return not_found_at(&state, parts).await };
    let list = |outcome: &str| {
        let kept = MailState::parse(&chosen.state).map(|state| format!("&state={}", state.code()));
        Redirect::to(&format!("/staff/mail?{outcome}=resend{}", kept.unwrap_or_default())).into_response()
    };
    match mail::resend_mail(&cx, id).await {
        Ok(_) => list("done"),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(ServiceError::Refused(_)) => list("refused"),
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}
