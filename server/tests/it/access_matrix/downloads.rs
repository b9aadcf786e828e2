//! Everything that is answered with a file.

use crate::people::{ALL_STAFF, IN_PORTAL, MANAGERS, OF_ACME, People, SEES_STATEMENT, Who};

/// Path as the router has it, path to ask for, and who gets the file.
pub fn downloads(people: &People) -> Vec<(&'static str, String, &'static [Who])> {
    vec![
        ("/staff/audit.csv", "/staff/audit.csv".to_owned(), MANAGERS),
        ("/my/payments/{id}/pdf", format!("/my/payments/{}/pdf", people.payment), &[]),
        ("/my/statement.csv", "/my/statement.csv".to_owned(), SEES_STATEMENT),
        ("/my/statement.pdf", "/my/statement.pdf".to_owned(), SEES_STATEMENT),
        ("/my/documents.csv", "/my/documents.csv?kind=invoices".to_owned(), IN_PORTAL),
        ("/my/documents.zip", format!("/my/documents.zip?kind=invoices&tick={}", people.invoice), OF_ACME),
        ("/my/{kind}/{id}/pdf", format!("/my/invoices/{}/pdf", people.invoice), OF_ACME),
        (
            "/my/{kind}/{id}/messages/{message}/{place}",
            format!("/my/invoices/{}/messages/{}/0", people.invoice, people.message),
            OF_ACME,
        ),
        (
            "/staff/documents/{id}/messages/{message}/{place}",
            format!("/staff/documents/{}/messages/{}/0", people.invoice, people.message),
            ALL_STAFF,
        ),
        ("/staff/documents/{id}/pdf", format!("/staff/documents/{}/pdf", people.invoice), ALL_STAFF),
    ]
}
