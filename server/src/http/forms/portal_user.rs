use axum::{
    Extension, Form,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::{PasswordBy, PortalUserForm, RowChange, RowOutcome, RowRequest},
    ids::ContactId,
};
use services::{Cx, ServiceError, ServiceResult, access, contacts};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /staff/contacts/{id}/portal-users/new`.
pub(crate) async fn add_portal_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<PortalUserForm>,
) -> Response {
    let Ok(customer) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let done = if form.by() == PasswordBy::Hand { "added" } else { "invited" };
    let result = access::add_portal_user(&cx, customer, &form).await.map(|_contact| shown(customer, done));
    answer(&state, &cx, parts, result, form).await
}

/// `POST /staff/contacts/{id}`: a person's *Enable Portal User*, or the way back from an end.
pub(crate) async fn enable_portal_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<PortalUserForm>,
) -> Response {
    let Ok(contact) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let result = match form.what.as_str() {
        "enable" => enable(&cx, contact, &form).await,
        "undo" => change(&cx, contact, RowChange::UndoRevoke).await.map(|()| shown(contact, "restored")),
        _ => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, form).await
}

async fn enable(cx: &Cx, contact: ContactId, form: &PortalUserForm) -> ServiceResult<String> {
    let found = contacts::get_contact(cx, contact).await?;
    let (customer, login) = (found.customer, found.form.email.trim().to_owned());
    if login.is_empty() {
        access::get_new_portal_user(cx, customer, Some(contact)).await?;
        return Ok(format!("/staff/contacts/{customer}/portal-users/new?contact={contact}"));
    }
    let form = PortalUserForm { contact: contact.to_string(), login, ..form.clone() };
    access::add_portal_user(cx, customer, &form).await?;
    Ok(shown(contact, "invited"))
}

/// `POST /staff/contacts/{id}/portal-user`: saves, invites again, or ends.
pub(crate) async fn edit_portal_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<PortalUserForm>,
) -> Response {
    let Ok(contact) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let (result, done) = match form.what.as_str() {
        "save" => (access::edit_portal_user(&cx, contact, &form).await, "saved"),
        "reinvite" => (change(&cx, contact, RowChange::Reinvite).await, "invited"),
        "end" => (change(&cx, contact, RowChange::Revoke).await, "ended"),
        _ => (Err(ServiceError::NotFound), ""),
    };
    answer(&state, &cx, parts, result.map(|()| shown(contact, done)), form).await
}

/// A row of the dialog *Grant portal access*, under the recorded email.
async fn change(cx: &Cx, contact: ContactId, change: RowChange) -> ServiceResult<()> {
    let email = contacts::get_contact(cx, contact).await?.form.email;
    let request = RowRequest { contact, email, change, group: None };
    let outcomes = access::change_access(cx, &[request], "").await?;
    match outcomes.into_iter().next() {
        Some(RowOutcome::Refused { reason, .. }) => Err(ServiceError::refused(reason)),
        _ => Ok(()),
    }
}

/// A contact's page that says what was done.
fn shown(contact: ContactId, done: &str) -> String {
    format!("/staff/contacts/{contact}?done={done}")
}

async fn answer(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    result: ServiceResult<String>,
    form: PortalUserForm,
) -> Response {
    match result {
        Ok(next) => Redirect::to(&next).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, typed(form)).await,
    }
}

/// What was typed, without the secrets.
fn typed(form: PortalUserForm) -> Vec<(String, String)> {
    vec![
        ("contact".to_owned(), form.contact),
        ("login".to_owned(), form.login),
        ("group".to_owned(), form.group),
        ("require_two_factor".to_owned(), form.require_two_factor.to_string()),
        ("valid_from".to_owned(), form.valid_from),
        ("valid_until".to_owned(), form.valid_until),
        ("password_by".to_owned(), form.password_by),
        ("message".to_owned(), form.message),
    ]
}
