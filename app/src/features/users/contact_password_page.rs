use domain::{
    FieldErrors,
    ids::ContactId,
    users::{ContactLogin, ContactLogins, UserStatus},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{api::list_contact_logins, notice::Notice, password_form::PasswordForm, password_link::address};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Button, ButtonKind, Crumb, EmptyState, PageHeader, Panel, Skeleton},
};

/// `/staff/contacts/{id}/password`: helping a contact's portal users to a new password.
#[component]
pub fn ContactPasswordPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|id| id.parse::<ContactId>().ok())
    });
    let logins = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => list_contact_logins(id).await.map(|logins| (id, logins)),
                None => Err(PortalError::NotFound),
            }
        },
    );
    let reply = use_form_reply().unwrap_or_default();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=6 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match logins.await {
                        Ok((id, logins)) => show(id, logins, &reply).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(contact: ContactId, logins: ContactLogins, reply: &FormReply) -> impl IntoView + use<> {
    let back = format!("/staff/contacts/{contact}");
    let crumbs = vec![Crumb::link(logins.name.clone(), back), Crumb::text("Password")];
    let is_one = logins.logins.len() == 1;
    let panels =
        logins.logins.into_iter().map(|login| panel(contact, login, is_one, reply)).collect::<Vec<_>>();
    let content = if panels.is_empty() {
        view! {
            <div class="card">
                <EmptyState title="Has no portal access" text="Grant it on the contact's page first." />
            </div>
        }
        .into_any()
    } else {
        panels.into_any()
    };
    view! {
        <Title text="Password Reset" />
        <div class="page narrow">
            <PageHeader title="Password Reset" crumbs=crumbs />
            <Notice reply=reply.clone() />
            {content}
        </div>
    }
}

fn panel(contact: ContactId, login: ContactLogin, is_one: bool, reply: &FormReply) -> AnyView {
    let ContactLogin { user, login, is_email, status, two_factor } = login;
    let reset = two_factor.then(|| two_factor_form(contact, &user.to_string(), label_of(&login, is_one)));
    let label = label_of(&login, is_one);
    let content = if status == UserStatus::Disabled {
        view! { <p class="hint">"The login is disabled: an administrator can enable it."</p> }.into_any()
    } else if is_email {
        let name = match &label {
            Some(label) => format!("Send password reset to {label}"),
            None => "Send password reset".to_owned(),
        };
        view! {
            <p>
                {format!(
                    "Mails a link to {login} that sets a new password once, within 30 minutes. The present one works until then.",
                )}
            </p>
            <form method="post" action=address(contact)>
                <input type="hidden" name="user" value=user.to_string() />
                <Button kind=ButtonKind::Primary submit=true name="do" value="reset">
                    {name}
                </Button>
            </form>
        }
            .into_any()
    } else {
        let is_about = reply.value("user") == user.to_string();
        let errors = if is_about { reply.errors.clone() } else { FieldErrors::default() };
        view! {
            <p>
                "This login is no email address, so that no link can be mailed. Set a password by hand and tell it to \
                 its owner; they are logged out everywhere."
            </p>
            <PasswordForm action=address(contact) user=user.to_string() label=label errors=errors />
        }
            .into_any()
    };
    view! {
        <Panel title=login id=format!("login-{user}")>
            <div class="stack">{content} {reset}</div>
        </Panel>
    }
    .into_any()
}

/// What tells the buttons of several logins apart.
fn label_of(login: &str, is_one: bool) -> Option<String> {
    (!is_one).then(|| login.to_owned())
}

/// For whoever has lost telephone and recovery codes.
fn two_factor_form(contact: ContactId, user: &str, label: Option<String>) -> impl IntoView + use<> {
    let name = match label {
        Some(label) => format!("Two-factor reset of {label}"),
        None => "Two-factor reset".to_owned(),
    };
    let user = user.to_owned();
    view! {
        <p>
            "Two-factor authentication is on. Reset it for somebody who has lost telephone and recovery codes, once you \
             are sure whom you speak to: the password is enough then."
        </p>
        <form method="post" action=address(contact)>
            <input type="hidden" name="user" value=user />
            <Button submit=true name="do" value="reset-two-factor">
                {name}
            </Button>
        </form>
    }
}
