//! The form's fields.

use domain::{
    FieldErrors,
    settings::{DEFAULT_ACCENT, GeneralForm},
};
use leptos::prelude::*;

use crate::ui::{CheckboxField, Field, SelectField, TextArea};

/// Who the business is, where it is, and its colour.
#[component]
pub(super) fn GeneralFields(
    form: GeneralForm,
    errors: FieldErrors,
    time_zones: Vec<String>,
    currencies: Vec<(String, String)>,
) -> impl IntoView {
    let error = move |name: &str| -> MaybeProp<String> { errors.get(name).map(str::to_owned).into() };
    let texts = form.texts().map(|(name, label, value)| (name, label, value.to_owned()));
    let text = |name: &'static str, kind: &'static str, hint: Option<&'static str>| {
        let found = texts.iter().find(|(field, ..)| *field == name);
        let (label, value) = found.map(|(_, label, value)| (*label, value.clone())).unwrap_or_default();
        let required = name == "business";
        view! {
            <Field
                label=label
                name=name
                kind=kind
                value=value
                required=required
                autocomplete="off"
                nostrip:hint=hint.map(str::to_owned)
                error=error(name)
            />
        }
    };
    let zones = time_zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    let currencies =
        currencies.into_iter().map(|(code, name)| (code.clone(), format!("{code} – {name}"))).collect();
    let colour_hint = format!(
        "As # and six digits or letters, dark enough for white text; empty for the original {DEFAULT_ACCENT}."
    );
    view! {
        <input type="hidden" name="version" value=form.version.to_string() />
        <fieldset class="field-grid">
            <legend>"Business"</legend>
            {text("business", "text", Some("On every page and in every mail."))}
            {text("support_email", "email", Some("Where customers ask for help; answers to mails go there."))}
            {text("support_phone", "tel", None)}
        </fieldset>
        <fieldset class="field-grid">
            <legend>"Legal data"</legend>
            {text("legal_name", "text", Some("At the foot of mails, with what follows."))}
            {text("registration", "text", None)} {text("vat", "text", None)}
            <div class="full">
                <TextArea
                    label="Legal address"
                    name="legal_address"
                    value=form.legal_address.clone()
                    error=error("legal_address")
                />
            </div>
        </fieldset>
        <fieldset class="field-grid">
            <legend>"Bank account"</legend>
            {text("iban", "text", Some("Customers read on open invoices how to pay to it by bank transfer."))}
            {text("bic", "text", None)}
            {text("account_holder", "text", Some("Where it is not the business by its legal name."))}
        </fieldset>
        <fieldset class="field-grid">
            <legend>"Payments"</legend>
            {text(
                "least_payment",
                "text",
                Some("In percent of an invoice’s total, such as 10; empty lets customers pay any part."),
            )}
            {text(
                "down_payment",
                "text",
                Some("In percent: who pays it confirms the quotation. Empty where orders are not paid here."),
            )}
            {text("remind_before", "text", Some("In days, such as 3; empty sends no reminder before."))}
            {text("remind_after", "text", Some("In days, such as 7, 14, 30; empty sends none after."))}
        </fieldset>
        <fieldset class="field-grid">
            <legend>"Region"</legend>
            <SelectField
                label="Time zone"
                name="time_zone"
                options=zones
                value=form.time_zone.clone()
                error=error("time_zone")
            />
            <SelectField
                label="Currency"
                name="currency"
                options=currencies
                value=form.currency.clone()
                hint="For what has no currency of its own, such as the revenue of imported leads."
                error=error("currency")
            />
        </fieldset>
        <fieldset class="field-grid">
            <legend>"Looks"</legend>
            {view! {
                <Field
                    label="Accent colour"
                    name="accent"
                    value=form.accent.clone()
                    autocomplete="off"
                    placeholder=DEFAULT_ACCENT.to_string()
                    hint=colour_hint
                    error=error("accent")
                />
            }}
        </fieldset>
        <fieldset>
            <legend>"Security"</legend>
            <CheckboxField
                label="Require two-factor of staff"
                name="require_two_factor"
                checked=form.require_two_factor
                hint="Whoever has none sets it up at the next sign-in, before anything else."
            />
        </fieldset>
    }
    .into_any()
}
