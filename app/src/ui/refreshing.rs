//! A list that is asked for anew while it is looked at.

use leptos::prelude::*;

/// Keeps a list in sight, but out of a click's reach, while the one that takes its place is under way: its rows are about
/// to move from under the pointer. Give `busy` to the list's `Transition`.
#[component]
pub fn Refreshing(
    /// Made by [`busy`].
    busy: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="refreshing" aria-busy=move || busy.get().then_some("true")>
            {children()}
        </div>
    }
    .into_any()
}

/// Whether a list is under way, and what its `Transition` tells that to: in browsers only, since what the server sends is
/// there.
#[must_use]
pub fn busy() -> (RwSignal<bool>, SignalSetter<bool>) {
    let busy = RwSignal::new(false);
    let told = SignalSetter::map(move |is_busy| {
        if cfg!(feature = "hydrate") {
            busy.set(is_busy);
        }
    });
    (busy, told)
}
