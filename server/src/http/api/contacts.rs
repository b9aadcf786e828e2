use axum::{
    Extension,
    extract::{Path, Query},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use services::{
    Cx, ServiceResult,
    api::{self, Cursor},
};

use super::{
    MOST_RECORDS,
    answer::Answer,
    repeat::{Sent, once},
};

/// Records a page, unless fewer are asked for.
const PAGE: u64 = 100;

/// What a list is asked with, as it was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Paging {
    cursor: Option<String>,
    limit: Option<String>,
}

impl Paging {
    /// After which record, and how many.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn read(&self) -> Result<(Option<Cursor>, u64), Answer> {
        let wrong = |told| Answer::problem(StatusCode::BAD_REQUEST, told);
        let after = self.cursor.as_deref().map(str::parse::<Cursor>).transpose();
        let after = after.map_err(|_not_ours| wrong("Take the cursor from `next` of the page before."))?;
        let limit = self.limit.as_deref().map_or(Some(PAGE), |limit| limit.parse().ok());
        let limit = limit.filter(|limit| (1..=500).contains(limit));
        let limit = limit.ok_or_else(|| wrong("limit takes 1 to 500."))?;
        Ok((after, limit))
    }
}

/// `GET /api/v1/contacts`.
pub(super) async fn list(
    Extension(cx): Extension<Cx>,
    Query(paging): Query<Paging>,
) -> Result<Answer, Answer> {
    let (after, limit) = paging.read()?;
    told(&cx, api::list_contacts(&cx, after, limit).await)
}

/// `GET /api/v1/contacts/{external_id}`.
pub(super) async fn read(Extension(cx): Extension<Cx>, Path(id): Path<String>) -> Result<Answer, Answer> {
    told(&cx, api::get_contact(&cx, &id).await)
}

/// `PUT /api/v1/contacts/{external_id}`.
pub(super) async fn save(
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let cx = &cx;
    let sent = Sent { method, uri, headers, body };
    once(cx, sent, async |value| match value {
        Value::Object(fields) => saved(cx, &id, api::save_contact(cx, &id, &fields).await),
        _ => no_object(),
    })
    .await
}

/// `POST /api/v1/contacts/bulk`.
pub(super) async fn save_many(
    Extension(cx): Extension<Cx>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let cx = &cx;
    let sent = Sent { method, uri, headers, body };
    let save = |id: String, fields: Map<String, Value>| async move {
        let answer = saved(cx, &id, api::save_contact(cx, &id, &fields).await);
        result(answer, &id)
    };
    once(cx, sent, |value| each(value, save)).await
}

/// What was asked for.
///
/// # Errors
/// The problem, when it could not be read.
pub(super) fn told(cx: &Cx, read: ServiceResult<Value>) -> Result<Answer, Answer> {
    read.map(Answer::ok).map_err(|error| Answer::of_error(cx, error))
}

/// What became of a record.
pub(super) fn saved(cx: &Cx, id: &str, saved: ServiceResult<api::Saved>) -> Answer {
    match saved {
        Ok(saved) => {
            let is_new = saved == api::Saved::Created;
            let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
            Answer { status, body: json!({ "external_id": id, "result": saved }) }
        }
        Err(error) => Answer::of_error(cx, error),
    }
}

pub(super) fn no_object() -> Answer {
    Answer::problem(StatusCode::UNPROCESSABLE_ENTITY, "Send one JSON object with the record's fields.")
}

/// The answer to one of many, which says whose it is and with which status it would have been given alone.
pub(super) fn result(answer: Answer, id: &str) -> Value {
    let mut body = match answer.body {
        Value::Object(body) => body,
        _ => Map::new(),
    };
    body.insert("external_id".to_owned(), json!(id));
    body.insert("status".to_owned(), json!(answer.status.as_u16()));
    Value::Object(body)
}

/// Saves the records of a body one by one; what is wrong with one stops no other.
pub(super) async fn each<W>(value: Value, save: impl Fn(String, Map<String, Value>) -> W) -> Answer
where
    W: Future<Output = Value>,
{
    let items = match items(value) {
        Ok(items) => items,
        Err(answer) => return answer,
    };
    let mut results = Vec::with_capacity(items.len());
    for item in items {
        results.push(match item {
            Ok((id, fields)) => save(id, fields).await,
            Err(answer) => answer.body,
        });
    }
    Answer::ok(json!({ "results": results }))
}

/// A record of many: its external id and its fields, or what is wrong with it.
type Item = Result<(String, Map<String, Value>), Answer>;

/// The records of `{"items": […]}`, each with its `external_id` among its fields.
///
/// # Errors
/// When the body is something else.
fn items(value: Value) -> Result<Vec<Item>, Answer> {
    let told = |detail: &str| Answer::problem(StatusCode::UNPROCESSABLE_ENTITY, detail);
    let items = match value {
        Value::Object(mut fields) if fields.len() == 1 => fields.remove("items"),
        _ => None,
    };
    let Some(Value::Array(items)) = items else {
        return Err(told("Send {\"items\": […]}, each item with its external_id and its fields."));
    };
    if items.len() > MOST_RECORDS {
        return Err(told(&format!("Send at most {MOST_RECORDS} items at once.")));
    }
    let read = |item| match item {
        Value::Object(mut fields) => match fields.remove("external_id") {
            Some(Value::String(id)) => Ok((id, fields)),
            _ => Err(told("This item has no external_id.")),
        },
        _ => Err(told("This item is no object.")),
    };
    Ok(items.into_iter().map(read).collect())
}
