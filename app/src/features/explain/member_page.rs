use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    api::explain_member_access,
    explained::{explained, question},
};
use crate::{
    layout::ErrorPage,
    ui::{PageHeader, Skeleton},
};

/// `/my/members/access`: which colleague may see what, and why.
#[component]
pub fn MemberAccessPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new(move || query.with(question), explain_member_access);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        view! {
                            <Title text="Access explained" />
                            <div class="page narrow">
                                <PageHeader
                                    title="Access explained"
                                    subtitle="Who of your colleagues can see what, and why."
                                />
                                {explained("/my/members/access", page)}
                            </div>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}
