use domain::FieldErrors;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    form::FormReply,
    layout::{DeadLink, SignInShell},
    session::use_session,
    ui::{Alert, Button, ButtonKind, ButtonLink, Definition, DefinitionList, Field, Tone},
};

/// What an invitation's link leads to, as the server found it. Provided by the server, which alone knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationContext {
    /// The person chooses a password.
    ChoosePassword(Invited),
    /// The person is signed in and confirms one more company.
    Confirm(Invited),
    /// The person has to sign in first.
    SignInFirst(Invited),
    /// The link was used.
    Used,
    /// A newer one was sent.
    Replaced,
    /// The access was revoked.
    Revoked,
    /// Too old.
    Expired,
    /// No such link.
    Unknown,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The person.
    pub name: String,
    /// The company whose documents they will see.
    pub company: String,
    /// What they sign in with.
    pub login: String,
    /// The page's own path.
    pub path: String,
}

/// `/accept/{token}`.
#[component]
pub fn AcceptPage() -> impl IntoView {
    let reply = use_context::<FormReply>().unwrap_or_default();
    match use_context::<InvitationContext>().unwrap_or(InvitationContext::Unknown) {
        InvitationContext::ChoosePassword(invited) => choose_password(invited, &reply),
        InvitationContext::Confirm(invited) => confirm(invited),
        InvitationContext::SignInFirst(invited) => sign_in_first(invited),
        InvitationContext::Expired => expired(reply.is_done),
        InvitationContext::Used => dead(
            "This invitation was accepted already",
            "Log in with the email address it was sent to and the password you chose.",
            true,
        ),
        InvitationContext::Replaced => dead(
            "A newer invitation was sent",
            "Look for the latest mail and open the link in that one.",
            false,
        ),
        InvitationContext::Revoked => dead(
            "This invitation was withdrawn",
            "If you think that is a mistake, ask the person who invited you.",
            false,
        ),
        InvitationContext::Unknown => dead(
            "This link is not complete",
            "Mail programs sometimes break long links. Copy the whole address from the mail, or ask for a new \
             invitation.",
            false,
        ),
    }
}

fn choose_password(invited: Invited, reply: &FormReply) -> AnyView {
    let session = use_session();
    let login = invited.login.clone();
    let errors = reply.errors.clone();
    view! {
        <Title text="Activate your account" />
        <SignInShell
            business=session.business
            title="Activate your account"
            lead="Choose a password, and you are in."
        >
            <WhomFor invited=invited />
            <form method="post" class="form">
                // For password managers: they save the password under the login.
                <input type="hidden" name="username" value=login autocomplete="username" />
                <NewPasswordFields errors=errors />
                <Button kind=ButtonKind::Primary submit=true>
                    "Activate account"
                </Button>
            </form>
        </SignInShell>
    }
    .into_any()
}

fn confirm(invited: Invited) -> AnyView {
    let session = use_session();
    let company = invited.company.clone();
    view! {
        <Title text="Accept access" />
        <SignInShell
            business=session.business
            title=format!("Accept access to {company}")
            lead="Your password stays the same."
        >
            <WhomFor invited=invited />
            <form method="post" class="form">
                <Button kind=ButtonKind::Primary submit=true>
                    "Accept access"
                </Button>
            </form>
        </SignInShell>
    }
    .into_any()
}

fn sign_in_first(invited: Invited) -> AnyView {
    let session = use_session();
    let href = format!("/login?next={}", invited.path);
    view! {
        <Title text="Log in to accept" />
        <SignInShell
            business=session.business
            title="Log in to accept"
            lead="You have an account already. Log in with it, then accept the new access."
        >
            <WhomFor invited=invited />
            <ButtonLink href=href kind=ButtonKind::Primary external=true>
                "Go to log in"
            </ButtonLink>
        </SignInShell>
    }
    .into_any()
}

/// Offers a new link. What it answers is the same whether or not there was an invitation.
fn expired(is_done: bool) -> AnyView {
    let session = use_session();
    view! {
        <Title text="Invitation expired" />
        <SignInShell
            business=session.business
            title="This invitation has expired"
            lead="Invitations work for seven days."
        >
            {if is_done {
                view! {
                    <Alert tone=Tone::Good title="If the invitation is still open, a new link is on its way.">
                        "It goes to the address of the first one and arrives within a few minutes."
                    </Alert>
                }
                    .into_any()
            } else {
                view! {
                    <form method="post" class="form">
                        <input type="hidden" name="renew" value="1" />
                        <Button kind=ButtonKind::Primary submit=true>
                            "Send me a new link"
                        </Button>
                    </form>
                }
                    .into_any()
            }}
        </SignInShell>
    }
    .into_any()
}

fn dead(title: &'static str, lead: &'static str, may_log_in: bool) -> AnyView {
    view! { <DeadLink title=title lead=lead may_log_in=may_log_in /> }.into_any()
}

/// Shows whom the page is for, so that a forwarded link is noticed.
#[component]
fn WhomFor(invited: Invited) -> impl IntoView {
    view! {
        <DefinitionList>
            <Definition term="Name">{invited.name}</Definition>
            <Definition term="Company">{invited.company}</Definition>
            <Definition term="You log in with">{invited.login}</Definition>
        </DefinitionList>
    }
}

/// A new password, twice.
#[component]
pub(super) fn NewPasswordFields(errors: FieldErrors) -> impl IntoView {
    let error = |field: &str| errors.get(field).map(str::to_owned);
    view! {
        <Field
            label="New Password"
            name="password"
            kind="password"
            autocomplete="new-password"
            required=true
            hint="At least 8 characters; several words are easier to remember than signs."
            error=error("password")
        />
        <Field
            label="Verify New Password"
            name="repetition"
            kind="password"
            autocomplete="new-password"
            required=true
            error=error("repetition")
        />
    }
}
