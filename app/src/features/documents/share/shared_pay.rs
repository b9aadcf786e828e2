use domain::{
    ids::{PaymentId, ShareLinkId},
    payments::{PayPage, PaymentPage},
    typed_number::to_typed,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use services::payments;

use super::{
    shared_page::{address, asked, page},
    shared_shell::SharedShell,
};
use crate::{
    PortalError,
    features::payments::{CardPlace, Side, WaysFields, payment_view},
    form::{FormReply, use_form_reply},
    server::answer,
    ui::{Alert, Button, ButtonKind, ButtonLink, Field, Money, PageHeader, Panel, Tone},
};

/// `/shared/{id}/pay`: *Pay* by a link.
#[component]
pub fn SharedPayPage() -> impl IntoView {
    let (asked, reply) = (asked(), use_form_reply().unwrap_or_default());
    page(async move {
        let (cx, link, secret) = asked?;
        match answer(&cx, payments::get_shared_paying(&cx, link, &secret).await) {
            Ok(paying) => Ok(form(link, paying, reply)),
            Err(PortalError::Refused(why)) => Ok(nothing(link, why)),
            Err(error) => Err(error),
        }
    })
}

/// `/shared/{id}/payments/{payment}`: what became of a payment by a link.
#[component]
pub fn SharedPaymentPage() -> impl IntoView {
    let (asked, reply) = (asked(), use_form_reply().unwrap_or_default());
    let id = use_params_map().with_untracked(|params| params.get_str("payment")?.parse::<PaymentId>().ok());
    page(async move {
        let (cx, link, secret) = asked?;
        let id = id.ok_or(PortalError::NotFound)?;
        answer(&cx, payments::get_shared_payment(&cx, link, &secret, id).await)
            .map(|found| payment(link, found, reply))
    })
}

fn nothing(link: ShareLinkId, why: String) -> AnyView {
    crate::server::set_status(200);
    view! {
        <Title text="Pay" />
        <SharedShell>
            <PageHeader title="Pay" />
            <Alert tone=Tone::Info title=why>
                <ButtonLink href=address(link)>"Back to the document"</ButtonLink>
            </Alert>
        </SharedShell>
    }
    .into_any()
}

fn form(link: ShareLinkId, page: PayPage, reply: FormReply) -> AnyView {
    let name = page.payables.first().map(|one| one.name.clone()).unwrap_or_default();
    let heading = format!("Pay {name}");
    let decimals = page.currency.decimals();
    let typed = reply.value("amount");
    let full = to_typed(page.open.minor, decimals, usize::try_from(decimals).unwrap_or(0));
    let amount = if typed.is_empty() { full } else { typed };
    let key = Some(reply.value("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| page.key.to_string());
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let hint = format!("In {}, at least {}, at most {}.", page.currency.code(), page.least, page.open);
    let error = reply.error("amount");
    let (open, place) = (page.open, CardPlace(format!("{}/pay/setup", address(link))));
    view! {
        <Title text=heading.clone() />
        <SharedShell>
            <PageHeader title=heading />
            {problem}
            <Panel title="How it is paid" id="how">
                <form class="form pay-form" method="post" action=format!("{}/pay", address(link)) novalidate=true>
                    <input type="hidden" name="key" value=key />
                    <div class="doc-due">
                        <Money amount=open />
                        <span class="sub">"Open"</span>
                    </div>
                    <Field
                        label="Amount"
                        name="amount"
                        value=amount
                        inputmode="decimal"
                        required=true
                        autocomplete="off"
                        hint=hint
                        error=error
                    />
                    <WaysFields ways=page.ways reply=reply place=place />
                    <div class="actions">
                        <Button kind=ButtonKind::Primary submit=true>
                            "Pay"
                        </Button>
                        <ButtonLink href=address(link)>"Not now"</ButtonLink>
                    </div>
                </form>
            </Panel>
        </SharedShell>
    }
    .into_any()
}

fn payment(link: ShareLinkId, page: PaymentPage, reply: FormReply) -> AnyView {
    let heading = format!("Payment {}", page.row.number);
    let side = Side::Link(link);
    view! {
        <Title text=heading.clone() />
        <SharedShell>
            <PageHeader title=heading />
            {payment_view(&page, &reply, side)}
            <p>
                <ButtonLink href=address(link)>"Back to the document"</ButtonLink>
            </p>
        </SharedShell>
    }
    .into_any()
}
