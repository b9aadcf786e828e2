//! What there is to know of a document besides its lines and texts.

use domain::{
    documents::{
        DocumentDetails, DocumentKind, DocumentPage, DocumentState, LinkedDocument, display_minutes,
    },
    instant::display_date,
};
use leptos::prelude::*;
use time::Date;

use super::href;

/// What Odoo calls the priority of a task that has none.
const USUAL_PRIORITY: &str = "Low priority";

/// A name and its value.
pub(super) struct Fact {
    pub(super) term: &'static str,
    pub(super) value: AnyView,
}

/// What is known, in the order of reading; what is not known is left out.
pub(super) fn facts(page: &DocumentPage) -> Vec<Fact> {
    let row = &page.row;
    let known = match &page.details {
        DocumentDetails::Lead { stage, contact_name, email, .. } => vec![
            text("Stage", stage),
            text("Contact", contact_name),
            text("Email", email),
            date("Since", row.dated),
        ],
        DocumentDetails::Sale { salesperson, valid_until, customer_reference, .. } => vec![
            date("Date", row.dated),
            date("Valid until", valid_until.or(row.due).filter(|_| row.state == DocumentState::Sent)),
            text("Your reference", customer_reference),
            text("Salesperson", salesperson),
        ],
        DocumentDetails::Purchase { planned_on } => {
            vec![date("Date", row.dated), date("Expected", planned_on.or(row.due))]
        }
        DocumentDetails::Invoice { payment_state, reference, origin, .. } => vec![
            date("Date", row.dated),
            date("Due", row.due.filter(|_| !row.is_credit)),
            text("Reference", reference),
            text("Source", origin),
            // What the customer owes has a badge that says the same.
            text("Payment", payment_state).filter(|_| row.open.is_none() && !row.is_credit),
        ],
        DocumentDetails::Project { manager, starts_on, ends_on, .. } => vec![
            text("Manager", manager),
            date("Starts", starts_on.or(row.dated)),
            date("Ends", ends_on.or(row.due)),
        ],
        DocumentDetails::Task { stage, assignees, priority, allocated_minutes, spent_minutes, .. } => vec![
            parent(page.parent.as_ref()),
            text("Stage", stage),
            text("Assignees", assignees),
            text("Priority", priority).filter(|_| !priority.eq_ignore_ascii_case(USUAL_PRIORITY)),
            date("Deadline", row.due),
            minutes("Planned", *allocated_minutes),
            minutes("Spent", *spent_minutes),
        ],
        DocumentDetails::Timesheet { employee, minutes } => vec![
            date("Date", row.dated),
            text("Employee", employee),
            fact("Time", display_minutes(*minutes)),
            parent(page.parent.as_ref()),
        ],
        DocumentDetails::Ticket { priority, .. } => {
            vec![text("Priority", priority), date("Opened", row.dated)]
        }
        DocumentDetails::Signature { .. } => vec![date("Sent", row.dated), date("Sign until", row.due)],
        DocumentDetails::Subscription { recurrence, next_invoice_on } => vec![
            text("Recurrence", recurrence),
            date("Since", row.dated),
            date("Next invoice", next_invoice_on.or(row.due)),
        ],
    };
    known.into_iter().flatten().collect()
}

fn fact(term: &'static str, value: impl IntoAny) -> Option<Fact> {
    Some(Fact { term, value: value.into_any() })
}

fn text(term: &'static str, value: &str) -> Option<Fact> {
    let value = value.trim();
    if value.is_empty() { None } else { fact(term, value.to_owned()) }
}

fn date(term: &'static str, value: Option<Date>) -> Option<Fact> {
    value.and_then(|value| fact(term, display_date(value)))
}

fn minutes(term: &'static str, value: i64) -> Option<Fact> {
    if value == 0 { None } else { fact(term, display_minutes(value)) }
}

/// The project or task above, as a link.
fn parent(parent: Option<&LinkedDocument>) -> Option<Fact> {
    let LinkedDocument { id, kind, name, .. } = parent?.clone();
    let term = if kind == DocumentKind::Task { "Task" } else { "Project" };
    fact(term, view! { <a href=href(kind, id)>{name}</a> })
}
