//! Beside the paper: the one figure that matters to the reader.

use domain::{
    documents::{
        Direction, DocumentDetails, DocumentPage, DocumentRow, DocumentState, Totals, display_minutes,
    },
    instant::display_date,
};
use leptos::prelude::*;
use time::Date;

use crate::ui::Panel;

/// How much is due, until when it is valid, how long it took; nothing where no figure says more than the paper.
#[component]
pub(super) fn KeyPanel(page: DocumentPage) -> impl IntoView {
    key_of(&page).map(|Key { title, figure, sub }| {
        view! {
            <div class="doc-pay">
                <Panel title=title id="key">
                    <div class="doc-due">
                        <span class="money">{figure}</span>
                        {(!sub.is_empty()).then(|| view! { <span class="sub">{sub}</span> })}
                    </div>
                </Panel>
            </div>
        }
    })
}

struct Key {
    title: &'static str,
    figure: String,
    sub: String,
}

fn key_of(page: &DocumentPage) -> Option<Key> {
    let row = &page.row;
    let key = |title, figure: String, sub: String| Some(Key { title, figure, sub });
    match (&page.details, page.totals) {
        (DocumentDetails::Invoice { direction, is_credit, .. }, Some(totals)) => {
            invoice(row, *direction, *is_credit, totals)
        }
        (DocumentDetails::Sale { valid_until, .. }, Some(totals)) if row.state == DocumentState::Sent => {
            key("Total", totals.total.to_string(), on("Valid until", *valid_until))
        }
        (DocumentDetails::Subscription { recurrence, .. }, Some(totals)) => {
            key("Amount", totals.total.to_string(), recurrence.clone())
        }
        (DocumentDetails::Project { starts_on, ends_on, .. }, _) => {
            let ends = ends_on.or(row.due)?;
            key("Ends on", display_date(ends), on("Starts on", starts_on.or(row.dated)))
        }
        (DocumentDetails::Task { allocated_minutes, spent_minutes, .. }, _) => {
            let planned = match *allocated_minutes {
                0 => String::new(),
                minutes => format!("of {} planned", display_minutes(minutes)),
            };
            if *spent_minutes == 0 && planned.is_empty() {
                return None;
            }
            key("Time spent", display_minutes(*spent_minutes), planned)
        }
        (DocumentDetails::Timesheet { minutes, .. }, _) => {
            key("Time", display_minutes(*minutes), on("On", row.dated))
        }
        (DocumentDetails::Lead { stage, .. }, _) if !stage.is_empty() => {
            key("Stage", stage.clone(), on("Since", row.dated))
        }
        (DocumentDetails::Signature { .. }, _) if row.state == DocumentState::Sent => {
            key("Sign until", display_date(row.due?), on("Sent on", row.dated))
        }
        (DocumentDetails::Ticket { .. }, _) => key("Opened on", display_date(row.dated?), String::new()),
        (_, Some(totals)) => key("Total", totals.total.to_string(), String::new()),
        (_, None) => None,
    }
}

fn invoice(row: &DocumentRow, direction: Direction, is_credit: bool, totals: Totals) -> Option<Key> {
    let is_open = totals.open.minor != 0;
    if is_credit {
        let (amount, sub) = match (is_open, direction) {
            (false, _) => (totals.total, "Used up"),
            (true, Direction::Receivable) => (totals.open, "In your favour"),
            (true, Direction::Payable) => (totals.open, "In our favour"),
        };
        return Some(Key { title: "Credit", figure: amount.to_string(), sub: sub.to_owned() });
    }
    let title = match direction {
        Direction::Receivable => "Amount due",
        Direction::Payable => "To be paid to you",
    };
    let sub = match (is_open, row.is_overdue) {
        (false, _) => "Paid in full".to_owned(),
        (true, true) => on("Was due on", row.due),
        (true, false) => on("Due on", row.due),
    };
    Some(Key { title, figure: totals.open.to_string(), sub })
}

fn on(words: &str, date: Option<Date>) -> String {
    date.map(|date| format!("{words} {}", display_date(date))).unwrap_or_default()
}
