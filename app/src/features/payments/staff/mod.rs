//! What staff can do with a payment.

mod statement_page;

pub use statement_page::{BankStatementPage, ReadStatement};

use domain::{
    payments::{PaymentPage, PaymentState},
    typed_number::to_typed,
};
use leptos::prelude::*;

use crate::{
    form::FormReply,
    ui::{Button, ButtonKind, Field, Panel},
};

/// Confirm a transfer, or give it up; give money back.
#[component]
pub(super) fn StaffForms(page: PaymentPage, reply: FormReply) -> impl IntoView {
    let action = format!("/staff/payments/{}", page.row.id);
    let decimals = page.row.amount.currency.decimals();
    let shown = move |minor: i64| to_typed(minor, decimals, usize::try_from(decimals).unwrap_or(0));
    if page.row.state == PaymentState::Pending && page.may_cancel {
        let hint = format!(
            "In {}. More than was asked for goes into the customer’s wallet.",
            page.row.amount.currency.code()
        );
        return view! {
            <Panel title="The transfer" id="transfer-arrived">
                <form class="form" method="post" action=action.clone() novalidate=true>
                    <AmountField value=shown(page.row.amount.minor) hint=hint reply=reply />
                    <div class="actions">
                        <Button kind=ButtonKind::Primary submit=true name="what" value="arrived">
                            "It arrived"
                        </Button>
                        <Button submit=true name="what" value="cancel">
                            "It does not come"
                        </Button>
                    </div>
                </form>
            </Panel>
        }
        .into_any();
    }
    let Some(left) = page.refundable else { return ().into_any() };
    let key = Some(reply.value("key")).filter(|key| !key.is_empty());
    let key = key.unwrap_or_else(services::payments::new_key);
    let hint = format!("In {}, at most {left}.", left.currency.code());
    view! {
        <Panel title="Give money back" id="give-back">
            <form class="form" method="post" action=action novalidate=true>
                <p class="aside-text">
                    "It goes back to the card or into the wallet. What came by transfer, send back from your bank yourself."
                </p>
                <input type="hidden" name="what" value="refund" />
                <input type="hidden" name="key" value=key />
                <AmountField value=shown(left.minor) hint=hint reply=reply.clone() />
                <Field
                    label="Reason"
                    name="reason"
                    value=reply.value("reason")
                    autocomplete="off"
                    hint="The customer reads it."
                    error=reply.error("reason")
                />
                <div class="actions">
                    <Button kind=ButtonKind::Danger submit=true>
                        "Give back"
                    </Button>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}

#[component]
fn AmountField(value: String, hint: String, reply: FormReply) -> impl IntoView {
    let typed = reply.value("amount");
    view! {
        <Field
            label="Amount"
            name="amount"
            value=if typed.is_empty() { value } else { typed }
            inputmode="decimal"
            required=true
            autocomplete="off"
            hint=hint
            error=reply.error("amount")
        />
    }
}
