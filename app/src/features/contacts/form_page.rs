use domain::{contacts::ContactForm, ids::ContactId};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::{
    api::{get_contact, list_companies, save_contact},
    conflict::differences,
    filter::LIST,
    form_fields::contact_fields,
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Alert, Button, ButtonKind, ButtonLink, Conflict, Crumb, PageHeader, Skeleton, Tone, use_toasts},
};

/// What the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    New,
    Contact(ContactId),
    Nothing,
}

/// `/staff/contacts/new` and `/staff/contacts/{id}/edit`.
#[component]
pub fn ContactFormPage() -> impl IntoView {
    let params = use_params_map();
    let subject = Memo::new(move |_| match params.with(|params| params.get("id")) {
        None => Subject::New,
        Some(id) => id.parse().map_or(Subject::Nothing, Subject::Contact),
    });
    // A form that was posted without WebAssembly comes back with what was typed.
    let reply = use_form_reply();
    let loaded = Resource::new(move || subject.get(), load);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match loaded.await {
                        Ok((form, companies)) => {
                            view! {
                                <ContactFormView
                                    subject=subject.get_untracked()
                                    form=form
                                    companies=companies
                                    reply=reply
                                />
                            }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

async fn load(subject: Subject) -> Result<(ContactForm, Vec<(ContactId, String)>), PortalError> {
    let form = match subject {
        Subject::New => ContactForm::default(),
        Subject::Contact(id) => get_contact(id).await?.form,
        Subject::Nothing => return Err(PortalError::NotFound),
    };
    Ok((form, list_companies().await?))
}

#[component]
fn ContactFormView(
    subject: Subject,
    form: ContactForm,
    companies: Vec<(ContactId, String)>,
    reply: Option<FormReply>,
) -> impl IntoView {
    let failure = RwSignal::new(reply.as_ref().and_then(|reply| match &reply.problem {
        Some(problem) => Some(PortalError::Refused(problem.clone())),
        None if reply.is_stale => None,
        None => Some(PortalError::Invalid(reply.errors.clone())),
    }));
    let is_stale = reply.as_ref().is_some_and(|reply| reply.is_stale);
    let shown = reply.map_or_else(|| form.clone(), |reply| typed_before(&reply));
    // What is saved and what was typed, once somebody else was faster.
    let conflict = RwSignal::new(is_stale.then(|| (form.clone(), shown.clone())));
    let version = RwSignal::new(if is_stale { form.version } else { shown.version });
    let is_saving = RwSignal::new(false);
    let error = move |name: &'static str| -> MaybeProp<String> {
        Signal::derive(move || {
            failure.with(|failure| failure.as_ref().and_then(|failure| failure.field(name)))
        })
        .into()
    };
    let fields = contact_fields(&shown, version, &companies, error).into_any();
    let (title, action, back) = match subject {
        Subject::Contact(id) => (form.name.clone(), format!("{LIST}/{id}/edit"), format!("{LIST}/{id}")),
        _ => ("New contact".to_owned(), format!("{LIST}/new"), LIST.to_owned()),
    };
    let navigate = use_navigate();
    let toasts = use_toasts();
    let id = match subject {
        Subject::Contact(id) => Some(id),
        _ => None,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(form) = read_form(&event) else { return };
        if is_saving.get_untracked() {
            return;
        }
        is_saving.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            conflict.set(None);
            match save_contact(id, form.clone()).await {
                Ok(id) => {
                    toasts.push(Tone::Good, "Saved.");
                    navigate(&format!("{LIST}/{id}"), Default::default());
                }
                Err(PortalError::Stale) => match id {
                    Some(id) => match get_contact(id).await {
                        Ok(page) => {
                            version.set(page.form.version);
                            failure.set(None);
                            conflict.set(Some((page.form, form)));
                        }
                        Err(error) => failure.set(Some(error)),
                    },
                    None => failure.set(Some(PortalError::Stale)),
                },
                Err(error) => {
                    failure.set(Some(error));
                    focus_first_error();
                }
            }
            is_saving.set(false);
        });
    };
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
        <PageHeader title=title crumbs=vec![Crumb::link("Contacts overview", LIST), Crumb::text("Edit")] />
        {move || failure.get().map(|failure| view! { <Alert tone=Tone::Bad title=failure.to_string() /> })}
        {move || conflict.get().map(|(theirs, mine)| view! { <Conflict differences=differences(&theirs, &mine) /> })}
        <form method="post" action=action class="form" on:submit=submit>
            {fields}
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true busy=is_saving>
                    "Save"
                </Button>
                <ButtonLink href=back>"Discard"</ButtonLink>
            </div>
        </form>
        </div>
    }
}

/// What was typed into a form that came back.
fn typed_before(reply: &FormReply) -> ContactForm {
    let value = |name: &str| reply.value(name);
    ContactForm {
        name: value("name"),
        kind: value("kind"),
        parent: value("parent"),
        email: value("email"),
        phone: value("phone"),
        street: value("street"),
        street2: value("street2"),
        zip: value("zip"),
        city: value("city"),
        state: value("state"),
        country: value("country"),
        vat: value("vat"),
        reference: value("reference"),
        website: value("website"),
        comment: value("comment"),
        version: value("version").parse().unwrap_or(0),
    }
}

/// The form's fields as they stand in the page.
fn read_form(event: &SubmitEvent) -> Option<ContactForm> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let values = [
        "name",
        "kind",
        "parent",
        "email",
        "phone",
        "street",
        "street2",
        "zip",
        "city",
        "state",
        "country",
        "vat",
        "reference",
        "website",
        "comment",
        "version",
    ]
    .into_iter()
    .map(|name| (name.to_owned(), data.get(name).as_string().unwrap_or_default()))
    .collect();
    Some(typed_before(&FormReply { values, ..FormReply::default() }))
}

/// Leads the keyboard to the first field that needs attention.
fn focus_first_error() {
    request_animation_frame(|| {
        let first = document().query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(first) = first.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            first.focus().ok();
        }
    });
}
