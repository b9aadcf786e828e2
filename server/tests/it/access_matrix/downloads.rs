//! Everything that is answered with a file.

use crate::people::{IN_PORTAL, MANAGERS, People, SEES_STATEMENT, Who};

/// Path as the router has it, path to ask for, and who gets the file.
pub fn downloads(_people: &People) -> Vec<(&'static str, String, &'static [Who])> {
    vec![
        ("/staff/audit.csv", "/staff/audit.csv".to_owned(), MANAGERS),
        ("/my/statement.csv", "/my/statement.csv".to_owned(), SEES_STATEMENT),
        ("/my/documents.csv", "/my/documents.csv?kind=invoices".to_owned(), IN_PORTAL),
    ]
}
