use domain::{
    Page, PageRequest,
    audit::{AuditFilter, AuditRow, Change},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    api::list_events,
    filter_form::{FilterForm, LIST, query_of},
};
use crate::{
    layout::ErrorPage,
    ui::{Cell, CellKind, Column, EmptyState, Glyph, PageHeader, Pager, Row, Skeleton, Table},
};

/// `/staff/audit`: who did what, when and from where.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let filter = move || query.with(|query| AuditFilter::from_query(|name| query.get(name)));
    let events = Resource::new(filter, |filter| async move {
        list_events(filter.clone()).await.map(|page| (filter, page))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match events.await {
                    Ok((filter, page)) => list(filter, page),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn list(filter: AuditFilter, page: Page<AuditRow>) -> AnyView {
    let turn = |after: Option<String>, before: Option<String>| {
        (after.is_some() || before.is_some()).then(|| {
            let filter = AuditFilter { page: PageRequest { after, before }, ..filter.clone() };
            format!("{LIST}{}", query_of(&filter))
        })
    };
    let (previous, next) = (turn(None, page.previous), turn(page.next, None));
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary="Newest first" /> });
    let content = if page.items.is_empty() { empty(&filter) } else { table(page.items) };
    let subtitle = if filter.about.is_some() {
        "What happened to this one, newest first. Nothing here can be changed or deleted."
    } else {
        "Who did what, when and from where, newest first. Nothing here can be changed or deleted."
    };
    view! {
        <Title text="Audit" />
        <div class="page">
            <PageHeader title="Audit" subtitle=subtitle />
            <FilterForm filter=filter />
            {content}
            {pager}
        </div>
    }
    .into_any()
}

fn table(events: Vec<AuditRow>) -> AnyView {
    let columns = ["What", "Whom", "Done by", "When", "Address"].map(Column::new).into();
    let rows = events.into_iter().map(row).collect_view();
    view! { <Table label="Events" columns=columns class="audit-list">{rows}</Table> }.into_any()
}

fn row(event: AuditRow) -> impl IntoView {
    let sub = |text: Option<String>| text.map(|text| view! { <span class="sub">{text}</span> });
    let in_place = event.on_behalf_of.map(|name| format!("as {name}"));
    let changes = (!event.changes.is_empty()).then(|| {
        let changes = event.changes.into_iter().map(change).collect_view();
        view! { <ul class="audit-changes">{changes}</ul> }
    });
    view! {
        <Row>
            <Cell kind=CellKind::Title>{event.what} {changes}</Cell>
            <Cell label="Whom">
                <span>{event.subject} {sub(event.company)}</span>
            </Cell>
            <Cell label="Done by">
                <span>{event.by} {sub(in_place)}</span>
            </Cell>
            <Cell label="When">{event.when}</Cell>
            <Cell label="Address">{event.address}</Cell>
        </Row>
    }
}

fn change(Change { label, before, after }: Change) -> impl IntoView {
    let shown = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    let before =
        before.map(|before| view! { <del>{shown(before)}</del> <span aria-hidden="true">" → "</span> });
    view! {
        <li>
            <span class="muted">{label} ": "</span>
            {before}
            <span>{shown(after)}</span>
        </li>
    }
}

fn empty(filter: &AuditFilter) -> AnyView {
    let (title, text) = if filter.is_empty() {
        ("Nothing has happened yet", "Every grant, sign-in and change appears here.")
    } else {
        ("Nothing matches", "Change the filter, or clear it to see everything.")
    };
    view! {
        <div class="card">
            <EmptyState title=title text=text glyph=Glyph::List />
        </div>
    }
    .into_any()
}
