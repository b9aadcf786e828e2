//! What a document's fields hold, as people type it.

use domain::{
    Currency,
    date::to_iso,
    documents::{Direction, DocumentDetails, TypedLine},
    typed_number::to_typed,
};
use entities::document_line;
use time::Date;

use crate::documents::write::Content;

/// Values by the names of their fields.
#[derive(Debug, Default)]
pub(crate) struct Values(Vec<(&'static str, String)>);

impl Values {
    /// The value of a field.
    pub(crate) fn get(&self, name: &str) -> String {
        self.0.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn put(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.push((name, value.into()));
    }

    fn put_day(&mut self, name: &'static str, day: Option<Date>) {
        self.put(name, day.map(to_iso).unwrap_or_default());
    }

    /// Of a new document.
    pub(super) fn new(currency: Currency, today: Date) -> Self {
        let mut values = Self::default();
        values.put("currency", currency.code());
        values.put_day("dated_on", Some(today));
        values
    }

    /// Of a document; `counted` is the sum of its lines.
    pub(crate) fn of(content: &Content, counted: i64) -> Self {
        let mut values = Self::default();
        values.put("number", content.number.clone());
        values.put("title", content.title.clone());
        values.put("state", content.state.code());
        values.put_day("dated_on", content.dated_on);
        values.put_day("due_on", content.due_on);
        if let Some(currency) = content.currency {
            let money = |minor: Option<i64>| minor.map(|minor| amount(minor, currency)).unwrap_or_default();
            values.put("currency", currency.code());
            values.put("untaxed", money(content.untaxed.filter(|untaxed| *untaxed != counted)));
            values.put("tax", money(content.tax.filter(|tax| *tax != 0)));
            let paid = content.total.zip(content.residual).map(|(total, open)| total.saturating_sub(open));
            values.put("paid", money(paid.filter(|paid| *paid != 0)));
        }
        values.put_details(&content.details, content.currency);
        values
    }

    fn put_details(&mut self, details: &DocumentDetails, currency: Option<Currency>) {
        match details {
            DocumentDetails::Lead {
                is_opportunity,
                stage,
                contact_name,
                email,
                salesperson,
                expected_revenue,
                probability,
            } => {
                self.put("type", if *is_opportunity { "opportunity" } else { "lead" });
                self.put("stage", stage);
                self.put("contact_name", contact_name);
                self.put("email", email);
                self.put("salesperson", salesperson.0.clone().unwrap_or_default());
                let revenue = expected_revenue.0.zip(currency);
                let revenue = revenue.map(|(minor, currency)| amount(minor, currency));
                self.put("expected_revenue", revenue.unwrap_or_default());
                let probability = probability.0.map(|share| to_typed(share, 2, 0));
                self.put("probability", probability.unwrap_or_default());
            }
            DocumentDetails::Sale { salesperson, valid_until: _, customer_reference, note } => {
                self.put("salesperson", salesperson);
                self.put("customer_reference", customer_reference);
                self.put("note", note);
            }
            DocumentDetails::Purchase { planned_on: _ } => {}
            DocumentDetails::Invoice { direction, is_credit, payment_state, reference, origin } => {
                self.put("type", invoice_type(*direction, *is_credit));
                self.put("payment_state", payment_state);
                self.put("reference", reference);
                self.put("origin", origin);
            }
            DocumentDetails::Project { manager, starts_on: _, ends_on: _, description } => {
                self.put("manager", manager);
                self.put("description", description);
            }
            DocumentDetails::Task {
                stage,
                assignees,
                priority,
                allocated_minutes,
                spent_minutes,
                description,
            } => {
                self.put("stage", stage);
                self.put("assignees", assignees);
                self.put("priority", priority);
                self.put("allocated", hours(*allocated_minutes));
                self.put("spent", hours(*spent_minutes));
                self.put("description", description);
            }
            DocumentDetails::Timesheet { employee, minutes } => {
                self.put("employee", employee);
                self.put("spent", hours(*minutes));
            }
            DocumentDetails::Ticket { priority, description } => {
                self.put("priority", priority);
                self.put("description", description);
            }
            DocumentDetails::Signature { description } => self.put("description", description),
            DocumentDetails::Subscription { recurrence, next_invoice_on: _ } => {
                self.put("recurrence", recurrence);
            }
        }
    }
}

/// The word of an invoice's type.
pub(super) fn invoice_type(direction: Direction, is_credit: bool) -> &'static str {
    match (direction, is_credit) {
        (Direction::Receivable, false) => "invoice",
        (Direction::Receivable, true) => "credit-note",
        (Direction::Payable, false) => "bill",
        (Direction::Payable, true) => "vendor-credit-note",
    }
}

/// A stored line as it is typed.
pub(super) fn typed_line(line: &document_line::Model, currency: Currency) -> TypedLine {
    let is_remark = line.quantity == 0 && line.unit_price == 0 && line.subtotal == 0;
    TypedLine {
        description: line.description.clone(),
        quantity: if is_remark { String::new() } else { to_typed(line.quantity, 3, 0) },
        price: if is_remark { String::new() } else { amount(line.unit_price, currency) },
        discount: if line.discount == 0 { String::new() } else { to_typed(line.discount, 2, 0) },
    }
}

pub(super) fn amount(minor: i64, currency: Currency) -> String {
    let decimals = currency.decimals();
    to_typed(minor, decimals, usize::try_from(decimals).unwrap_or(2))
}

/// Minutes as hours and minutes: `1:30`.
fn hours(minutes: i64) -> String {
    if minutes == 0 {
        return String::new();
    }
    let sign = if minutes < 0 { "-" } else { "" };
    let absolute = minutes.unsigned_abs();
    format!("{sign}{}:{:02}", absolute / 60, absolute % 60)
}
