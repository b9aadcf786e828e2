//! What all fields share: label above, hint and error below, tied to the control.

use leptos::prelude::*;

/// The ids that a control's `aria-describedby` names.
pub(super) fn described_by(
    id: &str,
    hint: bool,
    error: MaybeProp<String>,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + use<> {
    let hint = hint.then(|| format!("{id}-hint"));
    let wrong = format!("{id}-error");
    move || {
        let error = error.with(|error| error.is_some().then(|| wrong.clone()));
        let ids: Vec<_> = error.into_iter().chain(hint.clone()).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The text below a control that says what is wrong with it.
#[component]
pub(super) fn FieldError(id: String, error: MaybeProp<String>) -> impl IntoView {
    let text = move || {
        let id = format!("{id}-error");
        error.get().map(|error| view! { <p class="field-error" id=id>{error}</p> })
    };
    text.into_any()
}

/// Puts label, hint and error around a control.
#[component]
pub(super) fn Frame(
    id: String,
    label: String,
    #[prop(optional)] label_hidden: bool,
    hint: Option<String>,
    error: MaybeProp<String>,
    control: AnyView,
) -> impl IntoView {
    let class = if label_hidden { "visually-hidden" } else { "label" };
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class=class for=id.clone()>{label}</label>
            {control}
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <FieldError id=id error=error />
        </div>
    }
    .into_any()
}
