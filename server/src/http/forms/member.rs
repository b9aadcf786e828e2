use axum::{
    Extension, Form,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::{ContactId, MembershipId};
use serde::Deserialize;
use services::{Cx, ServiceError, ServiceResult, access, auth};

use crate::{
    http::{error_page, error_page_at, not_found_at},
    router::AppState,
};

const PAGE: &str = "/my/members";

#[derive(Deserialize)]
pub(crate) struct Invited {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    group: String,
}

#[derive(Deserialize)]
pub(crate) struct Group {
    #[serde(default)]
    group: String,
}

/// `POST /my/members`: invites a colleague.
pub(crate) async fn invite_member(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(typed): Form<Invited>,
) -> Response {
    match access::invite_member(&cx, &typed.name, &typed.email, &typed.group).await {
        Ok(()) => Redirect::to("/my/members?done=invited").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let values = vec![
                ("name".to_owned(), typed.name),
                ("email".to_owned(), typed.email),
                ("group".to_owned(), typed.group),
            ];
            error_page(&state, &cx, parts, error, values).await
        }
    }
}

/// `POST /my/members/{id}/group`.
pub(crate) async fn edit_member(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(typed): Form<Group>,
) -> Response {
    let Ok(member) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let edited = access::edit_member(&cx, member, &typed.group).await;
    answer(&state, &cx, parts, edited.map_err(as_a_whole), "saved").await
}

/// `POST /my/members/{id}/remove`.
pub(crate) async fn remove_member(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Ok(member) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let removed = access::remove_member(&cx, member).await;
    answer(&state, &cx, parts, removed, "removed").await
}

/// `POST /my/companies/{id}`: makes another company the active one.
pub(crate) async fn switch_company(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Ok(membership) = id.parse::<MembershipId>() else { return not_found_at(&state, parts).await };
    match auth::switch_company(&cx, membership).await {
        Ok(()) => Redirect::to("/my").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page_at(&state, &cx, parts, "/my/companies", error, Vec::new()).await,
    }
}

/// An error of a row's form, which has no place for it, stands above the table.
fn as_a_whole(error: ServiceError) -> ServiceError {
    match error {
        ServiceError::Invalid(errors) => {
            let text = errors.iter().next().map(|(_, text)| text.to_owned());
            ServiceError::refused(text.unwrap_or_default())
        }
        other => other,
    }
}

async fn answer(state: &AppState, cx: &Cx, parts: Parts, result: ServiceResult<()>, done: &str) -> Response {
    match result {
        Ok(()) => Redirect::to(&format!("{PAGE}?done={done}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page_at(state, cx, parts, PAGE, error, Vec::new()).await,
    }
}
