use domain::account::{EnrolmentStep, SecurityPage, TwoFactor};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    super::{api::get_security, security_path},
    recovery_codes::RecoveryCodes,
    set_up::TwoFactorSetUp,
};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Alert, Button, ButtonKind, Crumb, Field, PageHeader, Skeleton, Tone},
};

/// `/my/security/two-factor` and `/staff/security/two-factor`.
#[component]
pub fn TwoFactorPage() -> impl IntoView {
    let posted = SharedValue::new(use_context::<EnrolmentStep>).into_inner();
    let posted = StoredValue::new((posted, use_form_reply().unwrap_or_default()));
    let security = Resource::new(|| (), |()| get_security());
    let crumbs = vec![Crumb::link("Security", security_path()), Crumb::text("Two-factor authentication")];
    view! {
        <Title text="Two-factor authentication" />
        <div class="page narrow">
            <PageHeader title="Two-factor authentication" crumbs=crumbs />
            <Transition fallback=|| view! { <Skeleton lines=8 /> }>
                {move || Suspend::new(async move {
                    let (step, reply) = posted.get_value();
                    match security.await {
                        Ok(security) => show(security, step, reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn show(security: SecurityPage, step: Option<EnrolmentStep>, reply: FormReply) -> AnyView {
    let next = security_path();
    match step {
        Some(EnrolmentStep::Done(enrolled)) => {
            let codes = enrolled.recovery_codes;
            view! {
                <div class="card two-factor">
                    <RecoveryCodes codes=codes next=next is_plain=false />
                </div>
            }
            .into_any()
        }
        step if security.two_factor.since.is_none() => view! {
            <div class="card two-factor">
                <TwoFactorSetUp step=step.unwrap_or_default() reply=reply next=next />
            </div>
        }
        .into_any(),
        _ => manage(security.two_factor, &reply),
    }
}

/// What can be done once it is on; both ask for the password, so that one field serves both.
fn manage(two_factor: TwoFactor, reply: &FormReply) -> AnyView {
    let since = two_factor.since.map(|since| since.display()).unwrap_or_default();
    let problem = reply.problem.clone();
    let error = reply.error("password");
    let disable = if two_factor.is_required {
        view! {
            <p class="hint">
                "Your account must have two-factor authentication. To use another app, ask us to reset it."
            </p>
        }
        .into_any()
    } else {
        view! {
            <Button kind=ButtonKind::Danger submit=true name="do" value="disable">
                "Disable two-factor authentication"
            </Button>
        }
        .into_any()
    };
    view! {
        {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
        <div class="card two-factor">
            <p>{format!("On since {since}. You have {} recovery codes left.", two_factor.recovery_codes)}</p>
            <form method="post" class="form">
                <Field
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    hint="Changes to two-factor authentication always ask for it. Every other browser is logged out when it is disabled."
                    error=error
                />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true name="do" value="codes">
                        "Make new recovery codes"
                    </Button>
                    {disable}
                </div>
            </form>
        </div>
    }
    .into_any()
}
