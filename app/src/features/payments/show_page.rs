use domain::{
    ids::ShareLinkId,
    payments::{AllocationRow, CardForm, Confirm, PaymentPage, PaymentState, Purpose, RefundRow},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    pay_page::PAGE,
    staff::StaffForms,
    state::{StateBadge, is_refunded},
};
use crate::{
    PortalError,
    features::documents::TransferPanel,
    form::{FormReply, use_form_reply},
    layout::loaded,
    server::{answer, cx},
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Crumb, Definition, DefinitionList, Glyph, Money, PageHeader,
        Panel, Tone,
    },
};

/// Who looks at a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Somebody in the portal.
    Customer,
    /// Staff.
    Staff,
    /// Whoever has a share link.
    Link(ShareLinkId),
}

impl Side {
    /// The payment's address.
    fn address(self, page: &PaymentPage) -> String {
        let id = page.row.id;
        match self {
            Self::Customer => format!("/my/payments/{id}"),
            Self::Staff => format!("/staff/payments/{id}"),
            Self::Link(link) => format!("/shared/{link}/payments/{id}"),
        }
    }

    /// The address of one of its documents, where it has one beside this page.
    fn document(self, part: &AllocationRow) -> Option<String> {
        let AllocationRow { document, kind, .. } = part;
        match self {
            Self::Customer => Some(format!("/my/{}/{document}", kind.plural())),
            Self::Staff => Some(format!("/staff/documents/{document}")),
            Self::Link(_) => None,
        }
    }
}

/// `/my/payments/{id}`: what was paid, or what is to be done still. A plain page.
#[component]
pub fn PaymentShowPage() -> impl IntoView {
    payment(Side::Customer)
}

/// `/staff/payments/{id}`: the same for staff, with what they can do. A plain page.
#[component]
pub fn StaffPaymentPage() -> impl IntoView {
    payment(Side::Staff)
}

fn payment(side: Side) -> AnyView {
    let reply = use_form_reply().unwrap_or_default();
    let id = use_params_map().with_untracked(|params| params.get_str("id").and_then(|id| id.parse().ok()));
    loaded(
        async move {
            let id = id.ok_or(PortalError::NotFound)?;
            let cx = cx()?;
            let found = match side == Side::Staff {
                true => services::payments::get_staff_payment(&cx, id).await,
                false => services::payments::get_payment(&cx, id).await,
            };
            answer(&cx, found)
        },
        move |page| show(&page, &reply, side),
    )
}

fn show(page: &PaymentPage, reply: &FormReply, side: Side) -> AnyView {
    let row = &page.row;
    let title = format!("Payment {}", row.number);
    let is_staff = side == Side::Staff;
    let crumbs = match is_staff {
        true => vec![Crumb::link("Payments", "/staff/payments")],
        false => vec![Crumb::link("Overview", "/my"), Crumb::link("Payments", "/my/payments")],
    };
    let (state, refunded) = (row.state, is_refunded(row));
    let receipt = (state == PaymentState::Succeeded && !is_staff).then(|| {
        view! {
            <ButtonLink href=format!("/my/payments/{}/pdf?download", row.id) external=true glyph=Glyph::Download>
                "Receipt"
            </ButtonLink>
        }
    });
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
            <PageHeader
                title=title
                crumbs=crumbs
                badge=move || view! { <StateBadge state=state is_refunded=refunded /> }
            >
                {receipt}
            </PageHeader>
            {payment_view(page, reply, side)}
        </div>
    }
    .into_any()
}

/// What a payment's page says below its heading.
pub(crate) fn payment_view(page: &PaymentPage, reply: &FormReply, side: Side) -> AnyView {
    let is_staff = side == Side::Staff;
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let forms = is_staff.then(|| view! { <StaffForms page=page.clone() reply=reply.clone() /> });
    let cancel = (page.may_cancel && !is_staff).then(|| cancel(page, side));
    let transfer = page.transfer.clone().map(|transfer| view! { <TransferPanel transfer=transfer /> });
    view! {
        {problem}
        {(!is_staff).then(|| told(page, side))}
        {page.confirm.clone().filter(|_| !is_staff).map(|confirm| confirm_view(page, confirm, side))}
        {transfer}
        {facts(page, is_staff)}
        {allocations(page, side)}
        {refunds(&page.refunds, is_staff)}
        {cancel}
        {forms}
    }
    .into_any()
}

/// How it went, in a sentence.
fn told(page: &PaymentPage, side: Side) -> AnyView {
    let row = &page.row;
    let again = (!page.allocations.is_empty()).then(|| {
        let documents = page.allocations.iter().map(|part| format!("documents={}", part.document));
        format!("{PAGE}?{}", documents.collect::<Vec<_>>().join("&"))
    });
    let again = again.or_else(|| (row.purpose == Purpose::TopUp).then(|| "/my/wallet".to_owned()));
    let again = match side {
        Side::Link(link) => Some(format!("/shared/{link}/pay")),
        Side::Customer | Side::Staff => again,
    };
    match row.state {
        PaymentState::Succeeded => {
            let title = format!("Thank you: {} was received.", row.amount);
            view! { <Alert tone=Tone::Good title=title /> }.into_any()
        }
        PaymentState::Failed => {
            let why = page.failure.clone();
            view! {
                <Alert tone=Tone::Bad title="The payment failed. No money was taken.">
                    <p>{why}</p>
                    {again.map(|href| view! { <ButtonLink href=href>"Try again"</ButtonLink> })}
                </Alert>
            }
            .into_any()
        }
        PaymentState::Canceled => view! {
            <Alert tone=Tone::Info title="The payment was given up. No money was taken.">
                {again.map(|href| view! { <ButtonLink href=href>"Pay"</ButtonLink> })}
            </Alert>
        }
        .into_any(),
        PaymentState::Pending if page.transfer.is_some() => {
            let title = format!("Transfer {} from your bank.", row.amount);
            view! {
                <Alert tone=Tone::Info title=title>
                    "It counts as paid once the money has arrived, which takes a day or two."
                </Alert>
            }
            .into_any()
        }
        PaymentState::Pending if page.confirm.is_some() => ().into_any(),
        PaymentState::Pending => {
            let check = side.address(page);
            view! {
                <Alert tone=Tone::Info title="The bank is working on it.">
                    <p>"You need not wait here, and do not pay again: this page says how it went."</p>
                    <form method="post" action=check>
                        <input type="hidden" name="what" value="check" />
                        <Button submit=true>"Look again"</Button>
                    </form>
                </Alert>
            }
            .into_any()
        }
    }
}

/// The payer's bank wants to hear from them (3-D Secure).
fn confirm_view(page: &PaymentPage, confirm: Confirm, side: Side) -> AnyView {
    let (key, script) = match confirm.form {
        CardForm::Stripe { key, script, .. } => (key, script),
        CardForm::Demo => (String::new(), String::new()),
    };
    let action = side.address(page);
    view! {
        <Alert tone=Tone::Warn title="Your bank wants you to confirm this payment.">
            <form
                method="post"
                action=action
                class="confirm-payment"
                data-confirm=confirm.secret
                data-card-key=key
                data-card-script=script
            >
                <input type="hidden" name="what" value="check" />
                <Button kind=ButtonKind::Primary submit=true>
                    "Confirm with your bank"
                </Button>
                <p class="field-error" role="alert" hidden=true></p>
            </form>
        </Alert>
    }
    .into_any()
}

fn facts(page: &PaymentPage, is_staff: bool) -> impl IntoView + use<> {
    let row = page.row.clone();
    let customer = is_staff.then(|| {
        let href = format!("/staff/contacts/{}", page.entity);
        let company = row.company.clone();
        view! {
            <Definition term="Customer">
                <a href=href>{company}</a>
            </Definition>
        }
    });
    let reference = Some(page.provider_ref.clone()).filter(|reference| !reference.is_empty());
    let to_wallet = (page.to_wallet.minor > 0).then(|| {
        let amount = page.to_wallet;
        view! {
            <Definition term="Into the wallet">
                <Money amount=amount />
            </Definition>
        }
    });
    let refunded = (row.refunded.minor > 0).then(|| {
        view! {
            <Definition term="Given back">
                <Money amount=row.refunded />
            </Definition>
        }
    });
    let failure = Some(page.failure.clone()).filter(|why| is_staff && !why.is_empty());
    view! {
        <Panel title="Payment" id="payment">
            <DefinitionList>
                <Definition term="Amount">
                    <Money amount=row.amount />
                </Definition>
                <Definition term="Paid with">{row.label}</Definition>
                <Definition term="Begun">{row.at}</Definition>
                <Definition term="By">{row.payer}</Definition>
                {customer}
                {to_wallet}
                {refunded}
                {failure.map(|why| view! { <Definition term="Why it failed">{why}</Definition> })}
                {reference
                    .map(|reference| {
                        view! {
                            <Definition term="Key at the card service">
                                <span class="mono">{reference}</span>
                            </Definition>
                        }
                    })}
            </DefinitionList>
        </Panel>
    }
}

fn allocations(page: &PaymentPage, side: Side) -> Option<impl IntoView + use<>> {
    let title = if page.row.state == PaymentState::Succeeded { "What it paid" } else { "What it is for" };
    let rows = page
        .allocations
        .iter()
        .cloned()
        .map(|part| {
            let href = side.document(&part);
            let name = match href {
                Some(href) => view! { <a href=href>{part.name}</a> }.into_any(),
                None => view! { <span>{part.name}</span> }.into_any(),
            };
            view! { <li class="pay-row">{name} <Money amount=part.amount /></li> }
        })
        .collect_view();
    (!page.allocations.is_empty()).then(|| {
        view! {
            <Panel title=title id="allocations">
                <ul class="pay-list">{rows}</ul>
            </Panel>
        }
    })
}

fn refunds(refunds: &[RefundRow], is_staff: bool) -> Option<impl IntoView + use<>> {
    let rows = refunds
        .iter()
        .cloned()
        .map(|refund| {
            let state = match refund.state {
                PaymentState::Succeeded => "",
                PaymentState::Pending => " · on its way",
                PaymentState::Failed | PaymentState::Canceled => " · failed",
            };
            let by = if is_staff { format!(" · {}", refund.by) } else { String::new() };
            view! {
                <li class="pay-row">
                    <span>
                        {format!("{}{state}{by}", refund.at)} <span class="sub">{refund.reason}</span>
                    </span>
                    <Money amount=refund.amount />
                </li>
            }
        })
        .collect_view();
    (!refunds.is_empty()).then(|| {
        view! {
            <Panel title="Given back" id="refunds">
                <ul class="pay-list">{rows}</ul>
            </Panel>
        }
    })
}

fn cancel(page: &PaymentPage, side: Side) -> impl IntoView + use<> {
    let action = side.address(page);
    view! {
        <form method="post" action=action>
            <input type="hidden" name="what" value="cancel" />
            <Button kind=ButtonKind::Quiet submit=true>
                "Give this payment up"
            </Button>
        </form>
    }
}
