use domain::{
    documents::{DocumentFilter, DocumentRow, SearchGroup},
    instant::display_date,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    api::search_all, figures::signed, href, kind_words::glyph, list_address::address, name_of,
    state_badge::StateBadge,
};
use crate::{
    layout::ErrorPage,
    ui::{Cell, CellKind, Column, Crumb, EmptyState, Glyph, Icon, Money, PageHeader, Row, Skeleton, Table},
};

/// `/my/search`: what the box in the header finds, kind by kind.
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let text = move || query.with(|query| query.get("q").unwrap_or_default().trim().to_owned());
    let found =
        Resource::new(text, |text| async move { search_all(text.clone()).await.map(|found| (text, found)) });
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match found.await {
                    Ok((text, found)) => show(&text, found),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(text: &str, found: Vec<SearchGroup>) -> AnyView {
    let subtitle = (!text.is_empty()).then(|| format!("Documents with “{text}”, the newest of each kind"));
    let content = if found.is_empty() {
        empty(text)
    } else {
        found.into_iter().map(|group| group_view(text, group)).collect_view().into_any()
    };
    view! {
        <Title text="Search results" />
        <div class="page">
            <PageHeader
                title="Search results"
                nostrip:subtitle=subtitle
                crumbs=vec![Crumb::link("Overview", "/my")]
            />
            {content}
        </div>
    }
    .into_any()
}

fn empty(text: &str) -> AnyView {
    let (title, hint) = if text.is_empty() {
        (
            "What are you looking for?",
            "Type a number, or words of a title, a reference or a line, into the box at the top.",
        )
    } else {
        ("Nothing found", "Try fewer or shorter words, or a part of the number.")
    };
    view! {
        <div class="card">
            <EmptyState title=title text=hint glyph=Glyph::Search />
        </div>
    }
    .into_any()
}

fn group_view(text: &str, SearchGroup { kind, rows, has_more }: SearchGroup) -> AnyView {
    let id = format!("found-{}", kind.plural());
    let columns =
        vec![Column::new("Document"), Column::new("Date"), Column::new("Status"), Column::end("Total")];
    let more = has_more.then(|| {
        let filter = DocumentFilter { search: text.to_owned(), ..DocumentFilter::default() };
        let label = format!("All found in {}", kind.label());
        view! { <p class="search-more"><a href=address(kind, &filter)>{label}</a></p> }
    });
    let rows = rows.iter().map(row).collect_view();
    let named_by = id.clone();
    view! {
        <section class="search-group" aria-labelledby=named_by>
            <h2 id=id>
                <Icon glyph=glyph(kind) />
                {kind.label()}
            </h2>
            <Table label=format!("Found in {}", kind.label()) columns=columns class="doc-list">
                {rows}
            </Table>
            {more}
        </section>
    }
    .into_any()
}

fn row(document: &DocumentRow) -> impl IntoView + use<> {
    let name = name_of(document);
    let title = document.title.trim();
    let title = (!title.is_empty() && title != name).then(|| title.to_owned());
    let sub = title.into_iter().chain(document.contact.clone()).collect::<Vec<_>>().join(" · ");
    let total = document.total.map(|total| signed(total, document.is_credit));
    let href = href(document.kind, document.id);
    let (date, badge) = (document.dated.map(display_date), document.clone());
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <a href=href>{name}</a>
                {(!sub.is_empty()).then(|| view! { <span class="sub">{sub}</span> })}
            </Cell>
            <Cell label="Date">{date}</Cell>
            <Cell class="state" label="Status">
                <StateBadge row=badge />
            </Cell>
            <Cell kind=CellKind::Figure label="Total">
                {total.map(|total| view! { <Money amount=total /> })}
            </Cell>
        </Row>
    }
}
