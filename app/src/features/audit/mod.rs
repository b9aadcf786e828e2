//! The audit trail: all of it for staff, what concerns them for customers.

mod access_log_page;
pub mod api;
mod audit_page;
mod filter_form;

pub use access_log_page::AccessLogPage;
pub use audit_page::AuditPage;
