use axum::{
    Extension, Form,
    extract::State,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::{ContactId, MembershipId};
use serde::Deserialize;
use services::{Cx, ServiceError, ServiceResult, access, auth};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// What the forms of the page send; `what` says which.
#[derive(Deserialize)]
pub(crate) struct Typed {
    what: String,
    #[serde(default)]
    member: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    group: String,
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    membership: String,
}

/// `POST /my/members`: invites a colleague, changes what one may do, or ends their access.
pub(crate) async fn change_members(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let member = typed.member.parse::<ContactId>().map_err(|_no_key| ServiceError::NotFound);
    let (result, done) = match typed.what.as_str() {
        "invite" => (access::invite_member(&cx, &typed.name, &typed.email, &typed.group).await, "invited"),
        "regroup" => (regroup(&cx, member, &typed.group).await, "saved"),
        "remove" => (remove(&cx, member).await, "removed"),
        _ => (Err(ServiceError::NotFound), ""),
    };
    match result {
        Ok(()) => Redirect::to(&format!("/my/members?done={done}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let values = [("name", typed.name), ("email", typed.email), ("group", typed.group)];
            let values = values.map(|(name, value)| (name.to_owned(), value)).into();
            error_page(&state, &cx, parts, error, values).await
        }
    }
}

async fn regroup(cx: &Cx, member: ServiceResult<ContactId>, group: &str) -> ServiceResult<()> {
    access::edit_member(cx, member?, group).await.map_err(|error| match error {
        // A row has no place for an error: it stands above the table.
        ServiceError::Invalid(errors) => {
            ServiceError::refused(errors.iter().next().map(|(_, text)| text.to_owned()).unwrap_or_default())
        }
        other => other,
    })
}

async fn remove(cx: &Cx, member: ServiceResult<ContactId>) -> ServiceResult<()> {
    access::remove_member(cx, member?).await
}

/// `POST /my/companies`: makes another company the active one.
pub(crate) async fn switch_company(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(chosen): Form<Chosen>,
) -> Response {
    let Ok(membership) = chosen.membership.parse::<MembershipId>() else {
        return not_found_at(&state, parts).await;
    };
    match auth::switch_company(&cx, membership).await {
        Ok(()) => Redirect::to("/my").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}
