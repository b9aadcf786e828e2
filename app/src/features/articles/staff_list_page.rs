use domain::articles::{ArticleFilter, StaffArticleRow};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{LIST, api::list_articles};
use crate::{
    layout::ErrorPage,
    ui::{
        Alert, Badge, ButtonKind, ButtonLink, Cell, CellKind, Column, EmptyState, FilterBar, Glyph,
        PageHeader, Row, SearchBox, Skeleton, Table, Tone,
    },
};

/// `/staff/documentation`: every article.
#[component]
pub fn ArticleListPage() -> impl IntoView {
    let query = use_query_map();
    let filter = move || ArticleFilter { search: query.with(|query| query.get("q")).unwrap_or_default() };
    let articles = Resource::new(filter, |filter| async move {
        list_articles(filter.clone()).await.map(|found| (filter, found))
    });
    let is_deleted = query.with_untracked(|query| query.get("done")).as_deref() == Some("deleted");
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match articles.await {
                    Ok((filter, (rows, has_more))) => list(filter, rows, has_more, is_deleted),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn list(filter: ArticleFilter, rows: Vec<StaffArticleRow>, has_more: bool, is_deleted: bool) -> AnyView {
    let content = if rows.is_empty() {
        let (title, text) = if filter.search.trim().is_empty() {
            ("No articles yet", "Write down what customers ask again and again.")
        } else {
            ("Nothing matches", "Search for fewer words.")
        };
        view! {
            <div class="card">
                <EmptyState title=title text=text glyph=Glyph::Book />
            </div>
        }
        .into_any()
    } else {
        let columns = ["Article", "Category", "Who reads it", "Status", "Changed"].map(Column::new).into();
        let rows = rows.into_iter().map(row).collect_view();
        view! { <Table label="Articles" columns=columns>{rows}</Table> }.into_any()
    };
    view! {
        <Title text="Documentation" />
        <div class="page">
            <PageHeader title="Documentation" subtitle="Articles that your customers read in the portal.">
                <ButtonLink href=format!("{LIST}/new") kind=ButtonKind::Primary>
                    "New article"
                </ButtonLink>
            </PageHeader>
            {is_deleted.then(|| view! { <Alert tone=Tone::Good title="The article was deleted." /> })}
            <FilterBar>
                <SearchBox label="Search articles" action=LIST value=filter.search />
            </FilterBar>
            {content}
            {has_more.then(|| view! { <p class="hint">"There are more: search for what you need."</p> })}
        </div>
    }
    .into_any()
}

fn row(article: StaffArticleRow) -> impl IntoView {
    let (tone, text) =
        if article.published.is_some() { (Tone::Good, "Published") } else { (Tone::Neutral, "Draft") };
    let summary = article.summary;
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <a href=format!("{LIST}/{}", article.id)>{article.title}</a>
                {(!summary.is_empty()).then(|| view! { <span class="sub">{summary}</span> })}
            </Cell>
            <Cell label="Category">{article.category}</Cell>
            <Cell label="Who reads it">{article.readers}</Cell>
            <Cell class="state" label="Status">
                <Badge tone=tone text=text />
            </Cell>
            <Cell label="Changed">{article.updated}</Cell>
        </Row>
    }
}
