//! Odoo's own words for states and types: as its export shows them, and as its database holds them.
//!
//! Case and blanks around a word do not matter. `None` is a word that no release of Odoo writes.

use crate::documents::{Direction, DocumentState};

fn word(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A yes or no; nothing is no.
pub fn parse_flag(text: &str) -> Option<bool> {
    match word(text).as_str() {
        "true" | "1" | "yes" => Some(true),
        "" | "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// Whether a lead is an opportunity.
pub fn parse_is_opportunity(text: &str) -> Option<bool> {
    match word(text).as_str() {
        "opportunity" => Some(true),
        "lead" => Some(false),
        _ => None,
    }
}

/// The state of a sales order, and whether the customer has been shown it.
pub fn parse_sale_state(text: &str) -> Option<(DocumentState, bool)> {
    match word(text).as_str() {
        "quotation" | "draft" => Some((DocumentState::Draft, false)),
        "quotation sent" | "sent" => Some((DocumentState::Sent, true)),
        "sales order" | "sale" | "locked" | "done" => Some((DocumentState::Confirmed, true)),
        "cancelled" | "canceled" | "cancel" => Some((DocumentState::Cancelled, false)),
        _ => None,
    }
}

/// The state of a purchase order, and whether the vendor has been shown it: not while it waits for approval.
pub fn parse_purchase_state(text: &str) -> Option<(DocumentState, bool)> {
    match word(text).as_str() {
        "rfq" | "draft" => Some((DocumentState::Draft, false)),
        "rfq sent" | "sent" => Some((DocumentState::Sent, true)),
        "to approve" => Some((DocumentState::Sent, false)),
        "purchase order" | "purchase" | "locked" | "done" => Some((DocumentState::Confirmed, true)),
        "cancelled" | "canceled" | "cancel" => Some((DocumentState::Cancelled, false)),
        _ => None,
    }
}

/// The state of an invoice, and whether the customer has been shown it.
pub fn parse_invoice_state(text: &str) -> Option<(DocumentState, bool)> {
    match word(text).as_str() {
        "draft" => Some((DocumentState::Draft, false)),
        "posted" => Some((DocumentState::Posted, true)),
        "cancelled" | "canceled" | "cancel" => Some((DocumentState::Cancelled, false)),
        _ => None,
    }
}

/// Who owes whom on an invoice, and whether it is a credit.
pub fn parse_move_type(text: &str) -> Option<(Direction, bool)> {
    match word(text).as_str() {
        "customer invoice" | "out_invoice" | "sales receipt" | "out_receipt" => {
            Some((Direction::Receivable, false))
        }
        "customer credit note" | "out_refund" => Some((Direction::Receivable, true)),
        "vendor bill" | "in_invoice" | "purchase receipt" | "in_receipt" => Some((Direction::Payable, false)),
        "vendor credit note" | "in_refund" => Some((Direction::Payable, true)),
        _ => None,
    }
}

/// The state of a task. One that waits for another task is in progress to a customer: it does not wait for them.
pub fn parse_task_state(text: &str) -> Option<DocumentState> {
    match word(text).as_str() {
        "in progress" | "01_in_progress" | "waiting" | "04_waiting_normal" => Some(DocumentState::InProgress),
        "changes requested" | "02_changes_requested" => Some(DocumentState::ChangesRequested),
        "approved" | "03_approved" => Some(DocumentState::Approved),
        "done" | "1_done" => Some(DocumentState::Done),
        "cancelled" | "canceled" | "1_canceled" => Some(DocumentState::Cancelled),
        _ => None,
    }
}

/// Whether a project's visibility includes invited portal users.
pub fn invites_portal_users(visibility: &str) -> bool {
    let visibility = word(visibility);
    visibility.contains("portal") || visibility == "invited_users"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_shown_once_it_is_sent() {
        for (text, state, is_shown) in [
            ("Quotation", DocumentState::Draft, false),
            ("Quotation Sent", DocumentState::Sent, true),
            ("sale", DocumentState::Confirmed, true),
            ("Cancelled", DocumentState::Cancelled, false),
        ] {
            assert_eq!(parse_sale_state(text), Some((state, is_shown)), "{text}");
        }
        assert_eq!(parse_purchase_state("To Approve"), Some((DocumentState::Sent, false)));
        assert_eq!(parse_purchase_state(" rfq sent "), Some((DocumentState::Sent, true)));
        assert_eq!(parse_sale_state("Posted"), None);
        assert_eq!(parse_sale_state(""), None);
    }

    #[test]
    fn an_invoice_says_who_owes_whom() {
        assert_eq!(parse_move_type("Customer Invoice"), Some((Direction::Receivable, false)));
        assert_eq!(parse_move_type("out_refund"), Some((Direction::Receivable, true)));
        assert_eq!(parse_move_type("Vendor Bill"), Some((Direction::Payable, false)));
        assert_eq!(parse_move_type("in_refund"), Some((Direction::Payable, true)));
        assert_eq!(parse_move_type("entry"), None);
    }

    #[test]
    fn only_a_visibility_with_portal_users_invites_them() {
        for text in
            [" All internal users and invited portal users", "portal", "Invited internal and portal users"]
        {
            assert!(invites_portal_users(text), "{text}");
        }
        for text in ["", "Invited internal users", "All internal users", "employees", "followers"] {
            assert!(!invites_portal_users(text), "{text}");
        }
    }
}
