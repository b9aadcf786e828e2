use app::features::{access::BulkReply, contacts::bulk_targets};
use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{StatusCode, request::Parts},
    response::Response,
};
use domain::access::{BulkChange, RowChange};
use leptos::prelude::provide_context;
use serde::Deserialize;
use services::{Cx, ServiceError, access};

use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    change: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    step: String,
}

/// `POST /staff/contacts/bulk`: says what a change of the address's contacts would do, or with `step=apply`
/// does it.
pub(crate) async fn change_in_bulk(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(query): Query<Vec<(String, String)>>,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let targets = bulk_targets(&query.into_iter().collect());
    let is_preview = typed.step != "apply";
    let done = match RowChange::parse_bulk(&typed.change) {
        None => Err(ServiceError::field("change", "Choose what to do.")),
        Some(change) => {
            let (group, message) = (typed.group.parse().ok(), typed.message.clone());
            let change = BulkChange { change, group, message };
            let rows = access::change_in_bulk(&cx, &targets, &change, is_preview).await;
            rows.map(|rows| BulkReply { change, rows, is_preview })
        }
    };
    match done {
        Ok(reply) => page(&state, parts, StatusCode::OK, move || provide_context(reply.clone())).await,
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let typed = [("change", typed.change), ("group", typed.group), ("message", typed.message)];
            let typed = typed.map(|(name, value)| (name.to_owned(), value)).into();
            error_page(&state, &cx, parts, error, typed).await
        }
    }
}
