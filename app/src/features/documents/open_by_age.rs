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

/// Nothing where nothing is open, or credits outweigh it. What it shows is in the figures below.
fn bar(ages: &[Money; 5]) -> Option<AnyView> {
    let open = ages.map(|age| i128::from(age.minor.max(0)));
    let sum: i128 = open.iter().sum();
    if sum == 0 {
        return None;
    }
    let mut from = 0;
    let parts: Vec<_> = open
        .into_iter()
        .enumerate()
        .map(|(age, part)| {
            // In thousandths of the bar, which is exact enough to look at.
            let (x, width) = (from, part * 1_000 / sum);
            from += width;
            view! { <rect class=class(age) x=x.to_string() width=width.to_string() height="12" /> }
        })
        .collect();
    Some(
        view! {
            <svg class="ages-chart" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
                {parts}
            </svg>
        }
        .into_any(),
    )
}
