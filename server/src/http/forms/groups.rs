use app::form::FormReply;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::{GroupEffects, GroupForm},
    ids::GroupId,
};
use leptos::prelude::provide_context;
use serde::Deserialize;
use services::{
    Cx, ServiceError,
    groups::{self, GroupDeleted, GroupSaved},
};

use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

const LIST: &str = "/staff/settings/groups";

/// The fields of the matrix and all others, as they came.
type Fields = Vec<(String, String)>;

#[derive(Deserialize)]
pub(crate) struct Deletion {
    #[serde(default)]
    move_to: String,
    #[serde(default)]
    confirmation: String,
}

/// `POST /staff/settings/groups/new`.
pub(crate) async fn create_group(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    save(&state, &cx, None, parts, fields).await
}

/// `POST /staff/settings/groups/{id}`: saves, or shows first what that does to people.
pub(crate) async fn change_group(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    match id.parse() {
        Ok(id) => save(&state, &cx, Some(id), parts, fields).await,
        Err(_not_a_key) => not_found_at(&state, parts).await,
    }
}

/// `POST /staff/settings/groups/{id}/delete`: deletes, or shows first what moving does to people.
pub(crate) async fn delete_group(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(typed): Form<Deletion>,
) -> Response {
    let Ok(id) = id.parse::<GroupId>() else { return not_found_at(&state, parts).await };
    let values = vec![("move_to".to_owned(), typed.move_to.clone())];
    match groups::delete_group(&cx, id, &typed.move_to, &typed.confirmation).await {
        Ok(GroupDeleted::Done) => Redirect::to(&format!("{LIST}?done=deleted")).into_response(),
        Ok(GroupDeleted::Confirm(effects)) => confirm(&state, parts, values, effects).await,
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, values).await,
    }
}

async fn save(state: &AppState, cx: &Cx, id: Option<GroupId>, parts: Parts, fields: Fields) -> Response {
    let form = GroupForm::read(&fields);
    let seen = fields.iter().find(|(name, _)| name == "confirmation").map_or("", |(_, seen)| seen.as_str());
    match groups::save_group(cx, id, &form, seen).await {
        Ok(GroupSaved::Done(_)) => {
            let done = if id.is_some() { "saved" } else { "created" };
            Redirect::to(&format!("{LIST}?done={done}")).into_response()
        }
        Ok(GroupSaved::Confirm { form, effects }) => confirm(state, parts, form.pairs(), effects).await,
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, fields).await,
    }
}

/// The form again, with what it would do to people, to be confirmed.
async fn confirm(state: &AppState, parts: Parts, values: Fields, effects: GroupEffects) -> Response {
    let reply = FormReply { values, ..FormReply::default() };
    let provide = move || {
        provide_context(reply.clone());
        provide_context(effects.clone());
    };
    page(state, parts, StatusCode::OK, provide).await
}
