use domain::access::MembershipChoice;
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_companies;
use crate::{
    layout::ErrorPage,
    ui::{Button, ButtonLink, PageHeader, Skeleton},
};

/// `/my/companies`: for whom somebody with several companies is here now.
#[component]
pub fn CompaniesPage() -> impl IntoView {
    let companies = Resource::new(|| (), |()| list_companies());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=3 /> }>
            {move || Suspend::new(async move {
                match companies.await {
                    Ok(companies) => show(companies).into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(companies: Vec<MembershipChoice>) -> impl IntoView {
    let rows = companies.into_iter().map(row).collect_view();
    view! {
        <Title text="Your companies" />
        <div class="page narrow">
            <PageHeader title="Your companies" subtitle="Everything that you see is of one company at a time." />
            <ul class="choice-list">{rows}</ul>
        </div>
    }
}

fn row(choice: MembershipChoice) -> impl IntoView {
    let below = if choice.contact == choice.company {
        choice.group.clone()
    } else {
        format!("{} · {}", choice.contact, choice.group)
    };
    let way = if choice.is_active {
        view! { <ButtonLink href="/my">"Stay here"</ButtonLink> }.into_any()
    } else {
        let label = format!("Switch to {}", choice.company);
        view! {
            <form method="post" action="/my/companies">
                <Button submit=true name="membership" value=choice.membership.to_string() attr:aria-label=label>"Switch"</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="card">
            <span class="choice-what">
                <strong>{choice.company}</strong>
                <span class="sub">{below}</span>
            </span>
            {way}
        </li>
    }
}
