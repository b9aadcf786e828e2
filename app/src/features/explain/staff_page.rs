use domain::ids::ContactId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::explain_access,
    explained::{explained, question},
};
use crate::{
    PortalError,
    layout::ErrorPage,
    ui::{Crumb, PageHeader, Skeleton},
};

/// `/staff/contacts/{id}/access`: who of a customer may see what, and why.
#[component]
pub fn ContactAccessPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let id = params.with(|params| params.get("id")).and_then(|id| id.parse::<ContactId>().ok());
        (id, query.with(question))
    };
    let page = Resource::new(asked, |(id, question)| async move {
        match id {
            Some(id) => explain_access(id, question).await.map(|page| (id, page)),
            None => Err(PortalError::NotFound),
        }
    });
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok((id, page)) => {
                        let contact = format!("/staff/contacts/{id}");
                        let crumbs = vec![
                            Crumb::link("Contacts overview", "/staff/contacts"),
                            Crumb::link(page.name.clone(), contact.clone()),
                            Crumb::text("Access explained"),
                        ];
                        view! {
                            <Title text="Access explained" />
                            <div class="page narrow">
                                <PageHeader
                                    title="Access explained"
                                    subtitle="What the portal itself answers, and what it asks on the way."
                                    crumbs=crumbs
                                />
                                {explained(&format!("{contact}/access"), page)}
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
