use domain::{contacts::ContactForm, ids::ContactId};
use leptos::prelude::*;

use crate::ui::{Field, SelectField, TextArea};

/// A contact's fields, and the version that they change. `error` tells what is wrong with each.
pub(super) fn contact_fields<F: Fn(&'static str) -> MaybeProp<String>>(
    form: &ContactForm,
    version: RwSignal<i64>,
    companies: &[(ContactId, String)],
    error: F,
) -> impl IntoView + use<F> {
    let text = |label: &'static str, name: &'static str, value: &str, kind: &'static str| {
        view! { <Field label=label name=name kind=kind value=value.to_owned() autocomplete="off" error=error(name) /> }
    };
    let kinds = [("person", "Person"), ("company", "Company")];
    let kinds = kinds.map(|(value, label)| (value.to_owned(), label.to_owned())).into();
    let mut parents = vec![(String::new(), "None".to_owned())];
    parents.extend(companies.iter().map(|(id, name)| (id.to_string(), name.clone())));
    let kind = if form.kind.is_empty() { "person".to_owned() } else { form.kind.clone() };
    view! {
        <input type="hidden" name="version" value=move || version.get().to_string() />
        <fieldset class="field-grid">
            <legend>"Identity"</legend>
            <Field
                label="Name"
                name="name"
                value=form.name.clone()
                required=true
                autocomplete="off"
                error=error("name")
            />
            <SelectField label="Kind" name="kind" options=kinds value=kind error=error("kind") />
            <SelectField label="Company" name="parent" options=parents value=form.parent.clone() error=error("parent") />
            {text("Reference", "reference", &form.reference, "text")}
            {text("VAT number", "vat", &form.vat, "text")}
        </fieldset>
        <fieldset class="field-grid">
            <legend>"Reach"</legend>
            // Not type=email: books hold addresses that are none, and they may be kept.
            {text("Email", "email", &form.email, "text")} {text("Phone", "phone", &form.phone, "tel")}
            {text("Website", "website", &form.website, "text")}
        </fieldset>
        <fieldset class="field-grid">
            <legend>"Address"</legend>
            {text("Street", "street", &form.street, "text")}
            {text("Second address line", "street2", &form.street2, "text")}
            {text("Postal code", "zip", &form.zip, "text")} {text("City", "city", &form.city, "text")}
            {text("State or province", "state", &form.state, "text")}
            {text("Country code", "country", &form.country, "text")}
        </fieldset>
        <TextArea
            label="Comment"
            name="comment"
            value=form.comment.clone()
            hint="Only staff see it."
            error=error("comment")
        />
    }
}
