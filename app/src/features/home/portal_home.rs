use domain::documents::Home;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    kind_tiles::KindTiles,
    open_invoices::OpenInvoices,
    person::{AccountSecurity, PersonDetails},
    todo_list::TodoList,
};
use crate::{
    features::documents::api::get_home,
    layout::ErrorPage,
    ui::{Alert, EmptyState, Glyph, PageHeader, Skeleton, Tone},
};

/// `/my`: what needs doing, what there is, and whose account it is.
#[component]
pub fn HomePage() -> impl IntoView {
    let done = use_query_map().with_untracked(|query| match query.get("done").as_deref() {
        Some("details") => Some("Your details are saved."),
        Some("details-email") => Some(
            "Your details are saved. The new email address is used once you have opened the link that we sent there.",
        ),
        _ => None,
    });
    let home = Resource::new(|| (), |()| get_home());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || Suspend::new(async move {
                match home.await {
                    Ok(home) => show(home, done),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(home: Home, done: Option<&'static str>) -> AnyView {
    let Home { tiles, attention, more_attention, open, details } = home;
    let company = details.company.clone().map(|company| format!("Everything that we share with {company}."));
    let has_any = !tiles.is_empty();
    let kinds = tiles.iter().map(|tile| tile.kind).collect();
    view! {
        <Title text="Home" />
        <div class="page">
            <PageHeader title=format!("Welcome, {}", details.name) nostrip:subtitle=company />
            {done.map(|done| view! { <Alert tone=Tone::Good title=done /> })}
            <div class="columns">
                <div>
                    <TodoList items=attention more=more_attention kinds=kinds />
                    <OpenInvoices open=open />
                    {if has_any {
                        view! { <KindTiles tiles=tiles /> }.into_any()
                    } else {
                        view! {
                            <div class="card">
                                <EmptyState
                                    title="Nothing is shared with you yet"
                                    text="If you expect to see documents here, ask us for access to them."
                                    glyph=Glyph::Lock
                                />
                            </div>
                        }
                            .into_any()
                    }}
                </div>
                <aside>
                    <PersonDetails details=details />
                    <AccountSecurity />
                </aside>
            </div>
        </div>
    }
    .into_any()
}
