use axum::{
    Extension, Form,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::StaffRole,
    ids::{ContactId, UserId},
    users::{StaffUserForm, UserForm},
};
use serde::Deserialize;
use services::{Cx, ServiceError, ServiceResult, users};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// The forms on a user's page: which one, and its fields.
#[derive(Deserialize)]
pub(crate) struct Change {
    #[serde(default, rename = "do")]
    what: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    repetition: String,
}

/// `POST /staff/settings/users/{id}`.
pub(crate) async fn change_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<Change>,
) -> Response {
    let Ok(id) = id.parse::<UserId>() else { return not_found_at(&state, parts).await };
    match change(&cx, id, &form).await {
        Ok(notice) => Redirect::to(&format!("/staff/settings/users/{id}?notice={notice}")).into_response(),
        Err(error) => refused(&state, &cx, parts, error, Vec::new()).await,
    }
}

async fn change(cx: &Cx, id: UserId, form: &Change) -> ServiceResult<&'static str> {
    match form.what.as_str() {
        "disable" => users::disable_user(cx, id).await.map(|()| "disabled"),
        "enable" => users::enable_user(cx, id).await.map(|()| "enabled"),
        "end-sessions" => users::end_sessions(cx, id).await.map(|()| "sessions-ended"),
        "role" => {
            let role = StaffRole::parse(&form.role).ok_or(ServiceError::NotFound)?;
            users::change_role(cx, id, role).await.map(|()| "role-changed")
        }
        _ => {
            // Contact managers may help customers to a password, but not from a page that they do not see.
            users::get_user(cx, id).await?;
            change_password(cx, id, form).await
        }
    }
}

async fn change_password(cx: &Cx, id: UserId, form: &Change) -> ServiceResult<&'static str> {
    match form.what.as_str() {
        "reset" => users::send_password_reset(cx, id).await.map(|()| "reset-sent"),
        "set-password" => {
            users::set_password(cx, id, &form.password, &form.repetition).await.map(|()| "password-set")
        }
        "reset-two-factor" => users::reset_two_factor(cx, id).await.map(|()| "two-factor-reset"),
        _ => Err(ServiceError::NotFound),
    }
}

/// `POST /staff/settings/users/{id}/edit`.
pub(crate) async fn save_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<UserForm>,
) -> Response {
    let Ok(id) = id.parse::<UserId>() else { return not_found_at(&state, parts).await };
    match users::save_user(&cx, id, &form).await {
        Ok(()) => {
            let is_same = form.login.trim().to_lowercase() == form.seen_login;
            let notice = if is_same { "saved" } else { "login-changed" };
            Redirect::to(&format!("/staff/settings/users/{id}?notice={notice}")).into_response()
        }
        Err(error) => {
            let values = vec![
                ("name".to_owned(), form.name),
                ("login".to_owned(), form.login),
                ("require_two_factor".to_owned(), form.require_two_factor.to_string()),
            ];
            refused(&state, &cx, parts, error, values).await
        }
    }
}

/// `POST /staff/settings/users/new`.
pub(crate) async fn create_staff_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(form): Form<StaffUserForm>,
) -> Response {
    match users::create_staff_user(&cx, &form).await {
        Ok(id) => Redirect::to(&format!("/staff/settings/users/{id}?notice=created")).into_response(),
        Err(error) => {
            let StaffUserForm { name, email, role } = form;
            let values = [("name", name), ("email", email), ("role", role)];
            let values = values.map(|(name, value)| (name.to_owned(), value)).into();
            refused(&state, &cx, parts, error, values).await
        }
    }
}

/// `POST /staff/contacts/{id}/password`.
pub(crate) async fn change_contact_password(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(contact): Path<String>,
    parts: Parts,
    Form(form): Form<Change>,
) -> Response {
    let (Ok(contact), Ok(user)) = (contact.parse::<ContactId>(), form.user.parse::<UserId>()) else {
        return not_found_at(&state, parts).await;
    };
    match change_password(&cx, user, &form).await {
        Ok(notice) => {
            Redirect::to(&format!("/staff/contacts/{contact}/password?notice={notice}")).into_response()
        }
        Err(error) => refused(&state, &cx, parts, error, vec![("user".to_owned(), form.user)]).await,
    }
}

async fn refused(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    error: ServiceError,
    values: Vec<(String, String)>,
) -> Response {
    match error {
        ServiceError::NotFound => not_found_at(state, parts).await,
        error => error_page(state, cx, parts, error, values).await,
    }
}
