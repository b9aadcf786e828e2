use domain::wallet::{TopUp, WalletEntry, WalletPage as Wallet};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    features::payments::WaysFields,
    form::{FormReply, use_form_reply},
    layout::loaded,
    server::{answer, cx},
    ui::{
        self, Alert, Button, ButtonKind, Cell, CellKind, Column, Crumb, EmptyState, Field, Glyph, PageHeader,
        Panel, Row, Table, Tone,
    },
};

/// Where the wallet is.
const PAGE: &str = "/my/wallet";

/// `/my/wallet`: what is in it, what came and went, and how money is put in. A plain page.
#[component]
pub fn WalletPage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    loaded(
        async {
            let cx = cx()?;
            answer(&cx, services::wallet::get_wallet(&cx).await)
        },
        move |page| show(page, reply),
    )
}

fn show(page: Wallet, reply: FormReply) -> AnyView {
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let balances = page
        .balances
        .iter()
        .map(|balance| {
            let balance = *balance;
            view! {
                <div>
                    <dt>{format!("Balance in {}", balance.currency.code())}</dt>
                    <dd>
                        <ui::Money amount=balance />
                    </dd>
                </div>
            }
        })
        .collect_view();
    let more = page.has_more.then(|| view! { <p class="muted">"These are the newest 100."</p> });
    let entries = match page.entries.is_empty() {
        true => view! {
            <EmptyState
                title="Nothing happened yet"
                text="What you put in, what is paid with it, and what was paid beyond an invoice appears here."
                glyph=Glyph::List
            />
        }
        .into_any(),
        false => table(page.entries),
    };
    let top_up = page.top_up.map(|top_up| top_up_view(top_up, reply));
    view! {
        <Title text="Wallet" />
        <div class="page narrow">
            <PageHeader
                title="Wallet"
                subtitle="Money that you have with us, to pay invoices and orders with."
                crumbs=vec![Crumb::link("Overview", "/my")]
            />
            {problem}
            <dl class="statement-sums">{balances}</dl>
            {top_up}
            <Panel title="What came and went" id="entries" flush=true>
                {entries}
                {more}
            </Panel>
        </div>
    }
    .into_any()
}

fn top_up_view(top_up: TopUp, reply: FormReply) -> impl IntoView {
    let key = Some(reply.value("key")).filter(|key| !key.is_empty());
    let key = key.unwrap_or_else(|| top_up.key.to_string());
    let hint = format!("In {}, from {} to {}.", top_up.least.currency.code(), top_up.least, top_up.most);
    view! {
        <Panel title="Add funds" id="add-funds">
            <form class="form pay-form" method="post" action=PAGE novalidate=true>
                <input type="hidden" name="key" value=key />
                <Field
                    label="Amount"
                    name="amount"
                    value=reply.value("amount")
                    inputmode="decimal"
                    required=true
                    autocomplete="off"
                    hint=hint
                    error=reply.error("amount")
                />
                <WaysFields ways=top_up.ways reply=reply />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        "Add to wallet"
                    </Button>
                </div>
            </form>
        </Panel>
    }
}

fn table(entries: Vec<WalletEntry>) -> AnyView {
    let columns =
        vec![Column::new("What"), Column::new("When"), Column::end("Amount"), Column::end("Balance")];
    let rows = entries
        .into_iter()
        .map(|entry| {
            let payment = entry.payment.map(|(id, number)| {
                let href = format!("/my/payments/{id}");
                view! {
                    <span class="sub">
                        <a href=href>{format!("Payment {number}")}</a>
                    </span>
                }
            });
            view! {
                <Row>
                    <Cell kind=CellKind::Title>{entry.kind.label()} {payment}</Cell>
                    <Cell label="When">{entry.at}</Cell>
                    <Cell kind=CellKind::Figure label="Amount">
                        <ui::Money amount=entry.amount />
                    </Cell>
                    <Cell kind=CellKind::Figure label="Balance">
                        <ui::Money amount=entry.balance />
                    </Cell>
                </Row>
            }
        })
        .collect_view();
    view! { <Table label="Wallet entries" columns=columns class="doc-list">{rows}</Table> }.into_any()
}
