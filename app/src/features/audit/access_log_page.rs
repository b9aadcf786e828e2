use domain::{Page, PageRequest, audit::AccessLogRow};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::list_access_log;
use crate::{
    layout::ErrorPage,
    ui::{Cell, CellKind, Column, Crumb, EmptyState, Glyph, PageHeader, Pager, Row, Skeleton, Table},
};

const TITLE: &str = "Access log";

/// `/my/access-log`: what happened around the access of a customer's people.
#[component]
pub fn AccessLogPage() -> impl IntoView {
    let query = use_query_map();
    let page =
        move || query.with(|query| PageRequest { after: query.get("after"), before: query.get("before") });
    let events = Resource::new(page, list_access_log);
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match events.await {
                    Ok(page) => list(page),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn list(page: Page<AccessLogRow>) -> AnyView {
    let turn =
        |way: &str, cursor: Option<String>| cursor.map(|cursor| format!("/my/access-log?{way}={cursor}"));
    let (previous, next) = (turn("before", page.previous), turn("after", page.next));
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary="Newest first" /> });
    let content = if page.items.is_empty() {
        view! {
            <div class="card">
                <EmptyState title="Nothing has happened yet" glyph=Glyph::List />
            </div>
        }
        .into_any()
    } else {
        let columns = ["What", "Whom", "Done by", "When"].map(Column::new).into();
        let rows = page.items.into_iter().map(row).collect_view();
        view! { <Table label=TITLE columns=columns class="audit-list">{rows}</Table> }.into_any()
    };
    view! {
        <Title text=TITLE />
        <div class="page">
            <PageHeader
                title=TITLE
                subtitle="Who was let in, who logged in, and when we looked at your portal ourselves."
                crumbs=vec![Crumb::link("Overview", "/my")]
            />
            {content}
            {pager}
        </div>
    }
    .into_any()
}

fn row(event: AccessLogRow) -> impl IntoView {
    let sub = |text: Option<String>| text.map(|text| view! { <span class="sub">{text}</span> });
    view! {
        <Row>
            <Cell kind=CellKind::Title>{event.what} {sub(event.reason)}</Cell>
            <Cell label="Whom">{event.subject}</Cell>
            <Cell label="Done by">
                <span>{event.by} {sub(event.address)}</span>
            </Cell>
            <Cell label="When">{event.when}</Cell>
        </Row>
    }
}
