//! Forms that the server lays out.

use domain::form::{Control, FormField, FormSection};
use leptos::prelude::*;

use super::{Field, SelectField, TextArea};
use crate::form::FormReply;

/// The fields of sections, with what was typed before and what was wrong with it.
#[component]
pub fn FormSections(
    /// The sections.
    sections: Vec<FormSection>,
    /// What the form came back with.
    reply: FormReply,
) -> impl IntoView {
    sections
        .into_iter()
        .map(|section| {
            let fields = section.fields.into_iter().map(|field| control(field, &reply)).collect_view();
            view! {
                <fieldset class="field-grid">
                    <legend>{section.legend}</legend>
                    {section.note.map(|note| view! { <p class="hint full">{note}</p> })}
                    {fields}
                </fieldset>
            }
        })
        .collect_view()
        .into_any()
}

fn control(field: FormField, reply: &FormReply) -> AnyView {
    let typed = typed(&field, reply).map(str::to_owned);
    let error = reply.error(&field.name);
    let FormField { name, label, value, control, required, hint } = field;
    match control {
        Control::Select(options) => view! {
            <SelectField
                label=label
                name=name
                options=options
                value=typed.unwrap_or(value)
                required=required
                nostrip:hint=hint
                error=error
            />
        }
        .into_any(),
        Control::Fixed => view! {
            <Field label=label name="" id=name value=value readonly=true nostrip:hint=hint error=error />
        }
        .into_any(),
        Control::Lines => view! {
            <TextArea
                label=label
                name=name
                value=typed.unwrap_or(value)
                required=required
                nostrip:hint=hint
                error=error
            />
        }
        .into_any(),
        Control::Text | Control::Date => {
            let fills = autocomplete(&name);
            let kind = match control {
                Control::Date => "date",
                _ if name == "phone" => "tel",
                _ => "text",
            };
            let keyboard = (name == "email").then_some("email");
            view! {
            <Field
                label=label
                nostrip:autocomplete=fills
                kind=kind
                nostrip:inputmode=keyboard
                name=name
                value=typed.unwrap_or(value)
                required=required
                nostrip:hint=hint
                error=error
            />
            }
            .into_any()
        }
    }
}

fn typed<'a>(field: &FormField, reply: &'a FormReply) -> Option<&'a str> {
    reply.values.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.as_str())
}

/// What browsers may fill in.
fn autocomplete(name: &str) -> Option<&'static str> {
    Some(match name {
        "name" => "name",
        "company" => "organization",
        "email" => "email",
        "phone" => "tel",
        "street" => "address-line1",
        "street2" => "address-line2",
        "zip" => "postal-code",
        "city" => "address-level2",
        "state" => "address-level1",
        _ => "off",
    })
}

/// The fields whose saved value is another one than what was typed, in words.
pub fn differences(sections: &[FormSection], reply: &FormReply) -> Vec<(String, String, String)> {
    let fields = sections.iter().flat_map(|section| &section.fields);
    let differing = fields.filter_map(|field| Some((field, typed(field, reply)?)));
    differing
        .filter(|(field, typed)| field.control != Control::Fixed && field.value.trim() != typed.trim())
        .map(|(field, typed)| {
            (field.label.clone(), field.words().to_owned(), field.words_of(typed).to_owned())
        })
        .collect()
}
