use domain::{
    access::{GroupChoice, PortalUser},
    ids::ContactId,
};
use leptos::prelude::*;

use super::{
    api::list_group_choices,
    portal_user_fields::{group_field, two_factor_field},
};
use crate::{
    features::contacts::tone,
    form::{FormReply, use_form_reply},
    ui::{
        Alert, Badge, Button, ButtonKind, ButtonLink, CheckboxField, Definition, DefinitionList, Panel,
        Skeleton, Tone,
    },
};

/// The section *Portal access* of a person's page: *Enable Portal User*, or what there is of it.
#[component]
pub(crate) fn PersonAccessPanel(
    /// The person.
    contact: ContactId,
    /// Their email as recorded.
    email: String,
    /// Their portal user.
    user: Option<PortalUser>,
) -> impl IntoView {
    let content = match user {
        Some(user) => facts(contact, user).into_any(),
        None => enable(contact, email).into_any(),
    };
    view! { <Panel title="Portal access" id="portal-access">{content}</Panel> }.into_any()
}

fn facts(contact: ContactId, user: PortalUser) -> impl IntoView {
    let last = user.last_authenticated.map_or_else(|| "Never".to_owned(), |at| at.display());
    view! {
        <DefinitionList>
            <Definition term="Login">{user.login}</Definition>
            <Definition term="Permission group">{user.group_name}</Definition>
            <Definition term="State">
                <Badge tone=tone(user.state) text=user.state.label() />
            </Definition>
            <Definition term="Latest authentication">{last}</Definition>
        </DefinitionList>
        <ButtonLink href=format!("/staff/contacts/{contact}/portal-user")>"Manage portal user"</ButtonLink>
    }
}

fn enable(contact: ContactId, email: String) -> impl IntoView {
    let groups = Resource::new(|| (), |()| list_group_choices());
    let reply = use_form_reply();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=3 /> }>
            {move || {
                let (reply, email) = (reply.clone(), email.clone());
                Suspend::new(async move {
                    let groups = groups.await.unwrap_or_default();
                    form(contact, &email, &groups, reply.as_ref())
                })
            }}
        </Transition>
    }
}

fn form(
    contact: ContactId,
    email: &str,
    groups: &[GroupChoice],
    reply: Option<&FormReply>,
) -> impl IntoView + use<> {
    let hint = if email.is_empty() {
        "No email is recorded: a login and a password are set by hand in the next step.".to_owned()
    } else {
        format!("Saving sends an invitation to {email}.")
    };
    let problem = reply.and_then(|reply| {
        let texts = ["login", "contact", "message"].into_iter().find_map(|field| reply.error(field));
        texts.or_else(|| reply.problem.clone())
    });
    view! {
        {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
        <form class="form" method="post" action=format!("/staff/contacts/{contact}")>
            <CheckboxField
                label="Enable Portal User"
                name="enable"
                required=true
                checked=reply.is_some()
                hint=hint
            />
            {group_field(reply, groups, None, groups.first().map(|group| group.id.to_string()).unwrap_or_default())}
            {two_factor_field(reply, false)}
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true name="what" value="enable">
                    "Save"
                </Button>
            </div>
        </form>
    }
}
