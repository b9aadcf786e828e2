use domain::settings::{GeneralForm, GeneralPage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{api::get_general, general_fields::GeneralFields, logo_panel::LogoPanel};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Definition, DefinitionList, Glyph, PageHeader, Skeleton, Tone,
    },
};

/// The page's address.
pub(super) const PAGE: &str = "/staff/settings/general";

/// `/staff/settings/general`: who the business is, and how it looks.
#[component]
pub fn GeneralSettingsPage() -> impl IntoView {
    let reply = use_form_reply();
    let query = use_query_map();
    let general = Resource::new(|| (), |()| get_general());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match general.await {
                        Ok(page) => {
                            let done = query.with_untracked(notice);
                            show(page, reply, done).into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// What was just done.
fn notice(query: &ParamsMap) -> Option<&'static str> {
    match query.get_str("done")? {
        "saved" => Some("Saved."),
        "logo" => Some("The new logo is in use."),
        "logo-removed" => Some("The logo is removed."),
        _ => None,
    }
}

fn show(page: GeneralPage, reply: Option<FormReply>, done: Option<&'static str>) -> impl IntoView {
    let GeneralPage { form: saved, time_zones, currencies, logo } = page;
    let errors = reply.as_ref().map(|reply| reply.errors.clone()).unwrap_or_default();
    let problem = reply.as_ref().and_then(|reply| reply.problem.clone());
    let is_stale = reply.as_ref().is_some_and(|reply| reply.is_stale);
    // The logo's form sends no texts.
    let typed = reply.as_ref().filter(|reply| !reply.values.is_empty()).map(typed_before);
    let conflict = typed.as_ref().filter(|_| is_stale).map(|typed| conflict(&saved, typed));
    let needs_attention = errors.iter().any(|(field, _)| field != "logo");
    let mut shown = typed.unwrap_or_else(|| saved.clone());
    if is_stale {
        shown.version = saved.version;
    }
    let logo_error = errors.get("logo").map(str::to_owned);
    view! {
        <Title text="General settings" />
        <div class="page narrow">
            <PageHeader title="General settings" subtitle="Who your business is, and how it looks to customers.">
                <ButtonLink href="/staff/settings/mail-templates" glyph=Glyph::Mail>
                    "Mail templates"
                </ButtonLink>
            </PageHeader>
            {done.map(|done| view! { <Alert tone=Tone::Good title=done /> })}
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {needs_attention
                .then(|| view! { <Alert tone=Tone::Bad title="Some fields need your attention." /> })}
            {conflict}
            <form method="post" action=PAGE class="form">
                <GeneralFields form=shown errors=errors time_zones=time_zones currencies=currencies />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        "Save"
                    </Button>
                </div>
            </form>
            <LogoPanel logo=logo error=logo_error />
        </div>
    }
}

/// Both texts of each field that somebody else saved meanwhile.
fn conflict(saved: &GeneralForm, typed: &GeneralForm) -> AnyView {
    let differing: Vec<(&str, String)> = saved
        .texts()
        .into_iter()
        .zip(typed.texts())
        .filter(|((_, _, saved), (_, _, typed))| saved.trim() != typed.trim())
        .map(|((_, label, saved), _)| {
            (label, if saved.is_empty() { "nothing".to_owned() } else { saved.to_owned() })
        })
        .collect();
    let rows = differing
        .into_iter()
        .map(|(label, saved)| view! { <Definition term=format!("{label}, saved")>{saved}</Definition> })
        .collect_view();
    view! {
        <Alert tone=Tone::Warn title="Somebody else saved these settings meanwhile">
            "Below is what you typed, here is what is saved where it differs. Saving again keeps yours."
            <DefinitionList>{rows}</DefinitionList>
        </Alert>
    }
    .into_any()
}

/// What was typed into the form that came back.
fn typed_before(reply: &FormReply) -> GeneralForm {
    let value = |name: &str| reply.value(name);
    GeneralForm {
        business: value("business"),
        legal_name: value("legal_name"),
        legal_address: value("legal_address"),
        vat: value("vat"),
        registration: value("registration"),
        support_email: value("support_email"),
        support_phone: value("support_phone"),
        least_payment: value("least_payment"),
        down_payment: value("down_payment"),
        remind_before: value("remind_before"),
        remind_after: value("remind_after"),
        iban: value("iban"),
        bic: value("bic"),
        account_holder: value("account_holder"),
        time_zone: value("time_zone"),
        currency: value("currency"),
        accent: value("accent"),
        require_two_factor: value("require_two_factor") == "true",
        version: value("version").parse().unwrap_or(0),
    }
}
