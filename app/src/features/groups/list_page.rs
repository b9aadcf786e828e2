use domain::access::GroupRow;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{LIST, api::list_groups, effects::people_words};
use crate::{
    layout::ErrorPage,
    ui::{
        Alert, Badge, ButtonKind, ButtonLink, Cell, CellKind, Column, PageHeader, Row, Skeleton, Table, Tone,
    },
};

/// `/staff/settings/groups`: every permission group.
#[component]
pub fn GroupListPage() -> impl IntoView {
    let query = use_query_map();
    let groups = Resource::new(|| (), |()| list_groups());
    view! {
        <div class="page">
            <Transition fallback=|| view! { <Skeleton rows=true lines=6 /> }>
                {move || Suspend::new(async move {
                    match groups.await {
                        Ok(groups) => {
                            view! {
                                <Title text="Permission groups" />
                                <PageHeader
                                    title="Permission groups"
                                    subtitle="What your customers may see and do. Each portal user has one group for each company."
                                >
                                    <ButtonLink href=format!("{LIST}/new") kind=ButtonKind::Primary>
                                        "New group"
                                    </ButtonLink>
                                </PageHeader>
                                {move || query.with(notice)}
                                {table(groups)}
                            }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn notice(query: &ParamsMap) -> Option<AnyView> {
    let title = match query.get_str("done")? {
        "created" => "The group was made.",
        "saved" => "The group is saved. It acts at the next click of everybody who has it.",
        "deleted" => "The group was deleted.",
        _ => return None,
    };
    Some(view! { <Alert tone=Tone::Good title=title /> }.into_any())
}

fn table(groups: Vec<GroupRow>) -> impl IntoView {
    let columns = vec![Column::new("Group"), Column::new("Who has it"), Column::new("Marks")];
    let rows = groups.into_iter().map(row).collect_view();
    view! { <Table label="Permission groups" columns=columns>{rows}</Table> }
}

fn row(group: GroupRow) -> impl IntoView {
    let who = if group.is_for_visitors {
        "Visitors with a secure link".to_owned()
    } else {
        people_words(group.people)
    };
    let is_marked = group.is_default || group.is_for_visitors || group.require_two_factor;
    let marks = is_marked.then(|| {
        view! {
            <span class="contact-tags">
                {group.is_default.then(|| view! { <Badge tone=Tone::Good text="Default" /> })}
                {group.is_for_visitors.then(|| view! { <Badge tone=Tone::Info text="Secure link" /> })}
                {group.require_two_factor.then(|| view! { <Badge tone=Tone::Warn text="Two-factor required" /> })}
            </span>
        }
    });
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <a href=format!("{LIST}/{}", group.id)>{group.name}</a>
                <span class="sub">{group.description}</span>
            </Cell>
            <Cell label="Who has it">{who}</Cell>
            <Cell>{marks}</Cell>
        </Row>
    }
}
