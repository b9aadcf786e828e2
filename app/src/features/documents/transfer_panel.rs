//! Beside an open invoice: how to pay it from a bank.

use domain::payments::BankTransfer;
use leptos::prelude::*;

use crate::ui::{Definition, DefinitionList, Panel};

/// Account, amount and reference, and the same as a picture that banks' apps read.
#[component]
pub(crate) fn TransferPanel(transfer: BankTransfer) -> impl IntoView {
    let BankTransfer { amount, holder, iban, bic, reference, image } = transfer;
    let image = image.map(|image| {
        view! {
            <p class="auth-qr">
                <img src=image alt="QR code of this transfer, for your bank’s app" width="160" height="160" />
            </p>
        }
    });
    let bic = (!bic.is_empty())
        .then(|| view! { <Definition term="BIC"><span class="mono">{bic}</span></Definition> });
    view! {
        <Panel title="Pay by bank transfer" id="transfer">
            <div class="stack">
                {image}
                <DefinitionList>
                    <Definition term="Amount">{amount.to_string()}</Definition>
                    <Definition term="To">{holder}</Definition>
                    <Definition term="IBAN">
                        <span class="mono">{iban}</span>
                    </Definition>
                    {bic}
                    <Definition term="Reference">
                        <span class="mono">{reference}</span>
                    </Definition>
                </DefinitionList>
                <p class="aside-text">"Give exactly this reference, so that your payment is found."</p>
            </div>
        </Panel>
    }
    .into_any()
}
