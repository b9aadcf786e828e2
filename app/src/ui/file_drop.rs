//! Choosing files, or dropping them.

use leptos::{ev::Event, html, prelude::*};

use super::frame::{Frame, described_by};

/// A file field that fills its frame, so that files can be dropped on it; the browser shows what was chosen.
#[component]
pub fn FileDrop(
    /// The label.
    #[prop(into)]
    label: String,
    /// The form field's name.
    #[prop(into)]
    name: String,
    /// Its id, when the name is not unique on the page.
    #[prop(into, optional)]
    id: Option<String>,
    /// Which files, such as `.csv,text/csv`.
    #[prop(into, optional)]
    accept: Option<String>,
    /// More than one.
    #[prop(optional)]
    multiple: bool,
    /// Must be given.
    #[prop(optional)]
    required: bool,
    /// The longest file, in bytes: `public/upload.js` says so before it is sent.
    #[prop(optional)]
    most: Option<usize>,
    /// What to know before choosing.
    #[prop(into, optional)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: MaybeProp<String>,
    /// The element, for uploads that show their progress.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
    /// Told of each choice in the browser.
    #[prop(into, optional)]
    on_change: Option<Callback<Event>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(&id, hint.is_some(), error);
    let control = view! {
        <input
            class="file-drop"
            type="file"
            id=id.clone()
            name=name
            accept=accept
            multiple=multiple
            required=required
            data-most=most
            aria-describedby=described
            aria-invalid=move || error.get().map(|_| "true")
            node_ref=node_ref
            on:change=move |event| {
                if let Some(on_change) = on_change {
                    on_change.run(event);
                }
            }
        />
    };
    view! { <Frame id=id label=label hint=hint error=error control=control.into_any() /> }.into_any()
}
