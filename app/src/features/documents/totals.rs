//! The sums at the foot of a document.

use domain::{
    Money,
    documents::{Direction, DocumentDetails, Totals},
};
use leptos::prelude::*;

use crate::ui;

/// Untaxed, tax and total; of an invoice also what was paid and what is open.
#[component]
pub(super) fn TotalsBox(totals: Totals, details: DocumentDetails) -> impl IntoView {
    let sums = sums(totals, &details)
        .into_iter()
        .map(|(term, amount)| {
            view! {
                <div>
                    <dt>{term}</dt>
                    <dd>
                        <ui::Money amount=amount />
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="doc-totals">{sums}</dl> }.into_any()
}

fn sums(totals: Totals, details: &DocumentDetails) -> Vec<(&'static str, Money)> {
    let Totals { untaxed, tax, total, open } = totals;
    let mut sums = vec![("Untaxed amount", untaxed), ("Tax", tax)];
    let DocumentDetails::Invoice { direction, is_credit, .. } = details else {
        sums.push(("Total", total));
        return sums;
    };
    sums.push((if *is_credit { "Total credit" } else { "Total" }, total));
    let settled = Money::new(total.minor.saturating_sub(open.minor), total.currency);
    let (done, left) = match (direction, is_credit) {
        (_, true) => ("Used", "Credit left"),
        (Direction::Receivable, false) => ("Paid", "Amount due"),
        (Direction::Payable, false) => ("Paid", "To be paid"),
    };
    if settled.minor != 0 {
        sums.push((done, settled));
    }
    sums.push((left, open));
    sums
}
