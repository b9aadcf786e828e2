use domain::addresses::{AddressBook, AddressRow};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{LIST, api::list_addresses, card::address};
use crate::{
    form::use_form_reply,
    layout::ErrorPage,
    ui::{Alert, Button, ButtonKind, ButtonLink, EmptyState, Glyph, PageHeader, Skeleton, Tone},
};

/// `/my/addresses`: where the customer is billed and delivered to. `?remove=` asks about one of them.
#[component]
pub fn AddressListPage() -> impl IntoView {
    let book = Resource::new(|| (), |()| list_addresses());
    let problem = use_form_reply().and_then(|reply| reply.problem);
    let query = use_query_map();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || {
                let problem = problem.clone();
                let query = query.get();
                Suspend::new(async move {
                    match book.await {
                        Ok(book) => {
                            let asked = |name: &str| query.get(name);
                            let told = told(&book, asked("done").as_deref(), asked("removed"), asked("remove"));
                            show(book, problem, told)
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// What was done, what can be undone, and what is asked before it is done.
fn told(book: &AddressBook, done: Option<&str>, removed: Option<String>, remove: Option<String>) -> AnyView {
    let find = |id: &str| book.addresses.iter().find(|row| row.id.to_string() == id);
    if let Some(row) = remove.as_deref().and_then(find).filter(|_| book.may_edit) {
        return ask(row).into_any();
    }
    // Only what is gone can be brought back.
    if let Some(id) = removed.filter(|id| book.may_edit && find(id).is_none()) {
        return view! {
            <Alert tone=Tone::Good title="The address is removed.">
                <form method="post" action=LIST>
                    <input type="hidden" name="address" value=id />
                    <Button submit=true name="what" value="restore">
                        "Undo"
                    </Button>
                </form>
            </Alert>
        }
        .into_any();
    }
    let done = match done {
        Some("added") => Some("The address is added."),
        Some("saved") => Some("Saved."),
        Some("restored") => Some("The address is back."),
        _ => None,
    };
    done.map(|done| view! { <Alert tone=Tone::Good title=done /> }).into_any()
}

fn ask(row: &AddressRow) -> impl IntoView + use<> {
    let (title, id) = (format!("Remove {}?", row.title()), row.id.to_string());
    let default = if row.is_default_billing || row.is_default_delivery {
        "It is a default of your company, which has none then. "
    } else {
        ""
    };
    view! {
        <Alert tone=Tone::Warn title=title>
            {format!("{default}Documents that were issued keep their address.")}
            <form method="post" action=LIST class="actions">
                <input type="hidden" name="address" value=id />
                <Button kind=ButtonKind::Danger submit=true name="what" value="remove">
                    "Remove address"
                </Button>
                <ButtonLink href=LIST>"Keep it"</ButtonLink>
            </form>
        </Alert>
    }
}

fn show(book: AddressBook, problem: Option<String>, told: AnyView) -> AnyView {
    let AddressBook { company, main, may_edit_main, addresses, may_edit } = book;
    let is_empty = addresses.is_empty();
    let cards = addresses.iter().map(|row| card(row, may_edit)).collect_view();
    view! {
        <Title text="Addresses" />
        <div class="page">
            <PageHeader title="Addresses" subtitle=format!("Where {company} is billed and delivered to.")>
                {may_edit
                    .then(|| {
                        view! {
                            <ButtonLink href=format!("{LIST}/new") kind=ButtonKind::Primary glyph=Glyph::Plus>
                                "Add an address"
                            </ButtonLink>
                        }
                    })}
            </PageHeader>
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {told}
            <ul class="address-grid">{main_card(company, &main, may_edit_main)} {cards}</ul>
            {is_empty
                .then(|| {
                    view! {
                        <div class="card">
                            <EmptyState
                                title="No other addresses yet"
                                text="Invoices and goods go to the main address until there is another one for them."
                                glyph=Glyph::Building
                            />
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}

/// The company's main address, which is part of its details.
fn main_card(company: String, lines: &[String], may_edit: bool) -> Option<impl IntoView + use<>> {
    let text = format!("\n{}", lines.join("\n"));
    (!lines.is_empty()).then(|| {
        view! {
            <li class="card">
                <h2>"Main address"</h2>
                <address class="lines">
                    <strong>{company}</strong>
                    {text}
                </address>
                {may_edit
                    .then(|| {
                        view! {
                            <div class="actions">
                                <ButtonLink href="/my/account?address=company">"Edit main address"</ButtonLink>
                            </div>
                        }
                    })}
            </li>
        }
    })
}

fn card(row: &AddressRow, may_edit: bool) -> impl IntoView + use<> {
    let (id, title) = (row.id, row.title());
    view! {
        <li class="card">
            {address(row)}
            {may_edit
                .then(|| {
                    // Names end alike, so that none is the beginning of another.
                    let (edit, remove) = (format!("Edit {title} (address)"), format!("Remove {title} (address)"));
                    view! {
                        <div class="actions">
                            <a class="button" href=format!("{LIST}/{id}") aria-label=edit>
                                "Edit"
                            </a>
                            <a class="button" href=format!("{LIST}?remove={id}") aria-label=remove>
                                "Remove"
                            </a>
                        </div>
                    }
                })}
        </li>
    }
}
