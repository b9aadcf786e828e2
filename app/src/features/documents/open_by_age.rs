//! How old what is open is.

use domain::{
    Money,
    documents::{Age, Ages},
};
use leptos::prelude::*;

use crate::ui;

/// What is open in one currency: a bar with a part for each age, and the figures.
#[component]
pub(crate) fn OpenByAge(ages: Ages) -> impl IntoView {
    let figures = Age::ALL
        .into_iter()
        .zip(ages.0)
        .enumerate()
        .map(|(place, (age, amount))| {
            let class = if amount.minor == 0 { "none".to_owned() } else { class(place) };
            view! {
                <div class=class>
                    <dt>{age.label()}</dt>
                    <dd>
                        <ui::Money amount=amount />
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        {bar(&ages.0)}
        <dl class="ages">{figures}</dl>
    }
    .into_any()
}

/// The colour of an age.
fn class(age: usize) -> String {
    format!("age-{age}")
}

/// Nothing where nothing is open, or credits outweigh it. What it shows is in the figures below. It is as wide as the sum in
/// minor units: browsers divide.
fn bar(ages: &[Money; 5]) -> Option<AnyView> {
    let open = ages.map(|age| age.minor.max(0));
    let sum = open.into_iter().fold(0, i64::saturating_add);
    if sum == 0 {
        return None;
    }
    let mut from = 0_i64;
    let parts: Vec<_> = open
        .into_iter()
        .enumerate()
        .map(|(age, width)| {
            let x = from;
            from = from.saturating_add(width);
            view! { <rect class=class(age) x=x.to_string() width=width.to_string() height="1" /> }
        })
        .collect();
    let size = format!("0 0 {sum} 1");
    Some(
        view! {
            <svg class="ages-chart" viewBox=size preserveAspectRatio="none" aria-hidden="true">
                {parts}
            </svg>
        }
        .into_any(),
    )
}
