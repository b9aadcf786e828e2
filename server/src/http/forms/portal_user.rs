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
use services::{Cx, ServiceError, access, contacts};

use crate::{
    http::{error_page, error_page_at, not_found_at},
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
    match access::add_portal_user(&cx, customer, &form).await {
        Ok(_contact) => Redirect::to(&format!("/staff/contacts/{customer}?done={done}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, typed(form)).await,
    }
}

/// `POST /staff/contacts/{id}/portal-user/enable`: a person's *Enable Portal User*.
pub(crate) async fn enable_portal_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<PortalUserForm>,
) -> Response {
    let Ok(contact) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let page = format!("/staff/contacts/{contact}");
    let found = match contacts::get_contact(&cx, contact).await {
        Ok(found) => found,
        Err(ServiceError::NotFound) => return not_found_at(&state, parts).await,
        Err(error) => return error_page_at(&state, &cx, parts, &page, error, typed(form)).await,
    };
    let (customer, email) = (found.customer, found.form.email.trim().to_owned());
    let form = PortalUserForm { contact: contact.to_string(), login: email, ..form };
    if form.login.is_empty() && access::get_new_portal_user(&cx, customer, None).await.is_ok() {
        let by_hand = format!("/staff/contacts/{customer}/portal-users/new?contact={contact}");
        return Redirect::to(&by_hand).into_response();
    }
    match access::add_portal_user(&cx, customer, &form).await {
        Ok(_contact) => Redirect::to(&format!("{page}?done=invited")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page_at(&state, &cx, parts, &page, error, typed(form)).await,
    }
}

/// `POST /staff/contacts/{id}/portal-user`.
pub(crate) async fn edit_portal_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<PortalUserForm>,
) -> Response {
    let Ok(contact) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    match access::edit_portal_user(&cx, contact, &form).await {
        Ok(()) => Redirect::to(&format!("/staff/contacts/{contact}?done=saved")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, typed(form)).await,
    }
}

/// `POST /staff/contacts/{id}/portal-user/{what}`: `reinvite`, `end` or `undo`.
pub(crate) async fn change_portal_user(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((id, what)): Path<(String, String)>,
    parts: Parts,
) -> Response {
    let change = match what.as_str() {
        "reinvite" => Some((RowChange::Reinvite, "invited")),
        "end" => Some((RowChange::Revoke, "ended")),
        "undo" => Some((RowChange::UndoRevoke, "restored")),
        _ => None,
    };
    let (Ok(contact), Some((change, done))) = (id.parse::<ContactId>(), change) else {
        return not_found_at(&state, parts).await;
    };
    let page = format!("/staff/contacts/{contact}");
    let email = match contacts::get_contact(&cx, contact).await {
        Ok(found) => found.form.email,
        Err(ServiceError::NotFound) => return not_found_at(&state, parts).await,
        Err(error) => return error_page_at(&state, &cx, parts, &page, error, Vec::new()).await,
    };
    let request = RowRequest { contact, email, change, group: None };
    match access::change_access(&cx, &[request], "").await {
        Ok(outcomes) => match outcomes.into_iter().next() {
            Some(RowOutcome::Refused { reason, .. }) => {
                let error = ServiceError::refused(reason);
                error_page_at(&state, &cx, parts, &page, error, Vec::new()).await
            }
            _ => Redirect::to(&format!("{page}?done={done}")).into_response(),
        },
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page_at(&state, &cx, parts, &page, error, Vec::new()).await,
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
