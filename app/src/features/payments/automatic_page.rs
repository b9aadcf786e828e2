use domain::{documents::DocumentKind, ids::DocumentId, payments::AutomaticPage as Consenting};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::loaded,
    server::{answer, cx},
    ui::{
        Alert, Button, ButtonKind, ButtonLink, CheckboxField, Crumb, Definition, DefinitionList, Field,
        PageHeader, Panel, SelectField, Tone,
    },
};

/// `/my/{kind}/{id}/automatic`: an invoice, or a subscription's, is paid without asking. A plain page.
#[component]
pub fn AutomaticPage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    let wanted = use_params_map().with_untracked(|params| {
        let id: DocumentId = params.get_str("id")?.parse().ok()?;
        Some((DocumentKind::from_plural(params.get_str("kind")?)?, id))
    });
    loaded(
        async move {
            let (kind, id) = wanted.ok_or(PortalError::NotFound)?;
            let cx = cx()?;
            answer(&cx, services::payments::get_automatic(&cx, kind, id).await)
        },
        move |page| show(page, reply),
    )
}

fn show(page: Consenting, reply: FormReply) -> AnyView {
    let row = &page.row;
    let back = format!("/my/{}/{}", row.kind.plural(), row.id);
    let action = format!("{back}/automatic");
    let name = format!("{} {}", row.noun, row.name());
    let crumbs =
        vec![Crumb::link(row.kind.label(), format!("/my/{}", row.kind.plural())), Crumb::link(name, back)];
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let has_no_card = page.cards.is_empty();
    let content = match (page.automatic.clone(), has_no_card) {
        (Some(automatic), _) => {
            let cap = automatic.cap.unwrap_or_else(|| "No limit".to_owned());
            view! {
                <Panel title="Automatic payment is on" id="automatic">
                    <div class="stack">
                        <DefinitionList>
                            <Definition term="Card">{automatic.card}</Definition>
                            <Definition term="Limit">{cap}</Definition>
                            <Definition term="Agreed to by">{automatic.by}</Definition>
                            <Definition term="Since">{automatic.since}</Definition>
                        </DefinitionList>
                        <p class="aside-text">{automatic.consent}</p>
                        <form method="post" action=action>
                            <input type="hidden" name="what" value="off" />
                            <Button submit=true>"Switch off"</Button>
                        </form>
                    </div>
                </Panel>
            }
            .into_any()
        }
        (None, true) => view! {
            <Alert tone=Tone::Info title="Save a card first">
                <ButtonLink href="/my/payment-methods?new">"Add new card"</ButtonLink>
            </Alert>
        }
        .into_any(),
        (None, false) => form(page, reply, action),
    };
    view! {
        <Title text="Automatic payment" />
        <div class="page narrow">
            <PageHeader title="Automatic payment" crumbs=crumbs />
            {problem}
            {content}
        </div>
    }
    .into_any()
}

fn form(page: Consenting, reply: FormReply, action: String) -> AnyView {
    let cards: Vec<(String, String)> =
        page.cards.iter().map(|card| (card.id.to_string(), card.label.clone())).collect();
    let typed = reply.value("card");
    let chosen =
        if typed.is_empty() { cards.first().map(|(id, _)| id.clone()).unwrap_or_default() } else { typed };
    let hint = format!(
        "In {}; an invoice that is over it is left to you. Empty for no limit.",
        page.currency.code()
    );
    view! {
        <Panel title="Have it paid on the day it is due" id="automatic">
            <form class="form" method="post" action=action novalidate=true>
                <input type="hidden" name="what" value="on" />
                <SelectField label="Card" name="card" options=cards value=chosen error=reply.error("card") />
                <Field
                    label="Limit"
                    name="cap"
                    value=reply.value("cap")
                    inputmode="decimal"
                    autocomplete="off"
                    hint=hint
                    error=reply.error("cap")
                />
                <CheckboxField
                    label="I agree"
                    name="agreed"
                    hint=page.consent.clone()
                    checked=reply.value("agreed") == "true"
                    error=reply.error("agreed")
                />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        "Switch on"
                    </Button>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}
