use domain::{
    PageRequest,
    documents::{StaffDocumentFilter, StaffDocumentList},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    super::api::list_staff_documents,
    LIST,
    filter_form::{FilterForm, query_of},
    notice::Notice,
    table::table,
};
use crate::{
    form::use_form_reply,
    layout::ErrorPage,
    ui::{ButtonKind, ButtonLink, EmptyState, Glyph, PageHeader, Pager, Skeleton},
};

/// `/staff/documents`: documents of all kinds, newest first.
#[component]
pub fn StaffDocumentListPage() -> impl IntoView {
    let query = use_query_map();
    let filter = move || query.with(|query| StaffDocumentFilter::from_query(|name| query.get(name)));
    let documents = Resource::new(filter, |filter| async move {
        list_staff_documents(filter.clone()).await.map(|list| (filter, list))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match documents.await {
                    Ok((filter, found)) => list(filter, found),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn list(filter: StaffDocumentFilter, found: StaffDocumentList) -> AnyView {
    let StaffDocumentList { page, of } = found;
    let turn = |after: Option<String>, before: Option<String>| {
        (after.is_some() || before.is_some()).then(|| {
            let filter = StaffDocumentFilter { page: PageRequest { after, before }, ..filter.clone() };
            format!("{LIST}{}", query_of(&filter))
        })
    };
    let (previous, next) = (turn(None, page.previous), turn(page.next, None));
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary="Newest first" /> });
    let content =
        if page.items.is_empty() { empty(&filter) } else { table(page.items, &query_of(&filter)).into_any() };
    let subtitle = of.map_or_else(
        || "Whatever customers can look at, published or not.".to_owned(),
        |of| format!("Of {of}."),
    );
    let new = match (filter.kind, filter.of) {
        (None, None) => format!("{LIST}/new"),
        (None, Some(of)) => format!("{LIST}/new?of={of}"),
        (Some(kind), None) => format!("{LIST}/new?kind={}", kind.plural()),
        (Some(kind), Some(of)) => format!("{LIST}/new?kind={}&of={of}", kind.plural()),
    };
    let reply = use_form_reply().unwrap_or_default();
    view! {
        <Title text="Documents" />
        <div class="page">
            <PageHeader title="Documents" subtitle=subtitle>
                <ButtonLink href=new kind=ButtonKind::Primary>
                    "New document"
                </ButtonLink>
            </PageHeader>
            <Notice reply=reply />
            <FilterForm filter=filter />
            {content}
            {pager}
        </div>
    }
    .into_any()
}

fn empty(filter: &StaffDocumentFilter) -> AnyView {
    let is_past_the_end = filter.page != PageRequest::default();
    let (title, text) = match (is_past_the_end, filter.is_empty()) {
        (true, _) => ("Nothing on this page", "The list has changed since this address was made."),
        (false, true) => ("No documents yet", "Import them from your records, or make the first by hand."),
        (false, false) => ("Nothing matches", "Change the filter, or clear it to see everything."),
    };
    let first = StaffDocumentFilter { page: PageRequest::default(), ..filter.clone() };
    view! {
        <div class="card">
            <EmptyState title=title text=text glyph=Glyph::File>
                {is_past_the_end
                    .then(|| view! { <ButtonLink href=format!("{LIST}{}", query_of(&first))>"First page"</ButtonLink> })}
            </EmptyState>
        </div>
    }
    .into_any()
}
