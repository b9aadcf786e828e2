use domain::{
    access::{GroupForm, GroupPage, Permission},
    ids::GroupId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    LIST,
    api::get_group,
    conflict::differences,
    effects::{effects_view, people_words},
    matrix::matrix,
    reply::{Reply, use_reply},
};
use crate::{
    PortalError,
    form::FormReply,
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, CheckboxField, Conflict, Crumb, Field, PageHeader, Skeleton,
        Tone,
    },
};

/// What the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    New,
    CopyOf(GroupId),
    Group(GroupId),
    Nothing,
}

/// `/staff/settings/groups/new`, also with `?from=` the key of a group to copy, and `/staff/settings/groups/{id}`.
#[component]
pub fn GroupFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let subject = Memo::new(move |_| {
        let key = |text: Option<String>, make: fn(GroupId) -> Subject| {
            text.map(|text| text.parse().map_or(Subject::Nothing, make))
        };
        key(params.with(|params| params.get("id")), Subject::Group)
            .or_else(|| key(query.with(|query| query.get("from")), Subject::CopyOf))
            .unwrap_or(Subject::New)
    });
    let reply = use_reply();
    let loaded = Resource::new(move || subject.get(), load);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match loaded.await {
                        Ok((form, page)) => form_view(form, page, reply).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// What the form begins with, and the group's page where there is one.
async fn load(subject: Subject) -> Result<(GroupForm, Option<GroupPage>), PortalError> {
    match subject {
        // Asking for the list tells whoever may not that there is no such page.
        Subject::New => super::api::list_groups().await.map(|_| (GroupForm::default(), None)),
        Subject::CopyOf(id) => {
            let GroupForm { name, description, require_two_factor, permissions, .. } =
                get_group(id).await?.form;
            let name = format!("Copy of {name}");
            let copied_from = Some(id);
            let copy = GroupForm {
                name,
                description,
                require_two_factor,
                permissions,
                copied_from,
                ..GroupForm::default()
            };
            Ok((copy, None))
        }
        Subject::Group(id) => get_group(id).await.map(|page| (page.form.clone(), Some(page))),
        Subject::Nothing => Err(PortalError::NotFound),
    }
}

fn form_view(saved: GroupForm, page: Option<GroupPage>, reply: Reply) -> impl IntoView {
    let Reply { form: reply, effects } = reply;
    let is_stale = reply.as_ref().is_some_and(|reply| reply.is_stale);
    let mut shown = reply.as_ref().map_or_else(|| saved.clone(), |reply| GroupForm::read(&reply.values));
    let conflict = is_stale.then(|| view! { <Conflict differences=differences(&saved, &shown) /> });
    if is_stale {
        shown.version = saved.version;
    }
    let problem = reply.as_ref().and_then(problem_view);
    let is_for_visitors = page.as_ref().is_some_and(|page| page.is_for_visitors);
    let title = if page.is_some() { saved.name.clone() } else { "New permission group".to_owned() };
    let nobody = || "Nobody has it until it is given to somebody.".to_owned();
    let subtitle = page.as_ref().map_or_else(nobody, who_has_it);
    let action = page.as_ref().map_or_else(|| format!("{LIST}/new"), |page| format!("{LIST}/{}", page.id));
    let error = |name: &str| reply.as_ref().and_then(|reply| reply.error(name));
    let text = if effects.is_some() { "Confirm and save" } else { "Save" };
    view! {
        <Title text=if effects.is_some() { format!("Confirm changes to {title}") } else { title.clone() } />
        <div class="page group-page">
            <PageHeader title=title subtitle=subtitle crumbs=vec![Crumb::link("All groups", LIST)]>
                {page.as_ref().map(actions)}
            </PageHeader>
            {problem}
            {conflict}
            <form method="post" action=action class="form">
                {effects.as_ref().map(effects_view)}
                <input type="hidden" name="version" value=shown.version.to_string() />
                <input
                    type="hidden"
                    name="copied_from"
                    value=shown.copied_from.map(|id| id.to_string()).unwrap_or_default()
                />
                <div class="field-grid">
                    <Field
                        label="Name"
                        name="name"
                        value=shown.name.clone()
                        required=true
                        autocomplete="off"
                        error=error("name")
                    />
                    <Field
                        label="Description"
                        name="description"
                        value=shown.description.clone()
                        autocomplete="off"
                        hint="What it is for, in a sentence."
                        error=error("description")
                    />
                </div>
                {(!is_for_visitors)
                    .then(|| {
                        view! {
                            <CheckboxField
                                label="Require two-factor"
                                name="require_two_factor"
                                checked=shown.require_two_factor
                                hint="Everybody in this group sets up a second factor at the next sign-in."
                                error=error("require_two_factor")
                            />
                            {default_field(&saved, &shown, error("is_default"))}
                        }
                    })}
                {matrix(&shown, is_for_visitors, reply.as_ref())}
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        {text}
                    </Button>
                    <ButtonLink href=LIST>"Discard"</ButtonLink>
                </div>
            </form>
        </div>
    }
}

/// What is wrong, also of fields that are far down the page.
fn problem_view(reply: &FormReply) -> Option<AnyView> {
    if let Some(problem) = reply.problem.clone() {
        return Some(view! { <Alert tone=Tone::Bad title=problem /> }.into_any());
    }
    if reply.errors.is_empty() {
        return None;
    }
    let title = PortalError::Invalid(reply.errors.clone()).to_string();
    let lines = reply
        .errors
        .iter()
        .map(|(field, text)| {
            let line = format!("{}: {text}", label_of(field));
            view! { <li>{line}</li> }
        })
        .collect_view();
    let alert = view! {
        <Alert tone=Tone::Bad title=title>
            <ul>{lines}</ul>
        </Alert>
    };
    Some(alert.into_any())
}

fn label_of(field: &str) -> &'static str {
    let permission = field.split_once('.').and_then(|(area, action)| Permission::parse(area, action));
    match (permission, field) {
        (Some(permission), _) => permission.label(),
        (None, "description") => "Description",
        (None, "is_default") => "Default for new portal users",
        (None, "require_two_factor") => "Require two-factor",
        (None, _) => "Name",
    }
}

/// One group is always the default: the one that is cannot be unticked, another one is ticked instead.
fn default_field(saved: &GroupForm, shown: &GroupForm, error: Option<String>) -> impl IntoView + use<> {
    let is_default = saved.is_default;
    let hint = if is_default {
        "To change it, make another group the default."
    } else {
        "Contacts who are granted access get this group. Whoever has another one keeps it."
    };
    view! {
        <CheckboxField
            label="Default for new portal users"
            name="is_default"
            checked=is_default || shown.is_default
            disabled=is_default
            hint=hint
            error=error
        />
        {is_default.then(|| view! { <input type="hidden" name="is_default" value="true" /> })}
    }
}

fn who_has_it(page: &GroupPage) -> String {
    if page.is_for_visitors {
        "What a customer’s secure link opens while nobody of the customer has portal access, for whoever opens it."
            .to_owned()
    } else {
        format!("{} in this group.", people_words(page.people))
    }
}

fn actions(page: &GroupPage) -> impl IntoView + use<> {
    let id = page.id;
    view! {
        <ButtonLink href=format!("{LIST}/new?from={id}")>"Duplicate"</ButtonLink>
        {page
            .kept_because
            .is_none()
            .then(|| view! { <ButtonLink href=format!("{LIST}/{id}/delete")>"Delete"</ButtonLink> })}
    }
}
