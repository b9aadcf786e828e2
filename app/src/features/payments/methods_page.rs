use domain::payments::{MethodsPage as Methods, SavedCard};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::ways::CardEntry;
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::loaded,
    server::{answer, cx},
    ui::{
        Alert, Badge, Button, ButtonKind, ButtonLink, CheckboxField, Crumb, Dialog, EmptyState, Glyph,
        PageHeader, Panel, Tone,
    },
};

/// Where saved cards are kept.
const PAGE: &str = "/my/payment-methods";

async fn read() -> Result<Methods, PortalError> {
    let cx = cx()?;
    answer(&cx, services::payments::list_cards(&cx).await)
}

/// `/my/payment-methods`: saved cards. They are added and deleted, never changed. A plain page.
#[component]
pub fn MethodsPage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    let (done, is_new) =
        use_query_map().with_untracked(|query| (query.get("done"), query.get("new").is_some()));
    loaded(read(), move |page| show(page, reply, done.as_deref(), is_new))
}

fn show(page: Methods, reply: FormReply, done: Option<&str>, is_new: bool) -> AnyView {
    let is_reply = reply != FormReply::default();
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let done = match done.filter(|_| !is_reply) {
        Some("added") => Some("The card is saved."),
        Some("removed") => Some("The card is deleted."),
        Some("default") => Some("This card is offered first from now on."),
        _ => None,
    };
    let done = done.map(|done| view! { <Alert tone=Tone::Good title=done /> });
    let is_open = is_new || is_reply;
    let add = (page.form.is_some() && !is_open).then(|| {
        view! {
            <ButtonLink kind=ButtonKind::Primary href=format!("{PAGE}?new") external=true>
                "Add new card"
            </ButtonLink>
        }
    });
    let form = page.form.clone().filter(|_| is_open).map(|form| {
        view! {
            <Panel title="New card" id="new-card">
                <form class="form" method="post" action=PAGE novalidate=true>
                    <input type="hidden" name="what" value="add" />
                    <input type="hidden" name="way" value="new" />
                    <CardEntry form=form reply=reply.clone() />
                    {page
                        .may_add_for_company
                        .then(|| {
                            view! {
                                <CheckboxField
                                    label="As my company’s card"
                                    name="for_company"
                                    hint="Colleagues who keep the company’s cards see it and can pay with it."
                                    checked=reply.value("for_company") == "true"
                                />
                            }
                        })}
                    <div class="actions">
                        <Button kind=ButtonKind::Primary submit=true>
                            "Save"
                        </Button>
                        <ButtonLink href=PAGE>"Cancel"</ButtonLink>
                    </div>
                </form>
            </Panel>
        }
    });
    let (may_remove, can_change) = (page.may_remove, page.form.is_some());
    let is_alone = page.cards.len() == 1;
    let cards = page.cards.into_iter();
    let cards: Vec<_> = cards.map(|card| card_view(card, may_remove, can_change, is_alone)).collect();
    let content = match (cards.is_empty(), page.is_offered) {
        (false, _) => view! { <ul class="method-list">{cards}</ul> }.into_any(),
        (true, true) => view! {
            <EmptyState
                title="No card is saved"
                text="A saved card pays with one click. Its number stays with the card service."
                glyph=Glyph::Card
            />
        }
        .into_any(),
        (true, false) => view! {
            <EmptyState
                title="Cards are not taken here"
                text="Invoices are paid by bank transfer, or from the wallet."
                glyph=Glyph::Card
            />
        }
        .into_any(),
    };
    view! {
        <Title text="Payment methods" />
        <div class="page narrow">
            <PageHeader
                title="Payment methods"
                subtitle="Cards cannot be changed: delete one, and add it anew."
                crumbs=vec![Crumb::link("Overview", "/my")]
            >
                {add}
            </PageHeader>
            {problem}
            {done}
            {form}
            <Panel title="Saved cards" id="cards">
                {content}
            </Panel>
        </div>
    }
    .into_any()
}

fn card_view(card: SavedCard, may_remove: bool, can_change: bool, is_alone: bool) -> impl IntoView {
    let whose = if card.is_company { "Your company’s card" } else { "Your own card" };
    let expiry =
        if card.is_expired { format!("Expired {}", card.expiry) } else { format!("Expires {}", card.expiry) };
    let default = card.is_default.then(|| view! { <Badge tone=Tone::Info text="Offered first" /> });
    let expired = card.is_expired.then(|| view! { <Badge tone=Tone::Bad text="Expired" /> });
    let make_default = (can_change && !card.is_default && !card.is_expired).then(|| {
        view! {
            <form method="post" action=PAGE>
                <input type="hidden" name="what" value="default" />
                <input type="hidden" name="id" value=card.id.to_string() />
                <Button kind=ButtonKind::Quiet submit=true attr:aria-label=format!("Offer {} first", card.label)>
                    "Offer first"
                </Button>
            </form>
        }
    });
    let delete = may_remove.then(|| delete(&card, is_alone));
    view! {
        <li class="method">
            <div>
                <strong class="method-name">{card.label.clone()}</strong>
                {default}
                {expired}
                <span class="sub">{format!("{whose} · {expiry} · Added {}", card.added)}</span>
            </div>
            <div class="actions">{make_default} {delete}</div>
        </li>
    }
}

/// The button that asks once more before a card is deleted.
fn delete(card: &SavedCard, is_alone: bool) -> impl IntoView + use<> {
    let dialog = format!("delete-{}", card.id);
    let title = format!("Delete {}?", card.label);
    // Of several buttons each has a name of its own.
    let name = (!is_alone).then(|| format!("Delete {}", card.label));
    let whom = match card.is_company {
        true => "Nobody in your company can pay with it any more.",
        false => "It cannot be paid with any more.",
    };
    let id = card.id.to_string();
    view! {
        <Button kind=ButtonKind::Quiet glyph=Glyph::Trash opens=dialog.clone() attr:aria-label=name>
            "Delete"
        </Button>
        <Dialog id=dialog title=title open=RwSignal::new(false)>
            <form method="post" action=PAGE>
                <input type="hidden" name="what" value="remove" />
                <input type="hidden" name="id" value=id />
                <p>{whom} " Payments that were made with it stay as they are."</p>
                <div class="actions">
                    <Button kind=ButtonKind::Danger submit=true>
                        "Confirm Deletion"
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
