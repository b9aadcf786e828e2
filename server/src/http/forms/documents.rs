use std::fmt::Write;

use app::form::FormReply;
use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::{StatusCode, Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    documents::{DocumentFormRequest, DocumentKind, PublishOutcome, StaffDocumentFilter, TypedDocument},
    ids::DocumentId,
};
use leptos::prelude::provide_context;
use services::{Cx, ServiceError, ServiceResult, documents};

use super::{Fields, field};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

const LIST: &str = "/staff/documents";

/// `POST /staff/documents`: publishes the ticked ones, or withdraws them, and shows the same part of the list.
pub(crate) async fn change_documents(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let ticked = fields.iter().filter(|(name, _)| name == "document").map(|(_, id)| id.parse::<DocumentId>());
    let done = match ticked.collect::<Result<Vec<_>, _>>() {
        Ok(ticked) => publish(&cx, &ticked, &fields).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    match done {
        Ok(done) => {
            let query = kept(&parts.uri);
            Redirect::to(&format!("{LIST}?{query}{done}")).into_response()
        }
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// `POST /staff/documents/{id}`: publishes it, or withdraws it.
pub(crate) async fn change_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let Ok(id) = id.parse::<DocumentId>() else { return not_found_at(&state, parts).await };
    match publish(&cx, &[id], &fields).await {
        Ok(done) => Redirect::to(&format!("{LIST}/{id}?{done}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// `POST /staff/documents/new?kind=…`.
pub(crate) async fn create_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    save(&state, &cx, None, parts, fields).await
}

/// `POST /staff/documents/{id}/edit`.
pub(crate) async fn edit_document(
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

/// Saves, or shows the form again with more lines, or with the customers that words find.
async fn save(state: &AppState, cx: &Cx, id: Option<DocumentId>, parts: Parts, fields: Fields) -> Response {
    let kind = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).ok();
    let kind = kind.and_then(|Query(query)| DocumentKind::from_plural(&field(&query, "kind")?));
    match field(&fields, "what").as_deref() {
        Some("find" | "lines") => {
            let request = DocumentFormRequest { id, kind, ..DocumentFormRequest::default() };
            return match documents::get_document_form(cx, &request).await {
                Ok(_) => {
                    let reply = FormReply { values: fields, ..FormReply::default() };
                    page(state, parts, StatusCode::OK, move || provide_context(reply.clone())).await
                }
                Err(ServiceError::NotFound) => not_found_at(state, parts).await,
                Err(error) => error_page(state, cx, parts, error, fields).await,
            };
        }
        Some("save") | None => {}
        Some(_) => return not_found_at(state, parts).await,
    }
    let typed = TypedDocument(fields);
    match documents::save_document(cx, id, kind, &typed).await {
        Ok(saved) => {
            let done = if id.is_some() { "saved" } else { "created" };
            Redirect::to(&format!("{LIST}/{saved}?done={done}")).into_response()
        }
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, typed.0).await,
    }
}

/// Does what the pressed button says; the query that tells of it.
async fn publish(cx: &Cx, ids: &[DocumentId], fields: &Fields) -> ServiceResult<String> {
    let (publish, word) = match field(fields, "do").as_deref() {
        Some("publish") => (true, "published"),
        Some("unpublish") => (false, "unpublished"),
        _ => return Err(ServiceError::NotFound),
    };
    let PublishOutcome { changed, hidden, ownerless } = documents::set_published(cx, ids, publish).await?;
    Ok(format!("done={word}&changed={changed}&hidden={hidden}&ownerless={ownerless}"))
}

/// What an address said of the list, less anything else, with its `&`.
fn kept(address: &Uri) -> String {
    let pairs: Fields = Query::try_from_uri(address).map(|Query(pairs)| pairs).unwrap_or_default();
    let filter = StaffDocumentFilter::from_query(|name| field(&pairs, name));
    let page = [("after", filter.page.after.clone()), ("before", filter.page.before.clone())];
    let page = page.into_iter().filter_map(|(name, cursor)| Some((name, cursor?)));
    filter.to_pairs().into_iter().chain(page).fold(String::new(), |mut query, (name, value)| {
        write!(query, "{name}={}&", app::encode_path(&value)).ok();
        query
    })
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn the_list_stays_as_it_was() {
        let kept = |address: &str| kept(&address.parse().expect("an address"));
        assert_eq!(kept("/staff/documents"), "");
        assert_eq!(kept("/staff/documents?kind=sales&q=a%26b&evil=%0D%0A&done=x"), "q=a%26b&kind=sales&");
        assert_eq!(kept("/staff/documents?after=abc"), "after=abc&");
    }
}
