use domain::users::{Join, UserFilter};
use leptos::prelude::*;

use super::{LIST, to_href};
use crate::ui::{Glyph, Icon};

/// The filters that are on, each with a link that takes it off.
#[component]
pub(super) fn Chips(filter: UserFilter) -> impl IntoView {
    let quick = filter.quick.iter().map(|quick| (quick.label().to_owned(), to_href(&filter.toggled(*quick))));
    let own = filter.conditions.iter().enumerate().map(|(index, condition)| {
        let joint = match filter.join {
            Join::Any if index > 0 => "or ",
            _ => "",
        };
        (format!("{joint}{}", condition.describe()), to_href(&filter.without(index)))
    });
    let mut chips: Vec<(String, String)> = Vec::new();
    for chip in quick.chain(own) {
        // The same condition twice is one to read.
        if !chips.iter().any(|(text, _)| *text == chip.0) {
            chips.push(chip);
        }
    }
    if chips.is_empty() {
        return ().into_any();
    }
    let count = chips.len();
    let chips = chips
        .into_iter()
        .map(|(text, href)| {
            let remove = format!("Remove filter: {text}");
            view! {
                <li class="chip">
                    {text}
                    <a href=href aria-label=remove.clone() title=remove>
                        <Icon glyph=Glyph::Close />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="chips" aria-label="Filters that are on">
            {chips}
            {(count > 1).then(|| view! { <li><a href=LIST>"Clear filters"</a></li> })}
        </ul>
    }
    .into_any()
}
