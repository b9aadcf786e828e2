use domain::{
    ids::DocumentId,
    payments::{PayPage as Paying, Payable},
    typed_number::to_typed,
};
use leptos::prelude::*;
use leptos_meta::Title;

use super::ways::WaysFields;
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::loaded,
    server::{answer, cx},
    ui::{
        Alert, Button, ButtonKind, ButtonLink, CheckboxField, Crumb, EmptyState, Field, Glyph, Money,
        PageHeader, Panel, Tone,
    },
};

/// Where documents are paid.
pub(crate) const PAGE: &str = "/my/pay";

/// `/my/pay`: one document or several, in full or in part. A plain page.
#[component]
pub fn PayPage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    let chosen = chosen(&reply);
    loaded(
        async move {
            let cx = cx()?;
            match answer(&cx, services::payments::get_paying(&cx, &chosen).await) {
                Err(PortalError::Refused(why)) => Ok(Err(why)),
                found => found.map(Ok),
            }
        },
        move |page| match page {
            Ok(page) => show(page, reply),
            Err(why) => nothing(&why),
        },
    )
}

/// What the address or the form names: `documents`, as often as there are some.
fn chosen(reply: &FormReply) -> Vec<DocumentId> {
    let typed = reply.values.iter().filter(|(name, _)| name == "documents").map(|(_, value)| value.clone());
    let typed: Vec<String> = typed.collect();
    let query = use_context::<http::request::Parts>()
        .and_then(|parts| parts.uri.query().map(str::to_owned))
        .unwrap_or_default();
    let named = query.split('&').filter_map(|pair| pair.strip_prefix("documents=")).map(str::to_owned);
    let all: Vec<String> = if typed.is_empty() { named.collect() } else { typed };
    all.iter().filter_map(|id| id.parse().ok()).collect()
}

fn nothing(why: &str) -> AnyView {
    crate::server::set_status(200);
    view! {
        <Title text="Pay" />
        <div class="page narrow">
            <PageHeader title="Pay" crumbs=vec![Crumb::link("Overview", "/my")] />
            <div class="card">
                <EmptyState title="There is nothing to pay here" text=why.to_owned() glyph=Glyph::CheckCircle>
                    <ButtonLink href="/my/payments">"Your payments"</ButtonLink>
                </EmptyState>
            </div>
        </div>
    }
    .into_any()
}

fn show(page: Paying, reply: FormReply) -> AnyView {
    let single = match page.payables.as_slice() {
        [one] if one.hindrance.is_none() => Some(one.clone()),
        _ => None,
    };
    let mut chosen = page.payables.iter().filter(|payable| payable.is_chosen);
    let title = match (chosen.next(), chosen.next()) {
        (Some(one), None) => format!("Pay {}", one.name),
        _ => "Pay".to_owned(),
    };
    let decimals = page.currency.decimals();
    let typed = reply.value("amount");
    let full = to_typed(page.open.minor, decimals, usize::try_from(decimals).unwrap_or(0));
    let amount = if typed.is_empty() { full } else { typed };
    let key = Some(reply.value("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| page.key.to_string());
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let code = page.currency.code();
    let least =
        (page.least.minor > 1 && page.least != page.open).then(|| format!(" At least {}.", page.least));
    let hint = match single.is_some() {
        true => {
            format!("In {code}, at most {}. Less pays a part of it.{}", page.open, least.unwrap_or_default())
        }
        false => {
            format!("In {code}. Less than is open pays the first ones first.{}", least.unwrap_or_default())
        }
    };
    let has_way = has_way(&page);
    let elsewhere = elsewhere(&page);
    let amount_error = reply.error("amount");
    let what = match single {
        Some(one) => one_view(&one).into_any(),
        None => several(&page, &reply),
    };
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
            <PageHeader title=title crumbs=vec![Crumb::link("Overview", "/my")] />
            {problem}
            <form class="pay-form" method="post" action=PAGE novalidate=true data-decimals=decimals.to_string()>
                <input type="hidden" name="key" value=key />
                <Panel title="What is paid" id="what">
                    {what}
                </Panel>
                <Panel title="How it is paid" id="how">
                    <div class="form">
                        <Field
                            label="Amount"
                            name="amount"
                            value=amount
                            inputmode="decimal"
                            required=true
                            autocomplete="off"
                            hint=hint
                            error=amount_error
                        />
                        <WaysFields ways=page.ways reply=reply />
                        <div class="actions">
                            {has_way
                                .then(|| {
                                    view! {
                                        <Button kind=ButtonKind::Primary submit=true>
                                            "Pay"
                                        </Button>
                                    }
                                })}
                            <ButtonLink href="/my">"Not now"</ButtonLink>
                        </div>
                    </div>
                </Panel>
            </form>
            {elsewhere}
        </div>
    }
    .into_any()
}

fn has_way(page: &Paying) -> bool {
    let ways = &page.ways;
    ways.wallet.is_some()
        || ways.transfer
        || ways.new_card.is_some()
        || ways.cards.iter().any(|card| !card.is_expired)
}

fn one_view(one: &Payable) -> impl IntoView + use<> {
    let due = Some(one.due.clone()).filter(|due| !due.is_empty());
    view! {
        <input type="hidden" name="documents" value=one.id.to_string() />
        <div class="doc-due">
            <Money amount=one.open />
            <span class="sub">{due.unwrap_or_else(|| "Open".to_owned())}</span>
        </div>
    }
}

fn several(page: &Paying, reply: &FormReply) -> AnyView {
    let rows = page
        .payables
        .iter()
        .map(|payable| {
            let open = payable.open;
            let hint = [payable.due.clone(), payable.hindrance.clone().unwrap_or_default()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            let class = if payable.is_overdue { "pay-row overdue" } else { "pay-row" };
            view! {
                <li class=class data-open=open.minor.to_string()>
                    <CheckboxField
                        label=payable.name.clone()
                        name="documents"
                        id=format!("document-{}", payable.id)
                        value=payable.id.to_string()
                        checked=payable.is_chosen
                        disabled=Signal::stored(payable.hindrance.is_some())
                        hint=hint
                    />
                    <Money amount=open />
                </li>
            }
        })
        .collect_view();
    let error = reply
        .error("documents")
        .map(|error| view! { <p class="field-error" id="documents-error" role="alert">{error}</p> });
    view! {
        <ul class="pay-list">{rows}</ul>
        {error}
        <p class="pay-update">
            <button class="button small" type="submit" formmethod="get" formaction=PAGE formnovalidate=true>
                "Take over the choice"
            </button>
        </p>
    }
    .into_any()
}

/// What only another payment can be for.
fn elsewhere(page: &Paying) -> Option<impl IntoView + use<>> {
    let links = page
        .elsewhere
        .iter()
        .map(|(id, words)| {
            let href = format!("{PAGE}?documents={id}");
            let label = format!("Pay {words}");
            view! { <li><a href=href>{label}</a></li> }
        })
        .collect_view();
    (!page.elsewhere.is_empty()).then(|| {
        view! {
            <Panel title="By another payment" id="elsewhere">
                <p class="aside-text">"Other currencies and other companies are paid separately."</p>
                <ul class="plain-list">{links}</ul>
            </Panel>
        }
    })
}
