use leptos::prelude::*;
use leptos_meta::Title;

use super::{LIST, may_manage, notice::Notice, show_side::role_field};
use crate::{
    PortalError,
    form::use_form_reply,
    layout::ErrorPage,
    session::use_session,
    ui::{Button, ButtonKind, ButtonLink, Crumb, Field, PageHeader},
};

/// `/staff/settings/users/new`.
#[component]
pub fn StaffUserNewPage() -> impl IntoView {
    if !use_session().me.as_ref().is_some_and(may_manage) {
        return view! { <ErrorPage error=PortalError::NotFound /> }.into_any();
    }
    let reply = use_form_reply().unwrap_or_default();
    let role =
        Some(reply.value("role")).filter(|role| !role.is_empty()).unwrap_or_else(|| "staff".to_owned());
    view! {
        <Title text="New staff user" />
        <div class="page narrow">
            <PageHeader
                title="New staff user"
                subtitle="Gets a mail with a link to choose a password. Customers get access on their contact's page."
                crumbs=vec![Crumb::link("All users", LIST), Crumb::text("New")]
            />
            <Notice reply=reply.clone() />
            <form method="post" action=format!("{LIST}/new") class="form">
                <Field
                    label="Name"
                    name="name"
                    value=reply.value("name")
                    required=true
                    autocomplete="off"
                    error=reply.error("name")
                />
                <Field
                    label="Email"
                    name="email"
                    kind="email"
                    value=reply.value("email")
                    required=true
                    autocomplete="off"
                    hint="They log in with it."
                    error=reply.error("email")
                />
                {role_field(role, &reply.errors)}
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        "Send invitation"
                    </Button>
                    <ButtonLink href=LIST>"Discard"</ButtonLink>
                </div>
            </form>
        </div>
    }
    .into_any()
}
