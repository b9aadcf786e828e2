use app::features::payments::ReadStatement;
use axum::{
    Extension, Form,
    extract::{Multipart, State},
    http::{StatusCode, Uri, request::Parts},
    response::Response,
};
use domain::payments::{BankLine, StatementReport};
use leptos::prelude::provide_context;
use services::{Cx, ServiceError, ServiceResult, payments};

use super::{Fields, field};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

const PAGE: &str = "/staff/payments/statement";

/// `POST /staff/payments/statement`: reads a bank's statement and books what is found.
pub(crate) async fn read_statement(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    upload: Multipart,
) -> Response {
    if !payments::may_manage(&cx) {
        // Whatever was sent: to them there is no such page.
        return not_found_at(&state, parts).await;
    }
    let result = match file(upload).await {
        Ok(bytes) => payments::book_statement(&cx, &bytes).await,
        Err(error) => Err(error),
    };
    shown(&state, &cx, parts, result, Vec::new()).await
}

/// `POST /staff/payments/statement/line`: books a line for the number of an invoice or a payment.
pub(crate) async fn book_line(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let line = field(&fields, "line").and_then(|line| serde_json::from_str::<BankLine>(&line).ok());
    let number = field(&fields, "number").unwrap_or_default();
    let result = match line {
        Some(line) => payments::book_by_hand(&cx, &line, &number).await.map(|outcome| StatementReport {
            lines: vec![(line, outcome)],
            errors: Vec::new(),
            passed_over: 0,
        }),
        None => Err(ServiceError::NotFound),
    };
    // What is wrong with the number is told above the page: its line is not on it any more.
    let result = result.map_err(|error| match error {
        ServiceError::Invalid(errors) => {
            ServiceError::refused(errors.get("number").unwrap_or("This cannot be booked.").to_owned())
        }
        other => other,
    });
    shown(&state, &cx, parts, result, Vec::new()).await
}

async fn shown(
    state: &AppState,
    cx: &Cx,
    mut parts: Parts,
    result: ServiceResult<StatementReport>,
    typed: Fields,
) -> Response {
    parts.uri = Uri::from_static(PAGE);
    match result {
        Ok(report) => {
            let read = ReadStatement(report);
            page(state, parts, StatusCode::OK, move || provide_context(read.clone())).await
        }
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, typed).await,
    }
}

async fn file(mut upload: Multipart) -> ServiceResult<Vec<u8>> {
    let unreadable = |_error| ServiceError::field("file", "The file did not arrive whole. Send it again.");
    while let Some(part) = upload.next_field().await.map_err(unreadable)? {
        if part.name() == Some("file") {
            return Ok(part.bytes().await.map_err(unreadable)?.to_vec());
        }
    }
    Err(ServiceError::field("file", "Choose the statement’s file."))
}
