use domain::{
    PageRequest,
    access::Permission,
    documents::{DocumentFilter, DocumentKind, DocumentList, DocumentRequest, ListGroup},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::list_documents,
    columns::{columns, row},
    figures::display_count,
    kind_words::{glyph, when_empty},
    list_address::{address, page_address},
    list_tools::{ListTools, has_papers},
};
use crate::{
    PortalError,
    form::use_form_reply,
    layout::ErrorPage,
    session::use_session,
    ui::{Alert, ButtonKind, ButtonLink, Crumb, EmptyState, PageHeader, Pager, Skeleton, Table, Tone},
};

/// `/my/{kind}`: the documents of a kind, searched, filtered and sorted, a page at a time.
#[component]
pub fn DocumentListPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let request = move || {
        let kind = params.with(|params| DocumentKind::from_plural(params.get_str("kind")?))?;
        let (filter, page) = query.with(|query| DocumentFilter::from_query(kind, |name| query.get(name)));
        Some(DocumentRequest { kind, filter, page })
    };
    let documents = Resource::new(request, |request| async move {
        let request = request.ok_or(PortalError::NotFound)?;
        list_documents(request.clone()).await.map(|list| (request, list))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match documents.await {
                    Ok((request, list)) => show(request, list),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(request: DocumentRequest, list: DocumentList) -> AnyView {
    let kind = request.kind;
    let turn = |after: Option<String>, before: Option<String>| {
        (after.is_some() || before.is_some())
            .then(|| page_address(kind, &request.filter, &PageRequest { after, before }))
    };
    let (previous, next) = (turn(None, list.page.previous.clone()), turn(list.page.next.clone(), None));
    let order = request.filter.order.label(kind);
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary=order /> });
    let content =
        if list.page.items.is_empty() { empty(&request, list.count) } else { table(&request, &list) };
    // Nothing can be found where there is nothing.
    let has_some = list.count > 0 || !list.page.items.is_empty() || request.filter.is_narrow();
    let tools =
        has_some.then(|| view! { <ListTools kind=kind filter=request.filter.clone() list=list.clone() /> });
    let problem = use_form_reply().and_then(|reply| reply.problem);
    let new = may_open_tickets(kind).then(|| {
        view! {
            <ButtonLink kind=ButtonKind::Primary href="/my/tickets/new">
                "New ticket"
            </ButtonLink>
        }
    });
    let pay = (kind == DocumentKind::Invoice && list.count > 0 && may_pay()).then(|| {
        view! { <ButtonLink href="/my/pay">"Pay invoices"</ButtonLink> }
    });
    let subtitle = (list.count > 1).then(|| format!("{} in all", display_count(list.count)));
    view! {
        <Title text=kind.label() />
        <div class="page">
            <PageHeader
                title=kind.label()
                nostrip:subtitle=subtitle
                crumbs=vec![Crumb::link("Overview", "/my")]
            >
                {pay}
                {new}
            </PageHeader>
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {tools}
            {content}
            {pager}
        </div>
    }
    .into_any()
}

/// Whether the list is that of tickets, and the reader may open one.
fn may_open_tickets(kind: DocumentKind) -> bool {
    let session = use_session();
    let has_login = !session.is_visitor() && !session.is_view_as();
    kind == DocumentKind::Ticket && has_login && session.may_in_portal(Permission::TicketsCreate)
}

/// Whether the reader may pay invoices.
fn may_pay() -> bool {
    let session = use_session();
    !session.is_view_as() && session.may_in_portal(Permission::InvoicesPay)
}

fn table(request: &DocumentRequest, list: &DocumentList) -> AnyView {
    let kind = request.kind;
    let has_ticks = has_papers(kind);
    let columns = columns(kind, has_ticks);
    let width = u32::try_from(columns.len()).unwrap_or(1);
    let begins = |at: usize| list.groups.iter().find(|group| group.at == at);
    let rows = list
        .page
        .items
        .iter()
        .enumerate()
        .map(|(at, document)| {
            let heading = begins(at).map(|group| heading(group, width));
            view! {
                {heading}
                {row(document, &request.filter, has_ticks)}
            }
        })
        .collect_view();
    view! { <Table label=kind.label() columns=columns class="doc-list">{rows}</Table> }.into_any()
}

/// What the rows below have in common.
fn heading(group: &ListGroup, width: u32) -> impl IntoView + use<> {
    let label = group.label.clone();
    view! {
        <tr role="row" class="group-row">
            <th role="rowheader" scope="colgroup" colspan=width>
                {label}
            </th>
        </tr>
    }
}

/// Nothing on this page: there is nothing at all, nothing that the filter leaves, or a kept address leads past the end.
fn empty(request: &DocumentRequest, count: i64) -> AnyView {
    let kind = request.kind;
    let is_filtered = request.filter.is_narrow();
    let everything = DocumentFilter { order: request.filter.order, ..DocumentFilter::default() };
    let (title, text, way) = if count > 0 && is_filtered {
        let text = "Look for something else, or change the filter.";
        ("Nothing matches", text, Some(("Show all", address(kind, &everything))))
    } else if request.page != PageRequest::default() {
        let text = "The list has changed since this address was made.";
        ("Nothing on this page", text, Some(("First page", address(kind, &request.filter))))
    } else {
        let (title, text) = when_empty(kind);
        (title, text, None)
    };
    let way = way.map(|(label, href)| view! { <ButtonLink href=href>{label}</ButtonLink> });
    view! {
        <div class="card">
            <EmptyState title=title text=text glyph=glyph(kind)>
                {way}
            </EmptyState>
        </div>
    }
    .into_any()
}
