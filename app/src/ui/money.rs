//! Amounts that line up.

use leptos::prelude::*;

/// An amount of money in figures of equal width.
#[component]
pub fn Money(
    /// The amount.
    amount: domain::Money,
) -> impl IntoView {
    view! { <span class="money">{amount.to_string()}</span> }.into_any()
}
