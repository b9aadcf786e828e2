//! What only one kind of document has.

use serde::{Deserialize, Serialize};
use time::Date;

use super::DocumentState;

/// Something that customers never get to see. Leaves the server only towards staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffOnly<T>(pub Option<T>);

impl<T> Default for StaffOnly<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// Who owes whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// The customer owes us.
    Receivable,
    /// We owe the contact.
    Payable,
}

/// The fields of one kind. Instants and dates that lists sort by are columns of the document itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields' names say what they hold")]
pub enum DocumentDetails {
    Lead {
        is_opportunity: bool,
        stage: String,
        contact_name: String,
        email: String,
        salesperson: StaffOnly<String>,
        /// Minor units of the document's currency.
        expected_revenue: StaffOnly<i64>,
        /// In hundredths of a percent.
        probability: StaffOnly<i64>,
    },
    Sale {
        salesperson: String,
        /// Last day on which the quotation can be accepted.
        #[serde(default, with = "crate::date")]
        valid_until: Option<Date>,
        customer_reference: String,
        note: String,
    },
    Purchase {
        #[serde(default, with = "crate::date")]
        planned_on: Option<Date>,
    },
    Invoice {
        direction: Direction,
        is_credit: bool,
        payment_state: String,
        reference: String,
        origin: String,
    },
    Project {
        manager: String,
        #[serde(default, with = "crate::date")]
        starts_on: Option<Date>,
        #[serde(default, with = "crate::date")]
        ends_on: Option<Date>,
        description: String,
    },
    Task {
        stage: String,
        assignees: String,
        priority: String,
        allocated_minutes: i64,
        spent_minutes: i64,
        description: String,
    },
    Timesheet {
        employee: String,
        minutes: i64,
    },
    Ticket {
        priority: String,
        description: String,
    },
    Signature {
        description: String,
    },
    Subscription {
        /// How it recurs, in plain words: `Monthly`.
        recurrence: String,
        #[serde(default, with = "crate::date")]
        next_invoice_on: Option<Date>,
    },
}

impl DocumentDetails {
    /// The same details without what only staff may see.
    #[must_use]
    pub fn for_customer(self) -> Self {
        match self {
            Self::Lead { is_opportunity, stage, contact_name, email, .. } => Self::Lead {
                is_opportunity,
                stage,
                contact_name,
                email,
                salesperson: StaffOnly(None),
                expected_revenue: StaffOnly(None),
                probability: StaffOnly(None),
            },
            other @ (Self::Sale { .. }
            | Self::Purchase { .. }
            | Self::Invoice { .. }
            | Self::Project { .. }
            | Self::Task { .. }
            | Self::Timesheet { .. }
            | Self::Ticket { .. }
            | Self::Signature { .. }
            | Self::Subscription { .. }) => other,
        }
    }

    /// The name of the document to a reader: an invoice may be a bill or a credit note.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Lead { is_opportunity: true, .. } => "Opportunity",
            Self::Lead { .. } => "Lead",
            Self::Sale { .. } => "Order",
            Self::Purchase { .. } => "Purchase order",
            Self::Invoice { direction: Direction::Receivable, is_credit: false, .. } => "Invoice",
            Self::Invoice { direction: Direction::Payable, is_credit: false, .. } => "Bill",
            Self::Invoice { direction: Direction::Receivable, is_credit: true, .. } => "Credit note",
            Self::Invoice { direction: Direction::Payable, is_credit: true, .. } => "Vendor credit note",
            Self::Project { .. } => "Project",
            Self::Task { .. } => "Task",
            Self::Timesheet { .. } => "Timesheet",
            Self::Ticket { .. } => "Ticket",
            Self::Signature { .. } => "Signature request",
            Self::Subscription { .. } => "Subscription",
        }
    }

    /// [`Self::noun`] of a document in a state: before both sides agree, an order is a quotation.
    pub fn noun_in(&self, state: DocumentState) -> &'static str {
        match (self, state) {
            (Self::Sale { .. }, DocumentState::Draft | DocumentState::Sent) => "Quotation",
            (Self::Purchase { .. }, DocumentState::Draft | DocumentState::Sent) => "Request for quotation",
            _ => self.noun(),
        }
    }

    /// Whether its amounts are to be subtracted.
    pub fn is_credit(&self) -> bool {
        matches!(self, Self::Invoice { is_credit: true, .. })
    }

    /// Whether the customer can owe money on it: only receivables that are no credit.
    pub fn is_due_by_customer(&self) -> bool {
        matches!(self, Self::Invoice { direction: Direction::Receivable, is_credit: false, .. })
    }
}

/// Minutes as hours: `1:30 h`.
pub fn display_minutes(minutes: i64) -> String {
    let sign = if minutes < 0 { "−" } else { "" };
    let absolute = minutes.unsigned_abs();
    format!("{sign}{}:{:02} h", absolute / 60, absolute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_never_gets_staff_only_fields() {
        let details = DocumentDetails::Lead {
            is_opportunity: true,
            stage: "New".into(),
            contact_name: "Ann".into(),
            email: "ann@acme.example".into(),
            salesperson: StaffOnly(Some("Marc".into())),
            expected_revenue: StaffOnly(Some(4_000_000)),
            probability: StaffOnly(Some(1_000)),
        };
        let seen = serde_json::to_string(&details.for_customer()).expect("serialises");
        assert!(!seen.contains("Marc") && !seen.contains("4000000") && seen.contains("ann@acme.example"));
    }

    #[test]
    fn an_order_is_a_quotation_first() {
        let sale = DocumentDetails::Sale {
            salesperson: String::new(),
            valid_until: None,
            customer_reference: String::new(),
            note: String::new(),
        };
        assert_eq!(sale.noun_in(DocumentState::Sent), "Quotation");
        assert_eq!(sale.noun_in(DocumentState::Confirmed), "Order");
    }

    #[test]
    fn minutes_read_as_hours() {
        assert_eq!(display_minutes(90), "1:30 h");
        assert_eq!(display_minutes(-5), "−0:05 h");
    }
}
