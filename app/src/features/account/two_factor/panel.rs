use domain::account::TwoFactor;
use leptos::prelude::*;

use super::super::security_path;
use crate::ui::{Alert, Badge, Button, ButtonKind, ButtonLink, Panel, Tone};

/// Section *Two-factor authentication* of the security page.
#[component]
pub(in super::super) fn TwoFactorPanel(two_factor: TwoFactor) -> impl IntoView {
    let path = format!("{}/two-factor", security_path());
    let body = match two_factor.since {
        Some(since) => on(two_factor, &since.display(), path),
        None => off(two_factor.is_required, path),
    };
    view! {
        <Panel title="Two-factor authentication" id="two-factor">
            <div class="stack">{body}</div>
        </Panel>
    }
    .into_any()
}

fn on(two_factor: TwoFactor, since: &str, path: String) -> AnyView {
    let left = match two_factor.recovery_codes {
        0 => "You have no recovery codes left.".to_owned(),
        1 => "You have one recovery code left.".to_owned(),
        left => format!("You have {left} recovery codes left."),
    };
    let few = two_factor.recovery_codes < 3;
    view! {
        <p>
            <Badge text="On" tone=Tone::Good />
            {format!(" since {since}. Logging in takes your password and a code of your app.")}
        </p>
        {few
            .then(|| {
                view! {
                    <Alert tone=Tone::Warn title=left.clone()>
                        "Make new ones before you need them."
                    </Alert>
                }
            })}
        {(!few).then(|| view! { <p class="aside-text">{left.clone()}</p> })}
        <div>
            <ButtonLink href=path>"Manage two-factor authentication"</ButtonLink>
        </div>
    }
    .into_any()
}

fn off(is_required: bool, path: String) -> AnyView {
    view! {
        {is_required
            .then(|| {
                view! {
                    <Alert tone=Tone::Warn title="Your account must have two-factor authentication.">
                        "You will be asked to set it up when you log in next."
                    </Alert>
                }
            })}
        <p>
            "Off. With it, logging in takes your password and a code that only your telephone shows, so that a stolen \
             password is of no use to anybody."
        </p>
        <form action=path>
            <Button kind=ButtonKind::Primary submit=true>
                "Enable two-factor authentication"
            </Button>
        </form>
    }
    .into_any()
}
