use domain::{
    Page, PageRequest,
    documents::{DocumentKind, DocumentRequest, DocumentRow},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::list_documents,
    columns::{columns, row},
    kind_words::{glyph, when_empty},
};
use crate::{
    PortalError,
    layout::ErrorPage,
    ui::{ButtonLink, Crumb, EmptyState, PageHeader, Pager, Skeleton, Table},
};

/// `/my/{kind}`: the documents of a kind, a page at a time.
#[component]
pub fn DocumentListPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let request = move || {
        let kind = params.with(|params| DocumentKind::from_plural(params.get_str("kind")?))?;
        let page = query.with(|query| PageRequest { after: query.get("after"), before: query.get("before") });
        Some(DocumentRequest { kind, page })
    };
    let documents = Resource::new(request, |request| async move {
        let request = request.ok_or(PortalError::NotFound)?;
        list_documents(request.clone()).await.map(|page| (request, page))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match documents.await {
                    Ok((request, page)) => list(&request, page),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn list(request: &DocumentRequest, page: Page<DocumentRow>) -> AnyView {
    let kind = request.kind;
    let turn = |way: &str, cursor: Option<String>| {
        cursor.map(|cursor| format!("/my/{}?{way}={cursor}", kind.plural()))
    };
    let (previous, next) = (turn("before", page.previous), turn("after", page.next));
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary="Newest first" /> });
    let content = if page.items.is_empty() {
        empty(kind, request.page == PageRequest::default())
    } else {
        let rows = page.items.iter().map(row).collect_view();
        view! { <Table label=kind.label() columns=columns(kind) class="doc-list">{rows}</Table> }.into_any()
    };
    view! {
        <Title text=kind.label() />
        <div class="page">
            <PageHeader title=kind.label() crumbs=vec![Crumb::link("Overview", "/my")] />
            {content}
            {pager}
        </div>
    }
    .into_any()
}

/// Nothing on this page: there is nothing at all, or a kept address leads past the end.
fn empty(kind: DocumentKind, is_first: bool) -> AnyView {
    let (title, text) = when_empty(kind);
    if is_first {
        return view! {
            <div class="card">
                <EmptyState title=title text=text glyph=glyph(kind) />
            </div>
        }
        .into_any();
    }
    let first = format!("/my/{}", kind.plural());
    view! {
        <div class="card">
            <EmptyState
                title="Nothing on this page"
                text="The list has changed since this address was made."
                glyph=glyph(kind)
            >
                <ButtonLink href=first>"First page"</ButtonLink>
            </EmptyState>
        </div>
    }
    .into_any()
}
