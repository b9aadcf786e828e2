//! The filter: a plain form whose answer is an address that can be kept.

use domain::audit::{ActionGroup, AuditFilter};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::ui::{Button, ButtonKind, ButtonLink, Field, Glyph, SelectField};

/// The list's address.
pub(super) const LIST: &str = "/staff/audit";

/// The query of a filter, with its `?` unless empty.
pub(super) fn query_of(filter: &AuditFilter) -> String {
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

/// Who, what, whom and when.
#[component]
pub(super) fn FilterForm(filter: AuditFilter) -> impl IntoView {
    let mut groups = vec![(String::new(), "Everything".to_owned())];
    groups.extend(ActionGroup::ALL.map(|group| (group.code().to_owned(), group.label().to_owned())));
    let what = filter.what.map(|what| what.code().to_owned()).unwrap_or_default();
    let csv = query_of(&AuditFilter { page: Default::default(), ..filter.clone() });
    let is_filtered = !filter.is_empty();
    let pairs = filter.to_pairs();
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let about =
        filter.about.map(|about| view! { <input type="hidden" name="about" value=about.to_string() /> });
    view! {
        <form class="audit-filter" role="search" aria-label="Filter events" method="get" action=LIST>
            <Field label="Done by" name="who" value=value("who") autocomplete="off" />
            <SelectField label="What happened" name="what" options=groups value=what />
            <Field label="Whom or which company" name="whom" value=value("whom") autocomplete="off" />
            <Field label="From" name="from" kind="date" value=value("from") />
            <Field label="Until" name="until" kind="date" value=value("until") />
            {about}
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true>
                    "Filter"
                </Button>
                {is_filtered.then(|| view! { <ButtonLink href=LIST>"Clear"</ButtonLink> })}
                <ButtonLink href=format!("/staff/audit.csv{csv}") external=true glyph=Glyph::Download>
                    "Export as CSV"
                </ButtonLink>
            </div>
        </form>
    }
    .into_any()
}
