//! The filter: a plain form whose answer is an address that can be kept.

use domain::documents::{DocumentKind, DocumentState, StaffDocumentFilter, Standing};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use super::LIST;
use crate::ui::{Button, ButtonKind, ButtonLink, Field, SelectField};

/// The query of a filter, with its `?` unless empty.
pub(super) fn query_of(filter: &StaffDocumentFilter) -> String {
    let mut query = ParamsMap::new();
    for (name, value) in filter.to_pairs() {
        query.insert(name, value);
    }
    if let Some(after) = &filter.page.after {
        query.insert("after", after.clone());
    } else if let Some(before) = &filter.page.before {
        query.insert("before", before.clone());
    }
    query.to_query_string()
}

/// Words, kind, state, how far, and when.
#[component]
pub(super) fn FilterForm(filter: StaffDocumentFilter) -> impl IntoView {
    let is_filtered = !filter.is_empty();
    let pairs = filter.to_pairs();
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let kinds = options(DocumentKind::ALL.map(|kind| (kind.plural(), kind.label())));
    let standings = options(Standing::ALL.map(|standing| (standing.code(), standing.label())));
    let of = filter.of.map(|of| view! { <input type="hidden" name="of" value=of.to_string() /> });
    view! {
        <form class="audit-filter document-filter" role="search" aria-label="Filter documents" method="get" action=LIST>
            <Field label="Search documents" name="q" kind="search" value=value("q") autocomplete="off" />
            <SelectField label="Kind" name="kind" options=kinds value=value("kind") />
            <SelectField label="Status" name="state" options=states(filter.kind) value=value("state") />
            <SelectField label="Customers" name="standing" options=standings value=value("standing") />
            <Field label="From" name="from" kind="date" value=value("from") />
            <Field label="Until" name="until" kind="date" value=value("until") />
            {of}
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true>
                    "Filter"
                </Button>
                {is_filtered.then(|| view! { <ButtonLink href=LIST>"Clear"</ButtonLink> })}
            </div>
        </form>
    }
    .into_any()
}

fn options<const N: usize>(all: [(&str, &str); N]) -> Vec<(String, String)> {
    let all = all.into_iter().map(|(code, label)| (code.to_owned(), label.to_owned()));
    std::iter::once((String::new(), "All".to_owned())).chain(all).collect()
}

/// The states of the kind, in its words; of all kinds where none is chosen.
fn states(kind: Option<DocumentKind>) -> Vec<(String, String)> {
    let states = kind.map_or(&DocumentState::ALL[..], DocumentState::of);
    // A lead has no words of its own for states that other kinds have.
    let words = kind.unwrap_or(DocumentKind::Lead);
    let all = states.iter().map(|state| (state.code().to_owned(), state.label(words).to_owned()));
    std::iter::once((String::new(), "All".to_owned())).chain(all).collect()
}
