use domain::{
    access::{PortalState, Right},
    contacts::{ContactKind, ContactPage, ContactRow},
    ids::ContactId,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::{archive_contact, get_contact},
    filter::LIST,
    list_page::may_edit,
    list_table::tone,
};
use crate::{
    PortalError,
    features::{
        access::{AccessNotice, GrantDialog, PersonAccessPanel, PortalUsersPanel},
        addresses::AddressesPanel,
        links::{ContactNotice, SecureLinkPanel},
        users::PasswordResetLink,
    },
    layout::ErrorPage,
    session::use_session,
    ui::{
        Alert, Avatar, Badge, ButtonLink, Crumb, Definition, DefinitionList, EmptyState, Menu, MenuItem,
        MenuLink, PageHeader, Panel, Skeleton, Tone, use_toasts,
    },
};

/// `/staff/contacts/{id}`.
#[component]
pub fn ContactShowPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|id| id.parse::<ContactId>().ok())
    });
    let contact = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => get_contact(id).await,
                None => Err(PortalError::NotFound),
            }
        },
    );
    let may_edit = use_session().me.as_ref().is_some_and(may_edit);
    let granting = RwSignal::new(None::<Vec<ContactId>>);
    let refused = use_query_map().with_untracked(|query| query.get("refused").is_some());
    view! {
        {refused
            .then(|| view! { <Alert tone=Tone::Warn title="Archive the people under this company first." /> })}
        <ContactNotice />
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || Suspend::new(async move {
                match contact.await {
                    Ok(page) => show(page, may_edit, granting, contact).into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
        {may_edit
            .then(|| view! { <GrantDialog contacts=granting on_close=move || contact.refetch() /> })}
    }
    .into_any()
}

fn show(
    page: ContactPage,
    may_edit: bool,
    granting: RwSignal<Option<Vec<ContactId>>>,
    contact: Resource<Result<ContactPage, PortalError>>,
) -> impl IntoView {
    let title = page.form.name.clone();
    let badge = (page.state != PortalState::None).then_some((tone(page.state), page.state.label()));
    let mut crumbs = vec![Crumb::link("Contacts overview", LIST)];
    if let Some((id, name)) = &page.parent {
        crumbs.push(Crumb::link(name.clone(), format!("{LIST}/{id}")));
    }
    crumbs.push(Crumb::text(title.clone()));
    let (is_archived, kind) = (page.archived, page.kind);
    view! {
        <Title text=title.clone() />
        <div class="page">
        <PageHeader
            title=title
            subtitle=kind.label()
            crumbs=crumbs
            badge=move || {
                view! {
                    {badge.map(|(tone, text)| view! { <Badge tone=tone text=text /> })}
                    {is_archived.then(|| view! { <Badge text="Archived" /> })}
                }
            }
        >
            {may_edit.then(|| view! { <PasswordResetLink contact=page.id state=page.state /> })}
            {may_edit.then(|| actions(page.id, is_archived, granting, contact))}
        </PageHeader>
        <AccessNotice contact=page.id />
        <div class="columns">
            <div>
                {(kind == ContactKind::Company || !page.people.is_empty()).then(|| people(&page))}
                {may_edit.then(|| access(&page))}
            </div>
            <aside>
                {reach(&page)}
                <AddressesPanel addresses=page.addresses.clone() />
                {page.secure_link.clone().map(|link| view! { <SecureLinkPanel customer=page.id link=link /> })}
            </aside>
        </div>
        </div>
    }
}

fn actions(
    id: ContactId,
    is_archived: bool,
    granting: RwSignal<Option<Vec<ContactId>>>,
    contact: Resource<Result<ContactPage, PortalError>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let session = use_session();
    let (may_view, may_explain) = (session.may(Right::ViewAsCustomer), session.may(Right::ManageAccess));
    let set_archived = move |archive: bool| {
        spawn_local(async move {
            match archive_contact(id, archive).await {
                Ok(()) if archive => {
                    toasts.push_with(Tone::Good, "Archived.", "Undo archiving", move || {
                        spawn_local(async move {
                            archive_contact(id, false).await.ok();
                            contact.refetch();
                        });
                    });
                }
                Ok(()) => toasts.push(Tone::Good, "Restored."),
                Err(error) => toasts.push(Tone::Bad, error.to_string()),
            }
            contact.refetch();
        });
    };
    view! {
        <ButtonLink href=format!("{LIST}/{id}/edit")>"Edit"</ButtonLink>
        {may_view.then(|| view! { <ButtonLink href=format!("{LIST}/{id}/view-as")>"View as customer"</ButtonLink> })}
        <form id="archive" method="post" action=format!("{LIST}/{id}/archive")>
            {is_archived.then(|| view! { <input type="hidden" name="restore" value="true" /> })}
        </form>
        <Menu id="action" label="Action">
            {(!is_archived)
                .then(|| {
                    view! {
                        <MenuItem
                            label="Grant portal access"
                            on_click=move |_| granting.set(Some(vec![id]))
                        />
                    }
                })}
            {may_explain.then(|| view! { <MenuLink label="Explain access" href=format!("{LIST}/{id}/access") /> })}
            <MenuLink label="Its documents" href=format!("/staff/documents?of={id}") />
            <MenuLink label="What happened" href=format!("/staff/audit?about={id}") />
            <MenuItem
                label=if is_archived { "Restore" } else { "Archive" }
                submit=true
                form="archive"
                danger=!is_archived
                on_click=move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    set_archived(!is_archived);
                }
            />
        </Menu>
    }
}

/// Who of a customer has portal access, or what a person has of it.
fn access(page: &ContactPage) -> AnyView {
    if page.customer == page.id {
        return view! { <PortalUsersPanel customer=page.id users=page.portal_users.clone() /> }.into_any();
    }
    let user = page.portal_users.iter().find(|user| user.contact == page.id).cloned();
    (!page.archived)
        .then(|| view! { <PersonAccessPanel contact=page.id email=page.form.email.clone() user=user /> })
        .into_any()
}

fn reach(page: &ContactPage) -> impl IntoView + use<> {
    let form = page.form.clone();
    let town = [&form.zip, &form.city, &form.state]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    let address: Vec<String> =
        [form.street, form.street2, town, form.country].into_iter().filter(|line| !line.is_empty()).collect();
    let facts = [
        ("Email", form.email),
        ("Phone", form.phone),
        ("Website", form.website),
        ("VAT number", form.vat),
        ("Reference", form.reference),
    ];
    let comment = form.comment;
    view! {
        <Panel title="Details" id="details">
            <DefinitionList>
                {facts
                    .into_iter()
                    .filter(|(_, value)| !value.is_empty())
                    .map(|(term, value)| view! { <Definition term=term>{value}</Definition> })
                    .collect_view()}
                {(!address.is_empty())
                    .then(|| {
                        view! {
                            <Definition term="Address">
                                <address class="pre-line">{address.join("\n")}</address>
                            </Definition>
                        }
                    })}
                {(!comment.is_empty())
                    .then(|| {
                        view! {
                            <Definition term="Comment">
                                <span class="pre-line">{comment}</span>
                            </Definition>
                        }
                    })}
            </DefinitionList>
        </Panel>
    }
}

fn people(page: &ContactPage) -> impl IntoView + use<> {
    let rows: Vec<ContactRow> = page.people.clone();
    let more = page.more_people;
    view! {
        <Panel title="People" id="people" flush=true>
            {if rows.is_empty() {
                view! { <EmptyState title="Nobody under this company yet" /> }.into_any()
            } else {
                view! {
                    <ul class="person-list">
                        {rows
                            .into_iter()
                            .map(|row| {
                                let below = if row.email.is_empty() { "No email".to_owned() } else { row.email };
                                view! {
                                    <li>
                                        <Avatar name=row.name.clone() />
                                        <span class="person-what">
                                            <a href=format!("{LIST}/{}", row.id)>{row.name}</a>
                                            <span class="sub">{below}</span>
                                        </span>
                                        <Badge tone=tone(row.state) text=row.state.label() />
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                }
                    .into_any()
            }}
            {more.then(|| view! { <p class="hint">"More people are in the contacts list."</p> })}
        </Panel>
    }
}
