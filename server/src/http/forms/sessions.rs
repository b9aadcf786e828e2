use axum::{
    Extension, Form,
    extract::State,
    http::{Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::users::Side;
use serde::Deserialize;
use services::{Cx, ServiceError, ServiceResult, account};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// What the forms of the security page's lists send; `do` says which.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(rename = "do")]
    what: String,
    #[serde(default)]
    id: String,
}

/// `POST /my/security/sessions` and `POST /staff/security/sessions`: ends sessions, or stops trusting devices.
pub(crate) async fn change_sessions(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    mut parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let is_staff = parts.uri.path().starts_with("/staff");
    let page = if is_staff { "/staff/security" } else { "/my/security" };
    let own_side = cx.actor().me().map(|me| matches!(me.side, Side::Staff { .. }));
    if own_side.is_some_and(|own_side| own_side != is_staff) {
        return not_found_at(&state, parts).await;
    }
    match change(&cx, &typed).await {
        Ok((done, panel)) => Redirect::to(&format!("{page}?done={done}#{panel}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            parts.uri = Uri::from_static(page);
            error_page(&state, &cx, parts, error, Vec::new()).await
        }
    }
}

async fn change(cx: &Cx, typed: &Typed) -> ServiceResult<(&'static str, &'static str)> {
    let no_key = |_no_key| ServiceError::NotFound;
    match typed.what.as_str() {
        "end" => {
            account::end_session(cx, typed.id.parse().map_err(no_key)?).await?;
            Ok(("session-ended", "sessions"))
        }
        "end-others" => {
            account::end_other_sessions(cx).await?;
            Ok(("sessions-ended", "sessions"))
        }
        "distrust" => {
            account::stop_trusting_device(cx, typed.id.parse().map_err(no_key)?).await?;
            Ok(("trust-ended", "trusted-devices"))
        }
        "distrust-all" => {
            account::stop_trusting_all_devices(cx).await?;
            Ok(("trust-ended", "trusted-devices"))
        }
        _ => Err(ServiceError::NotFound),
    }
}
