use domain::{addresses::AddressFormPage as Form, ids::AddressId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{LIST, api::get_address};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, CheckboxField, Conflict, Crumb, FormSections, PageHeader,
        Skeleton, Tone, differences,
    },
};

/// `/my/addresses/new` and `/my/addresses/{id}`.
#[component]
pub fn AddressFormPage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    let params = use_params_map();
    // What was typed decides which fields a country has; beside what somebody else saved, it is their country.
    let country = if reply.is_stale { String::new() } else { reply.value("country") };
    let form = Resource::new(
        move || params.with(|params| params.get("id")),
        move |id| {
            let country = country.clone();
            async move {
                let id =
                    id.map(|id| id.parse::<AddressId>()).transpose().map_err(|_no_key| PortalError::NotFound);
                let form = get_address(id.clone()?, country).await?;
                Ok::<_, PortalError>((id?, form))
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match form.await {
                        Ok((id, form)) => show(id, form, reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(id: Option<AddressId>, form: Form, reply: FormReply) -> AnyView {
    let title = form.title.clone().unwrap_or_else(|| "Add an address".to_owned());
    let action = id.map_or_else(|| format!("{LIST}/new"), |id| format!("{LIST}/{id}"));
    let here = if id.is_some() { "Edit" } else { "New" };
    let is_typed = !reply.values.is_empty();
    let problem = reply.problem.clone();
    let has_errors = !reply.errors.is_empty();
    let differing = differences(&form.sections, &reply);
    let key = if is_typed { reply.value("key") } else { form.key };
    let default = |name: &str, label: &'static str, saved: bool| {
        let checked = if is_typed { reply.value(name) == "true" } else { saved };
        let error = reply.error(name);
        view! { <CheckboxField label=label name=name.to_owned() checked=checked error=error /> }
    };
    let defaults = form.may_set_default.then(|| {
        view! {
            <fieldset class="field-grid">
                <legend>"Default"</legend>
                {default("default_billing", "Send invoices here unless told otherwise", form.is_default_billing)}
                {default("default_delivery", "Deliver here unless told otherwise", form.is_default_delivery)}
            </fieldset>
        }
    });
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
            <PageHeader title=title crumbs=vec![Crumb::link("All addresses", LIST), Crumb::text(here)] />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {has_errors.then(|| view! { <Alert tone=Tone::Bad title="Some fields need your attention." /> })}
            {reply.is_stale.then(|| view! { <Conflict differences=differing /> })}
            <form method="post" action=action class="form" novalidate=true>
                // Enter saves: the first button of a form is the one that it presses.
                <button class="visually-hidden" tabindex="-1" aria-hidden="true" name="what" value="save"></button>
                <input type="hidden" name="version" value=form.version.to_string() />
                <input type="hidden" name="key" value=key />
                <FormSections sections=form.sections reply=reply.clone() />
                <div class="form-aside">
                    <Button submit=true name="what" value="fields">
                        "Update fields"
                    </Button>
                    <span class="hint">"After another country: what an address has differs."</span>
                </div>
                {defaults}
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true name="what" value="save">
                        "Save address"
                    </Button>
                    <ButtonLink href=LIST>"Discard"</ButtonLink>
                </div>
            </form>
        </div>
    }
    .into_any()
}
