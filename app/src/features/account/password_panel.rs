use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use super::{api::password_strength, security_path};
use crate::{
    form::use_form_reply,
    ui::{Alert, Button, Field, Panel, Tone},
};

/// How long after a key the server is asked how good the password would be.
const PAUSE: Duration = Duration::from_millis(400);

/// Section *Your password*: changing it. (*Password* is the name of its first field.)
#[component]
pub(super) fn PasswordPanel(login: String) -> impl IntoView {
    let action = format!("{}/password", security_path());
    // The page has other forms, each with a reply of its own.
    let reply = use_form_reply().filter(|reply| reply.value("form") == "password").unwrap_or_default();
    let query = use_query_map();
    let is_changed = query.with_untracked(|query| query.get("notice").as_deref() == Some("password-changed"));
    let notice = match reply.problem.clone() {
        Some(problem) => Some((Tone::Bad, problem)),
        None if is_changed && reply.errors.is_empty() => {
            let words = "Your password is changed. You are logged out everywhere else.";
            Some((Tone::Good, words.to_owned()))
        }
        None => None,
    };
    let is_sent = RwSignal::new(false);
    let (rate, verdict) = strength();
    view! {
        <Panel title="Your password" id="password-panel">
            <form method="post" action=action class="form change-password" on:submit=move |_| is_sent.set(true)>
                {notice.map(|(tone, title)| view! { <Alert tone=tone title=title /> })}
                // For password managers: they save the password under the login.
                <input type="hidden" name="username" value=login autocomplete="username" />
                <Field
                    label="Password"
                    name="current_password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error=reply.error("current_password")
                />
                <Field
                    label="New Password"
                    name="new_password"
                    kind="password"
                    autocomplete="new-password"
                    required=true
                    hint="At least 8 characters; several words are easier to remember than signs."
                    error=reply.error("new_password")
                    on_input=rate
                />
                <p class="strength" role="status" data-level=move || verdict.get().map(|(level, _)| level.to_string())>
                    {move || verdict.get().map(|(_, words)| words)}
                </p>
                <Field
                    label="Verify New Password"
                    name="repetition"
                    kind="password"
                    autocomplete="new-password"
                    required=true
                    error=reply.error("repetition")
                />
                <div>
                    <Button submit=true busy=is_sent>
                        "Change Password"
                    </Button>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}

/// What to tell of each change of the new password, and what the server says of it once somebody pauses.
fn strength() -> (Callback<String>, RwSignal<Option<(u8, String)>>) {
    let verdict = RwSignal::new(None);
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let typed = StoredValue::new(String::new());
    let ask = move || {
        spawn_local(async move {
            let asked = typed.try_get_value().unwrap_or_default();
            let Ok(answer) = password_strength(asked.clone()).await else { return };
            // What was typed meanwhile is asked for anew.
            if typed.try_get_value() == Some(asked) {
                verdict.try_set(Some(answer));
            }
        });
    };
    let rate = Callback::new(move |text: String| {
        if let Some(pending) = pending.get_value() {
            pending.clear();
        }
        verdict.set(None);
        let is_empty = text.is_empty();
        typed.set_value(text);
        pending.set_value(if is_empty { None } else { set_timeout_with_handle(ask, PAUSE).ok() });
    });
    (rate, verdict)
}
