//! What is paid with: saved cards, a new one, the wallet, a transfer.

use domain::payments::{CardForm, SavedCard, Ways};
use leptos::prelude::*;

use crate::{
    form::FormReply,
    ui::{Alert, CheckboxField, RadioField, SelectField, Tone},
};

/// Where a page's script begins to take a card in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CardPlace(pub String);

impl Default for CardPlace {
    fn default() -> Self {
        Self("/my/payment-methods/setup".to_owned())
    }
}

/// The choice of what is paid with. The first one is chosen, unless the reply says what was.
#[component]
pub(crate) fn WaysFields(ways: Ways, reply: FormReply, #[prop(optional)] place: CardPlace) -> impl IntoView {
    let Ways { cards, new_card, may_save, may_save_for_company, wallet, transfer } = ways;
    let usable: Vec<SavedCard> = cards.into_iter().filter(|card| !card.is_expired).collect();
    let mut values: Vec<String> = usable.iter().map(|card| format!("card:{}", card.id)).collect();
    values.extend(wallet.map(|_| "wallet".to_owned()));
    values.extend(new_card.is_some().then(|| "new".to_owned()));
    values.extend(transfer.then(|| "transfer".to_owned()));
    if values.is_empty() {
        return view! {
            <Alert tone=Tone::Warn title="There is nothing to pay with yet">
                "The business takes no payments here. Ask how to pay."
            </Alert>
        }
        .into_any();
    }
    let typed = reply.value("way");
    let chosen = if values.contains(&typed) { typed } else { values.first().cloned().unwrap_or_default() };
    let is = |value: &str| chosen == value;
    let saved = usable
        .into_iter()
        .map(|card| {
            let value = format!("card:{}", card.id);
            let whose = if card.is_company { "your company’s, " } else { "" };
            view! {
                <RadioField
                    label=card.label
                    name="way"
                    id=format!("way-{}", card.id)
                    checked=is(&value)
                    value=value
                    hint=format!("{whose}expires {}", card.expiry)
                />
            }
        })
        .collect_view();
    let wallet = wallet.map(|there| {
        view! {
            <RadioField
                label="Wallet"
                name="way"
                id="way-wallet"
                value="wallet"
                checked=is("wallet")
                hint=format!("There is {there} in it.")
            />
        }
    });
    let new_card = new_card.map(|form| {
        view! {
            <RadioField label="New card" name="way" id="way-new" value="new" checked=is("new") />
            <div class="card-entry">
                <CardEntry form=form reply=reply.clone() place=place />
                {may_save
                    .then(|| {
                        view! {
                            <CheckboxField
                                label="Save this card for next time"
                                name="keep"
                                checked=reply.value("keep") == "true"
                            />
                        }
                    })}
                {(may_save && may_save_for_company)
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
            </div>
        }
    });
    let transfer = transfer.then(|| {
        view! {
            <RadioField
                label="Bank transfer"
                name="way"
                id="way-transfer"
                value="transfer"
                checked=is("transfer")
                hint="The next page shows the account and the reference to give."
            />
        }
    });
    let error = reply.error("way").map(|error| view! { <p class="field-error" id="way-error">{error}</p> });
    view! {
        <fieldset class="choices ways" aria-describedby=error.is_some().then_some("way-error")>
            <legend>"Pay with"</legend>
            {saved} {wallet} {new_card} {transfer}
        </fieldset>
        {error}
    }
    .into_any()
}

/// Where a card is entered: the provider's own field, or the demo's choice.
#[component]
pub(crate) fn CardEntry(
    form: CardForm,
    reply: FormReply,
    #[prop(optional)] place: CardPlace,
) -> impl IntoView {
    let error = reply.error("card");
    match form {
        CardForm::Demo => {
            let cards = vec![
                ("works".to_owned(), "Visa 4242, which works".to_owned()),
                ("declined".to_owned(), "Mastercard 0002, which is declined".to_owned()),
            ];
            view! {
                <SelectField
                    label="Card of the demo"
                    name="setup"
                    options=cards
                    value=reply.value("setup")
                    hint="This is a demo: no money moves, and no card number is asked for."
                    error=error
                />
            }
            .into_any()
        }
        CardForm::Stripe { key, script, .. } => {
            let error = error.map(|error| view! { <p class="field-error" role="alert">{error}</p> });
            view! {
                <input type="hidden" name="setup" value="" />
                <div
                    class="card-field"
                    role="group"
                    aria-label="Card number, expiry and security code"
                    data-card-key=key
                    data-card-script=script
                    data-card-setup=place.0
                ></div>
                {error}
                <p class="hint">"The card’s number goes to the card service alone: it never reaches us."</p>
                <noscript>
                    <p class="field-error">"A new card needs JavaScript. Saved cards and the other ways do not."</p>
                </noscript>
            }
            .into_any()
        }
    }
}
