//! The fields of each kind in words, and what people write above their columns.

use crate::import::file_kind::FileKind;

/// What a field is called on screen; where kinds differ, the first that fits counts.
const LABELS: [(&str, &str); 67] = [
    ("id", "External ID"),
    ("is_company", "Is a company"),
    ("parent_id/id", "Company (external ID)"),
    ("email", "Email"),
    ("phone", "Phone"),
    ("street", "Street"),
    ("street2", "Street, second line"),
    ("zip", "ZIP code"),
    ("city", "City"),
    ("state_id/code", "State code"),
    ("country_id/code", "Country code"),
    ("vat", "VAT number"),
    ("lang", "Language"),
    ("website", "Website"),
    ("category_id/name", "Tags"),
    ("comment", "Notes"),
    ("type", "Lead or opportunity"),
    ("partner_id/id", "Customer (external ID)"),
    ("contact_name", "Contact name"),
    ("email_from", "Email"),
    ("stage_id/name", "Stage"),
    ("expected_revenue", "Expected revenue"),
    ("probability", "Probability, in percent"),
    ("user_id/name", "Responsible"),
    ("user_ids/name", "Assignees"),
    ("create_date", "Created on"),
    ("active", "Active"),
    ("state", "State"),
    ("currency_id/name", "Currency"),
    ("amount_total", "Total"),
    ("amount_untaxed", "Untaxed amount"),
    ("amount_tax", "Taxes"),
    ("amount_residual", "Amount due"),
    ("date_order", "Order date"),
    ("validity_date", "Valid until"),
    ("client_order_ref", "Customer reference"),
    ("note", "Terms"),
    ("date_planned", "Expected arrival"),
    ("move_type", "Type of invoice"),
    ("invoice_date", "Invoice date"),
    ("invoice_date_due", "Due date"),
    ("date_deadline", "Deadline"),
    ("payment_state", "Payment state"),
    ("ref", "Reference"),
    ("invoice_origin", "Orders"),
    ("privacy_visibility", "Visibility"),
    ("date_start", "Start date"),
    ("date", "Date"),
    ("description", "Description"),
    ("project_id/id", "Project (external ID)"),
    ("task_id/id", "Task (external ID)"),
    ("priority", "Priority"),
    ("allocated_hours", "Allocated hours"),
    ("effective_hours", "Hours spent"),
    ("unit_amount", "Hours"),
    ("employee_id/name", "Employee"),
    ("order_line/name", "Line: description"),
    ("order_line/product_uom_qty", "Line: quantity"),
    ("order_line/product_qty", "Line: quantity"),
    ("order_line/price_unit", "Line: unit price"),
    ("order_line/discount", "Line: discount, in percent"),
    ("order_line/price_subtotal", "Line: subtotal"),
    ("invoice_line_ids/name", "Line: description"),
    ("invoice_line_ids/quantity", "Line: quantity"),
    ("invoice_line_ids/price_unit", "Line: unit price"),
    ("invoice_line_ids/discount", "Line: discount, in percent"),
    ("invoice_line_ids/price_subtotal", "Line: subtotal"),
];

/// What people write above a column, in small letters and digits only, and the fields that it may be.
const HEADINGS: [(&str, &[&str]); 27] = [
    ("externalid", &["id"]),
    ("title", &["name"]),
    ("number", &["name"]),
    ("invoicenumber", &["name"]),
    ("ordernumber", &["name"]),
    ("company", &["is_company"]),
    ("parentid", &["parent_id/id"]),
    ("mail", &["email", "email_from"]),
    ("emailaddress", &["email", "email_from"]),
    ("telephone", &["phone"]),
    ("postcode", &["zip"]),
    ("postalcode", &["zip"]),
    ("statecode", &["state_id/code"]),
    ("countrycode", &["country_id/code"]),
    ("taxid", &["vat"]),
    ("reference", &["ref", "client_order_ref"]),
    ("language", &["lang"]),
    ("tags", &["category_id/name"]),
    ("customerid", &["partner_id/id"]),
    ("contactid", &["partner_id/id"]),
    ("vendorid", &["partner_id/id"]),
    ("projectid", &["project_id/id"]),
    ("currency", &["currency_id/name"]),
    ("total", &["amount_total"]),
    ("duedate", &["invoice_date_due", "date_deadline"]),
    ("amountdue", &["amount_residual"]),
    ("openamount", &["amount_residual"]),
];

/// The fields of a kind.
pub(in crate::import) fn fields(kind: FileKind) -> impl Iterator<Item = &'static str> {
    let columns = kind.columns();
    columns.required.iter().chain(columns.optional).copied()
}

/// What a field is called on screen.
pub(in crate::import) fn label(kind: FileKind, field: &'static str) -> &'static str {
    match (kind, field) {
        (FileKind::Contacts | FileKind::Projects, "name") => "Name",
        (FileKind::Leads | FileKind::Tasks, "name") => "Title",
        (FileKind::Timesheets, "name") => "What was done",
        (_, "name") => "Number",
        (FileKind::Purchases, "partner_id/id") => "Vendor (external ID)",
        _ => {
            let known = LABELS.iter().find(|(name, _)| *name == field);
            known.map_or(field, |(_, label)| label)
        }
    }
}

/// The words that a field takes, for those that take few.
pub(in crate::import) fn words(kind: FileKind, field: &str) -> &'static [&'static str] {
    match (kind, field) {
        (FileKind::Contacts, "is_company") => &["Yes", "No"],
        (FileKind::Orders, "state") => &["Sales Order", "Quotation Sent", "Quotation", "Cancelled"],
        (FileKind::Purchases, "state") => &["Purchase Order", "RFQ Sent", "RFQ", "Cancelled"],
        (FileKind::Invoices, "state") => &["Posted", "Draft", "Cancelled"],
        (FileKind::Invoices, "move_type") => {
            &["Customer Invoice", "Customer Credit Note", "Vendor Bill", "Vendor Credit Note"]
        }
        (FileKind::Projects, "privacy_visibility") => &["Invited portal users", "All internal users"],
        (FileKind::Tasks, "state") => &["In Progress", "Changes Requested", "Approved", "Done", "Cancelled"],
        _ => &[],
    }
}

/// The fields that a file often lacks because they are the same for all its records.
pub(in crate::import) fn same_for_all(kind: FileKind) -> &'static [&'static str] {
    match kind {
        FileKind::Contacts => &["is_company", "country_id/code", "lang"],
        FileKind::Orders | FileKind::Purchases => &["state", "currency_id/name"],
        FileKind::Invoices => &["move_type", "state", "currency_id/name", "amount_residual"],
        FileKind::Projects => &["privacy_visibility"],
        FileKind::Tasks => &["state", "project_id/id"],
        FileKind::Timesheets => &["project_id/id"],
        FileKind::Leads | FileKind::Tickets | FileKind::Signatures | FileKind::Subscriptions => &[],
    }
}

/// The field that a heading names, or probably means.
pub(in crate::import) fn guess(kind: FileKind, heading: &str) -> Option<&'static str> {
    let plain = plain(heading);
    let same = fields(kind).find(|field| *field == heading);
    let alike = || fields(kind).find(|field| self::plain(field) == plain);
    let labelled = || fields(kind).find(|field| self::plain(label(kind, field)) == plain);
    let meant = || {
        let (_heading, meant) = HEADINGS.iter().find(|(heading, _)| *heading == plain)?;
        fields(kind).find(|field| meant.contains(field))
    };
    same.or_else(alike).or_else(labelled).or_else(meant)
}

fn plain(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn headings_are_guessed_and_every_guess_is_a_field() {
        assert_eq!(guess(FileKind::Contacts, "External ID"), Some("id"));
        assert_eq!(guess(FileKind::Contacts, "E-Mail"), Some("email"));
        assert_eq!(guess(FileKind::Invoices, "Due date"), Some("invoice_date_due"));
        assert_eq!(guess(FileKind::Tasks, "Title"), Some("name"));
        assert_eq!(guess(FileKind::Contacts, "Shoe size"), None);
        for (_heading, meant) in HEADINGS {
            for field in meant {
                assert!(
                    FileKind::ALL.into_iter().any(|kind| fields(kind).any(|known| known == *field)),
                    "{field}"
                );
            }
        }
    }

    #[test]
    fn each_field_has_words_of_its_own() {
        for kind in FileKind::ALL {
            let labels: HashSet<&str> = fields(kind).map(|field| label(kind, field)).collect();
            assert_eq!(labels.len(), fields(kind).count(), "{kind:?}");
            for field in fields(kind) {
                assert_ne!(label(kind, field), field, "{kind:?}");
                assert_eq!(guess(kind, label(kind, field)), Some(field), "{kind:?}");
            }
            for field in same_for_all(kind) {
                assert!(fields(kind).any(|known| known == *field), "{kind:?} {field}");
            }
        }
    }
}
