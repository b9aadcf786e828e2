//! The list's filter as its address says it.

use domain::{
    PageRequest,
    access::{BulkTargets, PortalState},
    contacts::{ContactFilter, ContactKind},
};
use leptos_router::params::ParamsMap;

/// The list's address.
pub(super) const LIST: &str = "/staff/contacts";

/// Reads the filter from an address's query; what makes no sense is left out.
pub(super) fn from_query(query: &ParamsMap) -> ContactFilter {
    ContactFilter {
        search: query.get("q").unwrap_or_default(),
        kind: query.get("kind").as_deref().and_then(ContactKind::parse),
        state: query.get("portal").as_deref().and_then(PortalState::parse),
        archived: query.get("archived").is_some(),
        page: PageRequest { after: query.get("after"), before: query.get("before") },
    }
}

/// The address of a filter.
pub(crate) fn to_href(filter: &ContactFilter) -> String {
    let mut query = ParamsMap::new();
    for (name, value) in pairs(filter) {
        query.insert(name, value);
    }
    if let Some(after) = &filter.page.after {
        query.insert("after", after.clone());
    } else if let Some(before) = &filter.page.before {
        query.insert("before", before.clone());
    }
    format!("{LIST}{}", query.to_query_string())
}

/// Whom a change in bulk is for, as an address or a form says it: ticked contacts, or those of a filter.
pub fn bulk_targets(query: &ParamsMap) -> BulkTargets {
    let ticked: Vec<_> =
        query.get_all("contact").unwrap_or_default().iter().filter_map(|id| id.parse().ok()).collect();
    if ticked.is_empty() {
        BulkTargets::Matching(ContactFilter { page: PageRequest::default(), ..from_query(query) })
    } else {
        BulkTargets::These(ticked)
    }
}

/// The address of a change in bulk.
pub(crate) fn bulk_href(targets: &BulkTargets) -> String {
    let pairs = match targets {
        BulkTargets::Matching(filter) => pairs(filter),
        BulkTargets::These(ids) => ids.iter().map(|id| ("contact".to_owned(), id.to_string())).collect(),
    };
    let mut query = ParamsMap::new();
    for (name, value) in pairs {
        query.insert(name, value);
    }
    format!("{LIST}/bulk{}", query.to_query_string())
}

/// The filter's fields as names and values, without the page.
pub(super) fn pairs(filter: &ContactFilter) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if !filter.search.is_empty() {
        pairs.push(("q".to_owned(), filter.search.clone()));
    }
    if let Some(kind) = filter.kind {
        pairs.push(("kind".to_owned(), kind.code().to_owned()));
    }
    if let Some(state) = filter.state {
        pairs.push(("portal".to_owned(), state.code().to_owned()));
    }
    if filter.archived {
        pairs.push(("archived".to_owned(), "1".to_owned()));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_filter() {
        let filter = ContactFilter {
            search: "ann & bob".into(),
            kind: Some(ContactKind::Person),
            state: Some(PortalState::Invited),
            archived: true,
            page: PageRequest { after: Some("abc_-".into()), before: None },
        };
        let href = to_href(&filter);
        let query = href.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
        let map: ParamsMap = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| {
                (name.to_owned(), value.replace("%20", " ").replace("%26", "&").replace('+', " "))
            })
            .collect();
        assert_eq!(from_query(&map), filter);
    }
}
