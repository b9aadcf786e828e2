use domain::articles::{ArticleRow, Documentation};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{MINE, api::list_documentation};
use crate::{
    layout::ErrorPage,
    ui::{ButtonLink, Crumb, EmptyState, FilterBar, Glyph, PageHeader, SearchBox, Skeleton},
};

const TITLE: &str = "Documentation";

/// `/my/documentation`: what there is to read, category by category.
#[component]
pub fn DocumentationPage() -> impl IntoView {
    let query = use_query_map();
    let search = move || query.with(|query| query.get("q")).unwrap_or_default();
    let articles = Resource::new(search, |search| async move {
        list_documentation(search.clone()).await.map(|found| (search, found))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match articles.await {
                    Ok((search, found)) => list(search, found),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn list(search: String, Documentation { categories, has_more }: Documentation) -> AnyView {
    let is_searched = !search.trim().is_empty();
    let content = match (categories.is_empty(), is_searched) {
        (false, _) => {
            (0..).zip(categories).map(|(number, named)| category(number, named)).collect_view().into_any()
        }
        (true, true) => view! {
            <div class="card">
                <EmptyState title="Nothing matches" text="Search for fewer words." glyph=Glyph::Search>
                    <ButtonLink href=MINE>"Everything there is to read"</ButtonLink>
                </EmptyState>
            </div>
        }
        .into_any(),
        (true, false) => view! {
            <div class="card">
                <EmptyState
                    title="Nothing to read yet"
                    text="Guides and answers appear here once they are written."
                    glyph=Glyph::Book
                />
            </div>
        }
        .into_any(),
    };
    view! {
        <Title text=TITLE />
        <div class="page">
            <PageHeader
                title=TITLE
                subtitle="Guides, and answers to what is often asked."
                crumbs=vec![Crumb::link("Overview", "/my")]
            />
            <FilterBar>
                <SearchBox label="Search documentation" action=MINE value=search />
            </FilterBar>
            {content}
            {has_more.then(|| view! { <p class="hint">"There is more: search for what you need."</p> })}
        </div>
    }
    .into_any()
}

fn category(number: usize, (name, articles): (String, Vec<ArticleRow>)) -> impl IntoView {
    let id = format!("category-{number}");
    let heading = id.clone();
    let rows = articles
        .into_iter()
        .map(|ArticleRow { id, title, summary }| {
            view! {
                <li>
                    <a href=format!("{MINE}/{id}")>{title}</a>
                    {(!summary.is_empty()).then(|| view! { <span class="sub">{summary}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel flush" aria-labelledby=id>
            <header class="panel-head">
                <h2 id=heading>{name}</h2>
            </header>
            <div class="panel-body">
                <ul class="article-list">{rows}</ul>
            </div>
        </section>
    }
}
