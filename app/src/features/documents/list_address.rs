//! The addresses of lists: all that is chosen stands in them, so that *back* and bookmarks find it again.

use domain::{
    PageRequest,
    documents::{DocumentFilter, DocumentKind},
    ids::DocumentId,
};
use leptos_router::{location::Url, params::ParamsMap};

use super::href;

/// The address of a list's first page.
pub(super) fn address(kind: DocumentKind, filter: &DocumentFilter) -> String {
    page_address(kind, filter, &PageRequest::default())
}

/// The address of a list's page.
pub(super) fn page_address(kind: DocumentKind, filter: &DocumentFilter, page: &PageRequest) -> String {
    let mut pairs = filter.to_pairs();
    if let Some(after) = &page.after {
        pairs.push(("after", after.clone()));
    } else if let Some(before) = &page.before {
        pairs.push(("before", before.clone()));
    }
    format!("/my/{}{}", kind.plural(), query_of(pairs))
}

/// Where the list is exported.
pub(super) fn export_address(kind: DocumentKind, filter: &DocumentFilter) -> String {
    let mut pairs = filter.to_pairs();
    pairs.insert(0, ("kind", kind.plural().to_owned()));
    format!("/my/documents.csv{}", query_of(pairs))
}

/// A document's address as its list links to it: with the list, unless it is the usual one, so that *Previous* and
/// *Next* follow it in this tab.
pub(super) fn href_in(kind: DocumentKind, id: DocumentId, filter: &DocumentFilter) -> String {
    let list = query_of(filter.to_pairs());
    let address = href(kind, id);
    match list.strip_prefix('?') {
        Some(list) => format!("{address}{}", query_of(vec![("list", list.to_owned())])),
        None => address,
    }
}

/// The filter of a list that a document's address names.
pub(super) fn filter_of(kind: DocumentKind, list: &str) -> DocumentFilter {
    let pairs: Vec<(String, String)> = url_pairs(list);
    let get = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    DocumentFilter::from_query(kind, get).0
}

fn url_pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (unescape(name), unescape(value)))
        .collect()
}

fn unescape(text: &str) -> String {
    Url::unescape(text)
}

/// A query of names and values, with its `?` unless empty.
pub(super) fn query_of(pairs: Vec<(&'static str, String)>) -> String {
    let mut query = ParamsMap::new();
    for (name, value) in pairs {
        query.insert(name, value);
    }
    query.to_query_string()
}
