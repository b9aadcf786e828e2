//! Answers for programs: JSON, and problems in the form of RFC 9457.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::FieldErrors;
use serde_json::{Map, Value, json};
use services::{Cx, ServiceError};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");

/// An answer, before it becomes a response: so that it can be kept, or be one of many.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn ok(body: Value) -> Self {
        Self { status: StatusCode::OK, body }
    }

    pub(super) fn problem(status: StatusCode, detail: &str) -> Self {
        Self { status, body: body(status, detail) }
    }

    /// What went wrong, in words for whoever wrote the other program. A fault of ours is logged, and told as nothing
    /// but that.
    pub(super) fn of_error(cx: &Cx, error: ServiceError) -> Self {
        let told = Self::problem;
        match error {
            ServiceError::Unauthenticated => told(StatusCode::UNAUTHORIZED, NO_KEY),
            ServiceError::NotFound => told(StatusCode::NOT_FOUND, "There is no such record."),
            ServiceError::Invalid(errors) => {
                Self { status: StatusCode::UNPROCESSABLE_ENTITY, body: invalid(&errors) }
            }
            ServiceError::Refused(why) => told(StatusCode::CONFLICT, &why),
            ServiceError::Stale => {
                told(StatusCode::CONFLICT, "The record was changed meanwhile. Send it again.")
            }
            ServiceError::Throttled { wait_seconds } => told(
                StatusCode::TOO_MANY_REQUESTS,
                &format!("Too many requests. Wait {wait_seconds} seconds."),
            ),
            ServiceError::Busy => {
                told(StatusCode::SERVICE_UNAVAILABLE, "Too busy. Send it again in a moment.")
            }
            ServiceError::Internal { cause, place } => {
                tracing::error!(request_id = cx.origin().request_id, %cause, %place, "the machine API failed");
                told(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    &format!("Something went wrong on our side. Its number is {}.", cx.origin().request_id),
                )
            }
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let kind = if self.status.is_success() { JSON } else { PROBLEM };
        (self.status, [(header::CONTENT_TYPE, kind)], self.body.to_string()).into_response()
    }
}

/// What is said to whoever has no key that works.
pub(super) const NO_KEY: &str = "Send a key that works: Authorization: Bearer ptk_… Whoever runs this portal makes one under Settings, API keys.";

/// A problem as a response.
pub(super) fn problem(status: StatusCode, detail: &str) -> Response {
    Answer::problem(status, detail).into_response()
}

/// Says as a problem what was refused before an operation began: an address that is no text, a body that is too long.
pub(super) async fn refused(response: Response) -> Response {
    let status = response.status();
    let is_told = response.headers().get(header::CONTENT_TYPE) == Some(&PROBLEM);
    if is_told || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let told = match status {
        StatusCode::PAYLOAD_TOO_LARGE => {
            "The body is too long. Send fewer records at once, or a smaller file."
        }
        StatusCode::BAD_REQUEST => {
            "The address cannot be read. Percent-encode UTF-8, and give each parameter once."
        }
        _ => "The request cannot be taken as it was sent.",
    };
    problem(status, told)
}

fn body(status: StatusCode, detail: &str) -> Value {
    json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Problem"),
        "status": status.as_u16(),
        "detail": detail,
    })
}

fn invalid(errors: &FieldErrors) -> Value {
    let told = |(pointer, detail): (&str, &str)| json!({ "pointer": pointer, "detail": detail });
    let mut all = match body(StatusCode::UNPROCESSABLE_ENTITY, "Some of what was sent cannot be taken.") {
        Value::Object(all) => all,
        _ => Map::new(),
    };
    all.insert("errors".to_owned(), errors.iter().map(told).collect());
    Value::Object(all)
}
