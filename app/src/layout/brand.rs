//! The business's mark.

use leptos::prelude::*;

use crate::session::use_session;

/// The logo, or Portico's mark where there is none; the business's name stands beside it.
#[component]
pub(crate) fn BrandMark() -> impl IntoView {
    match use_session().logo {
        Some(logo) => view! { <img class="brand-logo" src=logo alt="" /> }.into_any(),
        None => view! { <span class="brand-mark" aria-hidden="true"></span> }.into_any(),
    }
}
