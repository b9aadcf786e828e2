//! What a form did, as the address says after it; or why it did not, where the page is its answer.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    form::FormReply,
    ui::{Alert, Tone},
};

/// The message above a page.
#[component]
pub(super) fn Notice(reply: FormReply) -> impl IntoView {
    if let Some(problem) = reply.problem {
        return view! { <Alert tone=Tone::Bad title=problem /> }.into_any();
    }
    if !reply.errors.is_empty() || reply.is_stale {
        return ().into_any();
    }
    let (code, count) = use_query_map().with_untracked(|query| {
        let count = |name: &str| query.get_str(name).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        (query.get("done"), [count("changed"), count("hidden"), count("ownerless")])
    });
    let [changed, hidden, ownerless] = count;
    let title = match (code.as_deref(), changed) {
        (Some("created"), _) => "The document was made. Customers see it once it is published.".to_owned(),
        (Some("saved"), _) => "Saved.".to_owned(),
        (Some("published"), 0) if ownerless == 0 => "Published already: nothing changed.".to_owned(),
        (Some("published"), 0) => "Nothing was published.".to_owned(),
        (Some("published"), 1) => "Published: the customer sees it from now on.".to_owned(),
        (Some("published"), some) => format!("{some} documents are published from now on."),
        (Some("unpublished"), 0) => "None of them was published: nothing changed.".to_owned(),
        (Some("unpublished"), 1) => "Not published any more: the customer sees it no longer.".to_owned(),
        (Some("unpublished"), some) => format!("{some} documents are not published any more."),
        _ => return ().into_any(),
    };
    let more = [
        (hidden, "hidden until they are neither drafts nor cancelled"),
        (ownerless, "left as they are, since they belong to no customer"),
    ];
    let more: Vec<String> = more
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let tone = if more.is_empty() { Tone::Good } else { Tone::Warn };
    if more.is_empty() {
        return view! { <Alert tone=tone title=title /> }.into_any();
    }
    view! { <Alert tone=tone title=title>{format!("{}.", more.join("; "))}</Alert> }.into_any()
}
