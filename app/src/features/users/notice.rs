use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    form::FormReply,
    ui::{Alert, Tone},
};

/// What a form did, as the address says after it; or why it did not, where the page is its answer.
#[component]
pub(super) fn Notice(reply: FormReply) -> impl IntoView {
    if let Some(problem) = reply.problem {
        return view! { <Alert tone=Tone::Bad title=problem /> }.into_any();
    }
    if !reply.errors.is_empty() || reply.is_stale {
        return ().into_any();
    }
    let code = use_query_map().with_untracked(|query| query.get("notice"));
    let words = match code.as_deref() {
        Some("saved") => Some(("Saved.", "")),
        Some("login-changed") => Some((
            "Saved. From now on the new login works, and the old one does not.",
            "Both addresses were told by mail. The email address of the contact is as it was.",
        )),
        Some("created") => Some(("The invitation is on its way.", "Its link works for seven days.")),
        Some("reset-sent") => {
            Some(("The mail is on its way.", "Its link works once. Earlier links no longer work."))
        }
        Some("password-set") => Some((
            "The password is set, and the user was logged out everywhere.",
            "Tell it to its owner in person, not by mail.",
        )),
        Some("two-factor-reset") => Some((
            "Two-factor authentication is off, and the user was logged out everywhere.",
            "They were told by mail. Where it is required, they set it up anew when they log in next.",
        )),
        Some("disabled") => {
            Some(("The login is disabled.", "Its sessions have ended and its links no longer work."))
        }
        Some("enabled") => Some((
            "The login is enabled.",
            "Whoever has no password yet needs a new link: send an invitation or a password reset.",
        )),
        Some("sessions-ended") => Some(("The user was logged out everywhere.", "")),
        Some("role-changed") => Some(("The role is changed.", "It holds from the next click on.")),
        _ => None,
    };
    words
        .map(|(title, text)| {
            if text.is_empty() {
                view! { <Alert tone=Tone::Good title=title /> }.into_any()
            } else {
                view! { <Alert tone=Tone::Good title=title>{text}</Alert> }.into_any()
            }
        })
        .into_any()
}
