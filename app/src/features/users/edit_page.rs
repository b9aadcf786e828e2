use domain::{
    ids::UserId,
    users::{UserForm, UserPage},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{LIST, notice::Notice, show_page::load};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Alert, Button, ButtonKind, ButtonLink, CheckboxField, Crumb, Field, PageHeader, Skeleton, Tone},
};

/// `/staff/settings/users/{id}/edit`.
#[component]
pub fn UserEditPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<UserId>().ok()));
    let user = Resource::new(move || id.get(), load);
    let reply = use_form_reply();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=6 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match user.await {
                        Ok(page) => edit(&page, reply).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn edit(page: &UserPage, reply: Option<FormReply>) -> impl IntoView + use<> {
    let saved = UserForm::of(&page.name, &page.login, page.require_two_factor);
    let is_stale = reply.as_ref().is_some_and(|reply| reply.is_stale);
    let typed = reply.as_ref().filter(|reply| !reply.values.is_empty()).map(|reply| UserForm {
        name: reply.value("name"),
        login: reply.value("login"),
        require_two_factor: reply.value("require_two_factor") == "true",
        ..saved.clone()
    });
    let form = typed.unwrap_or_else(|| saved.clone());
    let reply = reply.unwrap_or_default();
    let address = format!("{LIST}/{}", page.id);
    let action = format!("{address}/edit");
    let title = page.name.clone();
    let two_factor = if saved.require_two_factor { "required" } else { "not required" };
    let stale = is_stale.then(|| {
        view! {
            <Alert tone=Tone::Bad title="Somebody else changed this user meanwhile.">
                {format!(
                    "Nothing of yours was saved yet. Saved now: name {}, login {}, two-factor {two_factor}. Change the \
                     fields below to what they should be and save again, or discard to keep what is saved now.",
                    saved.name,
                    saved.login,
                )}
            </Alert>
        }
    });
    let crumbs = vec![
        Crumb::link("All users", LIST),
        Crumb::link(title.clone(), address.clone()),
        Crumb::text("Edit"),
    ];
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
            <PageHeader title=title crumbs=crumbs />
            <Notice reply=reply.clone() />
            {stale}
            <form method="post" action=action class="form">
                <input type="hidden" name="seen_name" value=saved.name.clone() />
                <input type="hidden" name="seen_login" value=saved.login.clone() />
                <input type="hidden" name="seen_two_factor" value=saved.require_two_factor.to_string() />
                <Field
                    label="Name"
                    name="name"
                    value=form.name
                    required=true
                    autocomplete="off"
                    error=reply.error("name")
                />
                <Field
                    label="Email Address"
                    name="login"
                    value=form.login
                    required=true
                    autocomplete="off"
                    inputmode="email"
                    hint="Used to log in, and nothing else: the email address of the contact stays as it is. A name \
                          without @ works too, but then no password reset can be mailed. Both the old and the new \
                          address are told."
                    error=reply.error("login")
                />
                <CheckboxField
                    label="Require two-factor"
                    name="require_two_factor"
                    checked=form.require_two_factor
                    hint="Asks to set two-factor authentication up at the next sign-in, before anything else opens."
                />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        "Save"
                    </Button>
                    <ButtonLink href=address>"Discard"</ButtonLink>
                </div>
            </form>
        </div>
    }
}
