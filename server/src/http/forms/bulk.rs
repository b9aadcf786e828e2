use app::features::{access::BulkReply, contacts::bulk_targets};
use axum::{
    Extension, Form,
    extract::State,
    http::{StatusCode, request::Parts},
    response::Response,
};
use domain::access::{BulkChange, RowChange};
use leptos::prelude::provide_context;
use leptos_router::params::ParamsMap;
use services::{Cx, ServiceError, access};

use crate::{
    http::{error_page_at, not_found_at, page},
    router::AppState,
};

/// `POST /staff/contacts/bulk`: says what a change of many contacts would do, or with `step=apply` does it.
pub(crate) async fn change_in_bulk(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    mut parts: Parts,
    Form(typed): Form<Vec<(String, String)>>,
) -> Response {
    let fields: ParamsMap = typed.iter().cloned().collect();
    let targets = bulk_targets(&fields);
    let value = |name: &str| fields.get(name).unwrap_or_default();
    // The page shows the same contacts again.
    let shown = address(&typed);
    let Some(change) = RowChange::parse_bulk(&value("change")) else {
        let error = ServiceError::field("change", "Choose what to do.");
        return error_page_at(&state, &cx, parts, &shown, error, typed).await;
    };
    let change = BulkChange { change, group: value("group").parse().ok(), message: value("message") };
    let is_preview = value("step") != "apply";
    match access::change_in_bulk(&cx, &targets, &change, is_preview).await {
        Ok(rows) => {
            let reply = BulkReply { change, rows, is_preview };
            if let Ok(uri) = shown.parse() {
                parts.uri = uri;
            }
            page(&state, parts, StatusCode::OK, move || provide_context(reply.clone())).await
        }
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page_at(&state, &cx, parts, &shown, error, typed).await,
    }
}

/// The page of the contacts that a form is about.
fn address(typed: &[(String, String)]) -> String {
    let mut query = ParamsMap::new();
    for (name, value) in typed {
        if ["contact", "q", "kind", "portal", "archived"].contains(&name.as_str()) {
            query.insert(name.clone(), value.clone());
        }
    }
    format!("/staff/contacts/bulk{}", query.to_query_string())
}
