use app::form::FormReply;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{articles::ArticleForm, ids::ArticleId};
use leptos::prelude::provide_context;
use services::{Cx, ServiceError, articles};

use super::{Fields, field};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

const LIST: &str = "/staff/documentation";

/// `POST /staff/documentation/new`.
pub(crate) async fn create_article(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    change(&state, &cx, None, parts, fields).await
}

/// `POST /staff/documentation/{id}`.
pub(crate) async fn change_article(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    match id.parse() {
        Ok(id) => change(&state, &cx, Some(id), parts, fields).await,
        Err(_not_a_key) => not_found_at(&state, parts).await,
    }
}

/// Saves, shows what it would look like, publishes, withdraws or deletes.
async fn change(state: &AppState, cx: &Cx, id: Option<ArticleId>, parts: Parts, fields: Fields) -> Response {
    let result = match (field(&fields, "what").as_deref(), id) {
        (Some("preview"), id) => match articles::get_article_form(cx, id).await {
            Ok(_) => {
                let reply = FormReply { values: fields, ..FormReply::default() };
                return page(state, parts, StatusCode::OK, move || provide_context(reply.clone())).await;
            }
            Err(error) => Err(error),
        },
        (Some("save") | None, id) => {
            articles::save_article(cx, id, &ArticleForm::read(&fields)).await.map(|saved| {
                let done = if id.is_some() { "saved" } else { "created" };
                format!("{LIST}/{saved}?done={done}")
            })
        }
        (Some(what @ ("publish" | "unpublish")), Some(id)) => {
            articles::publish_article(cx, id, what == "publish")
                .await
                .map(|()| format!("{LIST}/{id}?done={what}ed"))
        }
        (Some("delete"), Some(id)) => {
            articles::delete_article(cx, id).await.map(|()| format!("{LIST}?done=deleted"))
        }
        _ => Err(ServiceError::NotFound),
    };
    match result {
        Ok(next) => Redirect::to(&next).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, fields).await,
    }
}
