use domain::{access::GroupPage, ids::GroupId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    LIST,
    api::get_group,
    effects::{effects_view, people_words},
    reply::{Reply, use_reply},
};
use crate::{
    PortalError,
    layout::ErrorPage,
    ui::{Alert, Button, ButtonKind, ButtonLink, Crumb, PageHeader, SelectField, Skeleton, Tone},
};

/// `/staff/settings/groups/{id}/delete`: where the people of a group move before it is deleted.
#[component]
pub fn GroupDeletePage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<GroupId>().ok()));
    let reply = use_reply();
    let loaded = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => get_group(id).await,
                None => Err(PortalError::NotFound),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton lines=4 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match loaded.await {
                        Ok(page) => delete_view(page, reply).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn delete_view(page: GroupPage, reply: Reply) -> impl IntoView {
    let Reply { form: reply, effects } = reply;
    let (id, name) = (page.id, page.form.name);
    let title = format!("Delete “{name}”");
    let problem =
        reply.as_ref().and_then(|reply| reply.problem.clone()).filter(|_| page.kept_because.is_none());
    let moving = (page.people > 0).then(|| {
        let none = (String::new(), "Choose a group".to_owned());
        let others = page.others.iter().map(|(id, name)| (id.to_string(), name.clone()));
        let people = people_words(page.people);
        let verbs = if page.people == 1 { ("has", "gets") } else { ("have", "get") };
        view! {
            <SelectField
                label=format!("Move {people} to")
                name="move_to"
                options=std::iter::once(none).chain(others).collect()
                value=reply.as_ref().map(|reply| reply.value("move_to")).unwrap_or_default()
                required=true
                hint=format!("{people} {} this group now, and {} the other one in the same moment.", verbs.0, verbs.1)
                error=reply.as_ref().and_then(|reply| reply.error("move_to"))
            />
        }
    });
    let is_confirming = effects.is_some();
    let text = if is_confirming { "Confirm and delete" } else { "Delete group" };
    let form = view! {
        <form method="post" action=format!("{LIST}/{id}/delete") class="form">
            {effects.as_ref().map(effects_view)}
            {moving}
            {(page.people == 0).then(|| view! { <p>"Nobody has this group. It cannot be brought back."</p> })}
            <div class="actions">
                <Button kind=ButtonKind::Danger submit=true>
                    {text}
                </Button>
                <ButtonLink href=format!("{LIST}/{id}")>"Keep it"</ButtonLink>
            </div>
        </form>
    };
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
            <PageHeader
                title=title
                crumbs=vec![Crumb::link("All groups", LIST), Crumb::link(name, format!("{LIST}/{id}"))]
            />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {match page.kept_because {
                Some(reason) => view! { <Alert tone=Tone::Info title="This group stays.">{reason}</Alert> }.into_any(),
                None => form.into_any(),
            }}
        </div>
    }
}
