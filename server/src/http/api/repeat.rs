//! Requests that write: their bodies, and `Idempotency-Key`, by which the same request twice is done once.

use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde_json::Value;
use services::{
    Cx,
    api::{self, Answered},
};

use super::answer::{Answer, problem};

/// Longest idempotency key.
const MAX_KEY: usize = 200;

/// What was sent, with what tells it from others.
pub(super) struct Sent {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Reads the JSON that was sent and does the work, unless it was done before.
pub(super) async fn once<W>(cx: &Cx, sent: Sent, work: impl FnOnce(Value) -> W) -> Response
where
    W: Future<Output = Answer>,
{
    let kind = sent.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send JSON: Content-Type: application/json.");
    }
    let value = match serde_json::from_slice::<Value>(&sent.body) {
        Ok(value) => value,
        Err(error) => {
            let at = format!("line {}, column {}", error.line(), error.column());
            return problem(
                StatusCode::BAD_REQUEST,
                &format!("The body is no JSON that can be read ({at})."),
            );
        }
    };
    let Some(key) = sent.headers.get("idempotency-key") else { return work(value).await.into_response() };
    let key = key.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > MAX_KEY {
        let told = format!("Idempotency-Key takes 1 to {MAX_KEY} plain characters, such as a UUID.");
        return problem(StatusCode::BAD_REQUEST, &told);
    }
    let what = format!("{} {}\n{value}", sent.method, sent.uri);
    match api::begin_answer(cx, key, &services::hash_secret(&what)).await {
        Ok(Answered::New) => {}
        Ok(Answered::Done { status, body }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = serde_json::from_str(&body).unwrap_or(Value::Null);
            let mut response = Answer { status, body }.into_response();
            response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
            return response;
        }
        Ok(Answered::Running) => {
            let told = "The same request is being done at this moment. Send it again in a moment.";
            return problem(StatusCode::CONFLICT, told);
        }
        Ok(Answered::Other) => {
            let told = "This Idempotency-Key was sent with another request. Use a new one.";
            return problem(StatusCode::UNPROCESSABLE_ENTITY, told);
        }
        Err(error) => return Answer::of_error(cx, error).into_response(),
    }
    let answer = work(value).await;
    let kept = if answer.status.is_server_error() {
        api::forget_answer(cx, key).await
    } else {
        api::finish_answer(cx, key, answer.status.as_u16(), &answer.body.to_string()).await
    };
    if let Err(error) = kept {
        tracing::warn!(%error, "an answer could not be kept");
    }
    answer.into_response()
}
