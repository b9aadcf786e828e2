use domain::{
    Money,
    access::Right,
    documents::{
        DocumentDetails, DocumentKind, DocumentState, Exposure, StaffDocumentPage as Page, display_percent,
    },
    ids::{ContactId, DocumentId},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    super::{
        actions::ticket_state,
        api::get_staff_document,
        conversation::{Messages, Side},
        name_of,
        paper::Paper,
        state_badge::StateBadge,
    },
    LIST,
    exposure::ExposureBadge,
    notice::Notice,
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    session::use_session,
    ui::{
        Button, ButtonKind, ButtonLink, Crumb, Definition, DefinitionList, Glyph, PageHeader, Panel, Skeleton,
    },
};

/// `/staff/documents/{id}`: a document with what only staff know of it.
#[component]
pub fn StaffDocumentPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get_str("id")?.parse::<DocumentId>().ok());
    let document =
        Resource::new(id, |id| async move { get_staff_document(id.ok_or(PortalError::NotFound)?).await });
    let reply = use_form_reply().unwrap_or_default();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match document.await {
                        Ok(page) => show(page, reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(document: Page, reply: FormReply) -> AnyView {
    let row = document.page.row.clone();
    let (name, title) = (name_of(&row), row.title.trim().to_owned());
    let heading = if row.number.is_empty() { name.clone() } else { format!("{} {name}", row.noun) };
    let subtitle = (!title.is_empty() && title != name).then_some(title);
    let crumbs = vec![
        Crumb::link("All documents", LIST),
        Crumb::link(row.kind.label(), format!("{LIST}?kind={}", row.kind.plural())),
    ];
    let ticket = (row.kind == DocumentKind::Ticket).then(|| {
        let is_closed = row.state == DocumentState::Closed;
        let (state, label) = if is_closed { ("open", "Reopen ticket") } else { ("closed", "Close ticket") };
        ticket_state(&format!("{LIST}/{}", row.id), state, label)
    });
    let has_paper = row.kind.has_paper();
    let (id, may_audit) = (row.id, use_session().may(Right::ReadAudit));
    let messages = document.page.conversation.clone().map(|conversation| {
        let address = format!("{LIST}/{}", document.page.row.id);
        view! { <Messages conversation=conversation document=address query=String::new() side=Side::Staff /> }
    });
    // What belongs to it stands at the side, where its links lead to the staff's pages.
    let paper = domain::documents::DocumentPage { parent: None, ..document.page.clone() };
    view! {
        <Title text=format!("{} {name}", row.noun) />
        <div class="page">
            <PageHeader
                title=heading
                nostrip:subtitle=subtitle
                crumbs=crumbs
                badge=move || view! { <StateBadge row=row beside_noun=true /> }
            >
                {ticket}
                <ButtonLink href=format!("{LIST}/{id}/edit")>"Edit"</ButtonLink>
                <ButtonLink href=format!("{LIST}/{id}/share")>"Share links"</ButtonLink>
                {has_paper
                    .then(|| {
                        view! {
                            <ButtonLink href=format!("{LIST}/{id}/pdf?download") external=true glyph=Glyph::Download>
                                "Download"
                            </ButtonLink>
                            <ButtonLink href=format!("{LIST}/{id}/original")>"Original PDF"</ButtonLink>
                        }
                    })}
                {may_audit
                    .then(|| view! { <ButtonLink href=format!("/staff/audit?about={id}")>"What happened"</ButtonLink> })}
            </PageHeader>
            <Notice reply=reply />
            <div class="doc-layout">
                <Paper page=paper />
                <aside class="doc-side">
                    <ExposurePanel document=document.page.row.id exposure=document.exposure.clone() has_owner=document.contact.is_some() />
                    <RecordPanel document=document />
                </aside>
            </div>
            {messages}
        </div>
    }
    .into_any()
}

/// Whether customers see it, and the button that changes that.
#[component]
fn ExposurePanel(document: DocumentId, exposure: Exposure, has_owner: bool) -> impl IntoView {
    let is_published = exposure.published.is_some();
    let (what, label) = if is_published { ("unpublish", "Unpublish") } else { ("publish", "Publish") };
    let kind = if is_published { ButtonKind::Secondary } else { ButtonKind::Primary };
    let hint = match (has_owner, is_published, exposure.is_visible) {
        (false, _, _) => Some("It belongs to no customer, so that only staff see it."),
        (true, true, false) => Some("Customers do not see drafts and cancelled documents."),
        (true, false, _) => Some("Only staff see it."),
        (true, true, true) => None,
    };
    let first_viewed = match (exposure.first_viewed.clone(), exposure.first_viewed_by.clone()) {
        (Some(when), by) => {
            let by = by.unwrap_or_else(|| "somebody who has no login any more".to_owned());
            view! { {by} <span class="sub">{when}</span> }.into_any()
        }
        (None, _) => "Nobody yet".into_any(),
    };
    let published = exposure.published.clone().unwrap_or_else(|| "No".to_owned());
    view! {
        <Panel
            title="Customers"
            id="customers"
            actions=move || view! { <ExposureBadge exposure=exposure /> }
        >
            <DefinitionList>
                <Definition term="Published">{published}</Definition>
                <Definition term="First viewed by">{first_viewed}</Definition>
            </DefinitionList>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {has_owner
                .then(|| {
                    view! {
                        <form method="post" action=format!("{LIST}/{document}") class="actions">
                            <Button kind=kind submit=true name="do" value=what>
                                {label}
                            </Button>
                        </form>
                    }
                })}
        </Panel>
    }
    .into_any()
}

/// Whose it is, what it belongs to, and what customers never see.
#[component]
fn RecordPanel(document: Page) -> impl IntoView {
    let contact =
        |(id, name): (ContactId, String)| view! { <a href=format!("/staff/contacts/{id}")>{name}</a> };
    let of = document.entity.clone().or_else(|| document.contact.clone()).map(|(id, _)| id);
    let parent = document.page.parent.clone();
    let row = document.page.row.clone();
    let staff_only = staff_only(&document);
    view! {
        <Panel title="Record" id="record">
            <DefinitionList>
                <Definition term="Customer">
                    {document
                        .contact
                        .map_or_else(|| "Nobody’s".into_any(), |named| contact(named).into_any())}
                </Definition>
                {document
                    .entity
                    .map(|entity| view! { <Definition term="Company">{contact(entity)}</Definition> })}
                {parent
                    .map(|parent| {
                        view! {
                            <Definition term=parent.kind.label()>
                                <a href=format!("{LIST}/{}", parent.id)>{parent.name}</a>
                            </Definition>
                        }
                    })}
                {staff_only
                    .into_iter()
                    .map(|(term, value)| view! { <Definition term=term>{value}</Definition> })
                    .collect_view()}
                {document
                    .external_id
                    .map(|id| view! { <Definition term="Imported as"><code>{id}</code></Definition> })}
            </DefinitionList>
            {of
                .map(|of| {
                    let href = format!("{LIST}?of={of}&kind={}", row.kind.plural());
                    view! {
                        <div class="actions">
                            <ButtonLink href=href>"More of this customer"</ButtonLink>
                        </div>
                    }
                })}
        </Panel>
    }
    .into_any()
}

/// What customers never see of it.
fn staff_only(document: &Page) -> Vec<(&'static str, String)> {
    let DocumentDetails::Lead { salesperson, expected_revenue, probability, .. } = &document.page.details
    else {
        return Vec::new();
    };
    let currency = document.page.row.total.map(|total| total.currency);
    let revenue =
        expected_revenue.0.zip(currency).map(|(minor, currency)| Money::new(minor, currency).to_string());
    let known = [
        ("Salesperson", salesperson.0.clone()),
        ("Expected revenue", revenue),
        ("Probability", probability.0.map(display_percent)),
    ];
    let known = known.into_iter().filter_map(|(term, value)| Some((term, value?)));
    known.filter(|(_, value)| !value.is_empty()).collect()
}
