//! Beside the paper: how much it is about, and until when.

use domain::{
    Money,
    documents::{Direction, DocumentDetails, DocumentPage, DocumentState},
    instant::display_date,
};
use leptos::prelude::*;

use crate::ui::{self, Panel};

/// The one amount that matters to the reader; nothing for kinds without money.
#[component]
pub(super) fn AmountPanel(page: DocumentPage) -> impl IntoView {
    amount_of(&page).map(|Amount { title, amount, sub }| {
        view! {
            <div class="doc-pay">
                <Panel title=title id="amount">
                    <div class="doc-due">
                        <ui::Money amount=amount />
                        {(!sub.is_empty()).then(|| view! { <span class="sub">{sub}</span> })}
                    </div>
                </Panel>
            </div>
        }
    })
}

struct Amount {
    title: &'static str,
    amount: Money,
    sub: String,
}

fn amount_of(page: &DocumentPage) -> Option<Amount> {
    let totals = page.totals?;
    let on = |words: &str, date: Option<time::Date>| {
        date.map(|date| format!("{words} {}", display_date(date))).unwrap_or_default()
    };
    let due = |amount: Money| match (amount.minor > 0, page.row.is_overdue) {
        (false, _) => "Paid in full".to_owned(),
        (true, true) => on("Was due on", page.row.due),
        (true, false) => on("Due on", page.row.due),
    };
    let (title, amount, sub) = match &page.details {
        DocumentDetails::Invoice { direction: Direction::Receivable, is_credit: false, .. } => {
            ("Amount due", totals.open, due(totals.open))
        }
        DocumentDetails::Invoice { direction: Direction::Receivable, is_credit: true, .. } => {
            ("Credit", totals.total, "In your favour".to_owned())
        }
        DocumentDetails::Invoice { direction: Direction::Payable, is_credit: false, .. } => {
            ("To be paid to you", totals.open, due(totals.open))
        }
        DocumentDetails::Invoice { direction: Direction::Payable, is_credit: true, .. } => {
            ("Credit", totals.total, "In our favour".to_owned())
        }
        DocumentDetails::Sale { valid_until, .. } if page.row.state == DocumentState::Sent => {
            ("Total", totals.total, on("Valid until", *valid_until))
        }
        DocumentDetails::Subscription { recurrence, .. } => ("Amount", totals.total, recurrence.clone()),
        _ => ("Total", totals.total, String::new()),
    };
    Some(Amount { title, amount, sub })
}
