use domain::{
    details::{AddressOf, DetailsPage as Details},
    form::Control,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{api::get_details, request_panel::RequestPanel};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Conflict, Field, FormSections, PageHeader, Skeleton, Tone,
        differences,
    },
};

/// The page's address.
pub(super) const PAGE: &str = "/my/account";

/// `/my/account`: who one is, and what the company shares.
#[component]
pub fn DetailsPage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    let query = use_query_map();
    // What was typed decides which fields a country has; beside what somebody else saved, it is their country.
    let country = if reply.is_stale { String::new() } else { reply.value("country") };
    let typed_address = reply.value("address");
    let details = Resource::new(
        move || query.with(|query| query.get("address")).unwrap_or_default(),
        move |asked| {
            let choice = if typed_address.is_empty() { asked } else { typed_address.clone() };
            get_details(country.clone(), AddressOf::parse(&choice))
        },
    );
    view! {
        <Title text="Your details" />
        <div class="page narrow">
            <PageHeader title="Your details" subtitle="What we know of you and your company.">
                <ButtonLink href="/my/security">"Security"</ButtonLink>
            </PageHeader>
            <Transition fallback=|| view! { <Skeleton lines=12 /> }>
                {move || {
                    let reply = reply.clone();
                    let done = query.with_untracked(|query| query.get("done"));
                    Suspend::new(async move {
                        match details.await {
                            Ok(details) => show(details, reply, done.as_deref()),
                            Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </div>
    }
    .into_any()
}

fn show(details: Details, reply: FormReply, done: Option<&str>) -> AnyView {
    let done = match done {
        Some("requested") => Some("Your request is with us. We will get in touch."),
        Some("email-cancelled") => Some("The new email address is taken back. The old one stays."),
        Some("email-confirmed") => Some("Your new email address is confirmed."),
        _ => None,
    };
    let problem = reply.problem.clone();
    let has_errors = reply.errors.iter().any(|(field, _)| field != "request");
    let differing = differences(&details.sections, &reply);
    let may_move = details
        .sections
        .iter()
        .flat_map(|section| &section.fields)
        .any(|field| field.name == "country" && field.control != Control::Fixed);
    let request = details.may_request.then(|| view! { <RequestPanel reply=reply.clone() /> });
    let password_error = reply.error("password");
    let (version, company_version) = (details.version.to_string(), details.company_version.to_string());
    view! {
        {done.map(|done| view! { <Alert tone=Tone::Good title=done /> })}
        {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
        {has_errors.then(|| view! { <Alert tone=Tone::Bad title="Some fields need your attention." /> })}
        {reply.is_stale.then(|| view! { <Conflict differences=differing /> })}
        {details.pending_email.map(pending)}
        <form method="post" action=PAGE class="form" novalidate=true>
            // Enter saves: the first button of a form is the one that it presses.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true" name="what" value="save"></button>
            <input type="hidden" name="version" value=version />
            <input type="hidden" name="company_version" value=company_version />
            <input type="hidden" name="address" value=details.address.code() />
            <FormSections sections=details.sections reply=reply />
            <div class="form-aside">
                {may_move.then(update_fields)} {details.other_address.map(other_address)}
            </div>
            {details
                .needs_password
                .then(|| {
                    view! {
                        <fieldset class="field-grid">
                            <legend>"Only for a new email"</legend>
                            <Field
                                label="Password"
                                name="password"
                                kind="password"
                                autocomplete="current-password"
                                hint="The one that you log in with."
                                error=password_error
                            />
                        </fieldset>
                    }
                })}
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true name="what" value="save">
                    "Confirm"
                </Button>
                <ButtonLink href="/my">"Discard"</ButtonLink>
            </div>
        </form>
        {request}
    }
    .into_any()
}

/// A new email that waits, and the way to take it back.
fn pending(email: String) -> impl IntoView {
    view! {
        <Alert tone=Tone::Info title=format!("{email} waits to be confirmed")>
            "Open the link in the mail that we sent there. Until then the address below stays in use."
            <form method="post" action=PAGE>
                <Button submit=true name="what" value="cancel-email">
                    "Keep the old email"
                </Button>
            </form>
        </Alert>
    }
}

/// Another country asks for other fields; the button of the address's form.
fn update_fields() -> impl IntoView {
    view! {
        <Button submit=true name="what" value="fields">
            "Update fields"
        </Button>
        <span class="hint">"After another country: what an address has differs."</span>
    }
}

/// The way from one's own address to the company's, and back, with all that was typed.
fn other_address(other: AddressOf) -> impl IntoView {
    let label =
        if other == AddressOf::Company { "Use the company’s address" } else { "Use an address of my own" };
    view! { <Button submit=true name="what" value=other.code()>{label}</Button> }
}
