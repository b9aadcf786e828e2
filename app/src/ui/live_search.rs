//! Searching while somebody types.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// How long after a key the search starts.
const PAUSE: Duration = Duration::from_millis(200);

/// Puts what is typed into the address after a pause, which shows the result; *back* leads to where one was.
/// `href` makes the address from what is typed; `None` where there is no list to search any more.
pub fn live_search(
    href: impl Fn(String) -> Option<String> + Clone + Send + Sync + 'static,
) -> Callback<String> {
    let navigate = use_navigate();
    let pending = StoredValue::new(None::<TimeoutHandle>);
    // Whoever opened a row meanwhile stays there.
    on_cleanup(move || {
        if let Some(Some(pending)) = pending.try_get_value() {
            pending.clear();
        }
    });
    Callback::new(move |typed: String| {
        if let Some(pending) = pending.get_value() {
            pending.clear();
        }
        let (navigate, href) = (navigate.clone(), href.clone());
        let go = move || {
            let Some(href) = href(typed.clone()) else { return };
            navigate(&href, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        };
        pending.set_value(set_timeout_with_handle(go, PAUSE).ok());
    })
}
