use axum::{
    Extension, Form,
    extract::State,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::account::PasswordForm;
use services::{Cx, ServiceError, account};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /my/security/password` and `POST /staff/security/password`.
pub(crate) async fn change_password(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(typed): Form<PasswordForm>,
) -> Response {
    // Each side has its own page; the other's does not exist.
    if cx.actor().as_staff().is_some() != parts.uri.path().starts_with("/staff/") {
        return not_found_at(&state, parts).await;
    }
    match account::change_password(&cx, &typed).await {
        Ok(()) => {
            let page = parts.uri.path().trim_end_matches("/password");
            Redirect::to(&format!("{page}?notice=password-changed")).into_response()
        }
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            // Says which form of the page it was; passwords never come back.
            let which = vec![("form".to_owned(), "password".to_owned())];
            error_page(&state, &cx, parts, error, which).await
        }
    }
}
