use domain::{articles::Article, ids::ArticleId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{MINE, api::get_article};
use crate::{
    PortalError,
    layout::ErrorPage,
    ui::{Crumb, PageHeader, Skeleton},
};

/// `/my/documentation/{id}`: an article to read.
#[component]
pub fn ArticlePage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get_str("id")?.parse::<ArticleId>().ok());
    let article = Resource::new(id, |id| async move { get_article(id.ok_or(PortalError::NotFound)?).await });
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10 /> }>
            {move || Suspend::new(async move {
                match article.await {
                    Ok(article) => show(article),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(article: Article) -> AnyView {
    let Article { title, category, summary, html, updated } = article;
    let subtitle = (!summary.is_empty()).then_some(summary);
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
            <PageHeader
                title=title
                nostrip:subtitle=subtitle
                crumbs=vec![
                    Crumb::link("Overview", "/my"),
                    Crumb::link("All articles", MINE),
                    Crumb::text(category),
                ]
            />
            // The use case made it from Markdown and cleaned it.
            <article class="card article" inner_html=html></article>
            <p class="hint">"Last changed on " {updated}</p>
        </div>
    }
    .into_any()
}
