//! Texts from outside, shown as text: paragraph by paragraph, line by line.

use domain::documents::{DocumentDetails, paragraphs};
use leptos::prelude::*;

/// What a document without lines is about.
pub(super) fn body_of(details: &DocumentDetails) -> String {
    match details {
        DocumentDetails::Project { description, .. }
        | DocumentDetails::Task { description, .. }
        | DocumentDetails::Ticket { description, .. }
        | DocumentDetails::Signature { description } => description.clone(),
        _ => String::new(),
    }
}

/// Terms and notes below the totals.
pub(super) fn note_of(details: &DocumentDetails) -> String {
    match details {
        DocumentDetails::Sale { note, .. } => note.clone(),
        _ => String::new(),
    }
}

/// The main text.
#[component]
pub(super) fn Body(text: String) -> impl IntoView {
    show("doc-body", &text)
}

/// The small print.
#[component]
pub(super) fn Note(text: String) -> impl IntoView {
    show("doc-text", &text)
}

fn show(class: &'static str, text: &str) -> Option<AnyView> {
    let paragraphs = paragraphs(text);
    (!paragraphs.is_empty()).then(|| {
        let paragraphs = paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
        view! { <div class=class>{paragraphs}</div> }.into_any()
    })
}
