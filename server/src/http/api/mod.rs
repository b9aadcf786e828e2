//! The machine API, `/api/v1`: a router of its own, beside the pages. It knows no cookies; every request carries a key.

mod answer;
mod contacts;
mod documents;
mod enter;
mod files;
mod openapi;
mod repeat;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Method, StatusCode},
    middleware::{from_fn_with_state, map_response},
    response::Response,
    routing::{MethodRouter, get, post, put},
};
use domain::api::ApiScope;
use services::documents::MAX_ORIGINAL;

pub(crate) use self::enter::Entering;
use self::{
    answer::{problem, refused},
    enter::enter,
};
use crate::router::AppState;

/// Longest body with records.
const MAX_RECORDS: usize = 4 * 1024 * 1024;
/// Records that are sent at once.
pub(super) const MOST_RECORDS: usize = 500;

/// One operation: how and where it is asked for, and what a key needs for it.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// How.
    pub method: &'static str,
    /// Where, below `/api/v1`.
    pub path: &'static str,
    /// What for; nothing for what everybody may read.
    pub scope: Option<ApiScope>,
}

const fn operation(method: &'static str, path: &'static str, scope: ApiScope) -> Operation {
    Operation { method, path, scope: Some(scope) }
}

/// Every operation. The description and the tests walk it.
pub const OPERATIONS: [Operation; 11] = [
    Operation { method: "GET", path: "/openapi.json", scope: None },
    operation("GET", "/contacts", ApiScope::ContactsRead),
    operation("POST", "/contacts/bulk", ApiScope::ContactsWrite),
    operation("GET", "/contacts/{external_id}", ApiScope::ContactsRead),
    operation("PUT", "/contacts/{external_id}", ApiScope::ContactsWrite),
    operation("GET", "/documents/{kind}", ApiScope::DocumentsRead),
    operation("POST", "/documents/{kind}/bulk", ApiScope::DocumentsWrite),
    operation("GET", "/documents/{kind}/{external_id}", ApiScope::DocumentsRead),
    operation("PUT", "/documents/{kind}/{external_id}", ApiScope::DocumentsWrite),
    operation("GET", "/documents/{kind}/{external_id}/file", ApiScope::FilesRead),
    operation("PUT", "/documents/{kind}/{external_id}/file", ApiScope::FilesWrite),
];

/// The scope of an operation, by the route that took the request.
fn scope_of(method: &Method, route: &str) -> Option<ApiScope> {
    let asked = if method == Method::HEAD { "GET" } else { method.as_str() };
    let path = route.strip_prefix("/api/v1")?;
    OPERATIONS.iter().find(|known| known.method == asked && known.path == path)?.scope
}

fn routes() -> Vec<(&'static str, MethodRouter<AppState>)> {
    let file = get(files::read)
        .merge(put(files::save).layer(DefaultBodyLimit::max(MAX_ORIGINAL + 1)))
        .fallback(wrong_method);
    vec![
        ("/api/v1/contacts", get(contacts::list).fallback(wrong_method)),
        ("/api/v1/contacts/bulk", post(contacts::save_many).fallback(wrong_method)),
        ("/api/v1/contacts/{external_id}", get(contacts::read).put(contacts::save).fallback(wrong_method)),
        ("/api/v1/documents/{kind}", get(documents::list).fallback(wrong_method)),
        ("/api/v1/documents/{kind}/bulk", post(documents::save_many).fallback(wrong_method)),
        (
            "/api/v1/documents/{kind}/{external_id}",
            get(documents::read).put(documents::save).fallback(wrong_method),
        ),
        ("/api/v1/documents/{kind}/{external_id}/file", file),
    ]
}

/// The machine API's router.
pub(crate) fn router(entering: Entering) -> Router<AppState> {
    let keyed = routes().into_iter().fold(Router::new(), |all, (path, route)| all.route(path, route));
    keyed
        .layer(DefaultBodyLimit::max(MAX_RECORDS))
        .layer(map_response(refused))
        .route_layer(from_fn_with_state(entering, enter))
        .route("/api/v1/openapi.json", get(openapi::openapi).fallback(wrong_method))
        .route("/api/{*rest}", axum::routing::any(nothing_here))
}

async fn nothing_here() -> Response {
    problem(StatusCode::NOT_FOUND, "There is nothing at this address. See /api/v1/openapi.json.")
}

async fn wrong_method() -> Response {
    problem(
        StatusCode::METHOD_NOT_ALLOWED,
        "This address does not take that method. See /api/v1/openapi.json.",
    )
}
