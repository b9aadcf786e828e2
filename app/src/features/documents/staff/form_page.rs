use domain::{
    documents::{DocumentFormPage, DocumentFormRequest, DocumentKind},
    ids::{ContactId, DocumentId},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    super::{api::get_document_form, kind_words::glyph},
    LIST,
    form_lines::{FormLines, line_differences},
    noun::noun,
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Conflict, Crumb, FormSections, Icon, PageHeader, Skeleton,
        Tone, differences,
    },
};

/// `/staff/documents/new`: which kind, and then its form; `/staff/documents/{id}/edit`.
#[component]
pub fn DocumentFormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let reply = use_form_reply().unwrap_or_default();
    let id = params.with_untracked(|params| params.get("id"));
    let kind = query.with_untracked(|query| DocumentKind::from_plural(query.get_str("kind")?));
    let of = query.with_untracked(|query| query.get("of")).unwrap_or_default();
    let is_new = id.is_none();
    // Whoever is on the staff's side may work on documents; nothing is told here.
    if is_new && kind.is_none() {
        return view! { <KindChoice of=of /> }.into_any();
    }
    // What was typed decides which customers there are to choose from; beside what somebody else saved, too.
    let contact = if reply.values.is_empty() { of.clone() } else { reply.value("contact") };
    let request = DocumentFormRequest {
        id: id.as_deref().and_then(|id| id.parse::<DocumentId>().ok()),
        kind,
        contact,
        customer: reply.value("customer"),
    };
    let is_known = is_new || request.id.is_some();
    let form = Resource::new(
        move || request.clone(),
        move |request| async move {
            if is_known { get_document_form(request).await } else { Err(PortalError::NotFound) }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12 /> }>
            {move || {
                let reply = reply.clone();
                let id = id.clone();
                Suspend::new(async move {
                    match form.await {
                        Ok(page) => show(id, page, reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// Which kind of document it is to be.
#[component]
fn KindChoice(of: String) -> impl IntoView {
    let of = if of.parse::<ContactId>().is_ok() { format!("&of={of}") } else { String::new() };
    let kinds = DocumentKind::ALL
        .into_iter()
        .map(|kind| {
            let href = format!("{LIST}/new?kind={}{of}", kind.plural());
            view! {
                <li>
                    <a class="button" href=href>
                        <Icon glyph=glyph(kind) />
                        {noun(kind)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <Title text="New document" />
        <div class="page narrow">
            <PageHeader
                title="New document"
                subtitle="What is it to be?"
                crumbs=vec![Crumb::link("All documents", LIST), Crumb::text("New")]
            />
            <ul class="kind-choice">{kinds}</ul>
        </div>
    }
    .into_any()
}

fn show(id: Option<String>, page: DocumentFormPage, reply: FormReply) -> AnyView {
    let kind = page.kind;
    let new = format!("New {}", lower_first(noun(kind)));
    let title = page.name.clone().map_or(new, |name| format!("Edit {name}"));
    let (action, back) = match &id {
        Some(id) => (format!("{LIST}/{id}/edit"), format!("{LIST}/{id}")),
        None => (format!("{LIST}/new?kind={}", kind.plural()), LIST.to_owned()),
    };
    let mut crumbs = vec![Crumb::link("All documents", LIST)];
    if let Some(name) = page.name.clone() {
        crumbs.push(Crumb::link(name, back.clone()));
    }
    crumbs.push(Crumb::text(if id.is_some() { "Edit" } else { "New" }));
    let is_typed = !reply.values.is_empty();
    let key = if is_typed { reply.value("key") } else { page.key.clone() };
    // Whoever was told of another's change saves over it knowingly.
    let version = if is_typed && !reply.is_stale { reply.value("version") } else { page.version.to_string() };
    let conflict = reply.is_stale.then(|| {
        let mut differing = differences(&page.head, &reply);
        differing.extend(line_differences(page.lines.as_deref().unwrap_or_default(), &reply));
        differing.extend(differences(&page.foot, &reply));
        differing.retain(|(field, ..)| field != "Look for a customer");
        view! { <Conflict differences=differing /> }
    });
    let problem = reply.problem.clone();
    let has_errors = !reply.errors.is_empty();
    let lines_reply = reply.clone();
    // What was chosen is in the select already, with whom the words find.
    let mut head_reply = reply.clone();
    head_reply.values.retain(|(name, _)| name != "contact" || reply.value("customer").is_empty());
    // The button that finds customers stands below their fields, which come first.
    let mut customer = page.head;
    let head = customer.split_off(1.min(customer.len()));
    view! {
        <Title text=title.clone() />
        <div class="page document-form">
            <PageHeader title=title crumbs=crumbs />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {has_errors.then(|| view! { <Alert tone=Tone::Bad title="Some fields need your attention." /> })}
            {conflict}
            {page
                .is_imported
                .then(|| {
                    view! {
                        <Alert tone=Tone::Info title="This document was imported.">
                            "Once it changes where it came from, the next import writes over what you change here."
                        </Alert>
                    }
                })}
            <form method="post" action=action class="form" novalidate=true>
                // Enter saves: the first button of a form is the one that it presses.
                <button class="visually-hidden" tabindex="-1" aria-hidden="true" name="what" value="save"></button>
                <input type="hidden" name="version" value=version />
                <input type="hidden" name="key" value=key />
                <FormSections sections=customer reply=head_reply.clone() />
                <div class="form-aside">
                    <Button submit=true name="what" value="find">
                        "Find customer"
                    </Button>
                    <span class="hint">"Shows whom the words fit, to choose from above."</span>
                </div>
                <FormSections sections=head reply=head_reply />
                {page.lines.map(|lines| view! { <FormLines lines=lines reply=lines_reply /> })}
                <FormSections sections=page.foot reply=reply />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true name="what" value="save">
                        "Save"
                    </Button>
                    <ButtonLink href=back>"Discard"</ButtonLink>
                </div>
            </form>
        </div>
    }
    .into_any()
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
