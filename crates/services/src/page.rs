//! Keyset paging over any ordered query.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Page, PageRequest, page::PAGE_SIZE};
use sea_orm::{EntityTrait, FromQueryResult, ModelTrait, QuerySelect, Select};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{Cx, ServiceResult};

/// Which way a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seek {
    Forward,
    Backward,
}

/// Where a page starts: the key of the row beside it, or nothing for the first page.
pub(crate) fn seek<K: DeserializeOwned>(request: &PageRequest) -> (Seek, Option<(K, Uuid)>) {
    match (&request.after, &request.before) {
        (Some(cursor), _) => (Seek::Forward, decode(cursor)),
        (None, Some(cursor)) => match decode(cursor) {
            Some(key) => (Seek::Backward, Some(key)),
            None => (Seek::Forward, None),
        },
        (None, None) => (Seek::Forward, None),
    }
}

/// Reads one page of a query that is already filtered by, and ordered along, the way of reading.
pub(crate) async fn read<E, K: Serialize>(
    cx: &Cx,
    query: Select<E>,
    way: Seek,
    is_first: bool,
    key: impl Fn(&E::Model) -> (K, Uuid),
) -> ServiceResult<Page<E::Model>>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + FromQueryResult + Sized + Send + Sync,
{
    let mut items = query.limit(PAGE_SIZE + 1).all(cx.db().pool()).await?;
    let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let has_more = items.len() > size;
    items.truncate(size);
    if way == Seek::Backward {
        items.reverse();
    }
    let has_previous = if way == Seek::Backward { has_more } else { !is_first };
    let has_next = if way == Seek::Backward { true } else { has_more };
    let first = items.first().map(|row| encode(&key(row)));
    let last = items.last().map(|row| encode(&key(row)));
    Ok(Page { previous: first.filter(|_| has_previous), next: last.filter(|_| has_next), items })
}

fn encode<K: Serialize>(key: &(K, Uuid)) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

/// A cursor that cannot be read leads to the first page: an old bookmark is no error.
fn decode<K: DeserializeOwned>(cursor: &str) -> Option<(K, Uuid)> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}
