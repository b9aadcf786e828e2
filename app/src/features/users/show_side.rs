use domain::{
    FieldErrors,
    access::StaffRole,
    users::{UserKind, UserPage, UserStatus},
};
use leptos::prelude::*;

use super::{password_form::PasswordForm, show_page::small_form};
use crate::{
    form::FormReply,
    ui::{Button, Definition, DefinitionList, Panel, SelectField},
};

/// What is known of the login.
pub(super) fn login_panel(page: &UserPage) -> impl IntoView + use<> {
    let yes = |is: bool, yes: &'static str, no: &'static str| if is { yes } else { no };
    let last = page.last_authenticated.map_or_else(|| "Never".to_owned(), |last| last.display());
    let two_factor =
        format!("{}{}", yes(page.two_factor, "On", "Off"), yes(page.require_two_factor, ", required", ""));
    let password = yes(page.has_password, "Set", "None yet");
    let (login, kind, created) = (page.login.clone(), page.kind.label(), page.created.display());
    view! {
        <Panel title="Login" id="login">
            <DefinitionList>
                <Definition term="Logs in with">{login}</Definition>
                <Definition term="System group">{kind}</Definition>
                <Definition term="Two-factor">{two_factor}</Definition>
                <Definition term="Password">{password}</Definition>
                <Definition term="Latest authentication">{last}</Definition>
                <Definition term="Created">{created}</Definition>
            </DefinitionList>
        </Panel>
    }
}

/// Taking the second factor off somebody who has lost it.
pub(super) fn two_factor_panel(page: &UserPage, address: &str) -> Option<AnyView> {
    if !page.two_factor || page.is_self {
        return None;
    }
    let form = small_form(address, "reset-two-factor", "Two-factor reset", "Two-factor reset".to_owned());
    Some(
        view! {
            <Panel title="Lost telephone" id="two-factor-help">
                <div class="stack">
                    <p class="hint">
                        "Switches two-factor authentication off, with its recovery codes and trusted devices, and logs \
                         the user out everywhere. Be sure whom you speak to: the password is enough then."
                    </p>
                    {form}
                </div>
            </Panel>
        }
        .into_any(),
    )
}

/// Helping somebody to a new password, by mail or by hand.
pub(super) fn password_panel(page: &UserPage, address: &str, reply: &FormReply) -> impl IntoView + use<> {
    let is_new_staff = !page.has_password && page.kind != UserKind::Portal;
    let content = if page.status == UserStatus::Disabled {
        view! { <p class="hint">"The login is disabled: enable it before it gets a new password."</p> }
            .into_any()
    } else if !page.is_email {
        view! {
            <p class="hint">
                "This login is no email address, so that no link can be mailed. Set a password by hand and tell it to \
                 its owner; they are logged out everywhere."
            </p>
            <PasswordForm action=address.to_owned() errors=reply.errors.clone() />
        }
            .into_any()
    } else if is_new_staff {
        view! {
            <p class="hint">"Has not activated the account yet. A new invitation replaces the earlier one."</p>
            {small_form(address, "reset", "Send invitation again", "Send invitation again".to_owned())}
        }
            .into_any()
    } else {
        view! {
            <p class="hint">
                {format!(
                    "Mails a link to {} that sets a new password once, within 30 minutes. The present one works until then.",
                    page.login,
                )}
            </p>
            {small_form(address, "reset", "Send password reset", "Send password reset".to_owned())}
        }
            .into_any()
    };
    view! {
        <Panel title="New password" id="password-help">
            <div class="stack">{content}</div>
        </Panel>
    }
}

/// The role of a staff user; nobody changes their own.
pub(super) fn role_panel(page: &UserPage, address: &str) -> Option<AnyView> {
    let UserKind::Staff(role) = page.kind else { return None };
    if page.is_self {
        return Some(
            view! {
                <Panel title="Role" id="role-title">
                    <p class="hint">"Another administrator can change your role or disable your login."</p>
                </Panel>
            }
            .into_any(),
        );
    }
    let address = address.to_owned();
    Some(
        view! {
            <Panel title="Role" id="role-title">
                <form method="post" action=address class="form">
                    <input type="hidden" name="do" value="role" />
                    {role_field(role.code().to_owned(), &FieldErrors::default())}
                    <div>
                        <Button submit=true>"Change role"</Button>
                    </div>
                </form>
            </Panel>
        }
        .into_any(),
    )
}

/// The choice of a role.
pub(super) fn role_field(chosen: String, errors: &FieldErrors) -> impl IntoView + use<> {
    let roles = [StaffRole::Staff, StaffRole::ContactManager, StaffRole::Administrator];
    let roles = roles.map(|role| (role.code().to_owned(), role.label().to_owned()));
    view! {
        <SelectField
            label="System group"
            name="role"
            options=roles.into()
            value=chosen
            hint="Staff read contacts and work on documents; Contact managers also keep contacts and their portal \
                  access; Administrators may do everything."
            error=errors.get("role").map(str::to_owned)
        />
    }
}
