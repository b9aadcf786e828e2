//! Plain HTTP routes.

pub mod api;
mod attachment;
mod audit_csv;
mod brand;
pub(crate) mod forms;
mod health;
mod import_upload;
mod list_csv;
mod list_zip;
mod pages;
mod paper;
mod site;
mod statement_csv;
mod stripe_hook;

pub(crate) use attachment::{attachment, staff_attachment};
pub(crate) use audit_csv::audit_csv;
pub(crate) use brand::brand;
pub use health::Readiness;
pub(crate) use health::readyz;
pub(crate) use import_upload::import_upload;
pub(crate) use list_csv::list_csv;
pub(crate) use list_zip::list_zip;
pub(crate) use pages::{error_page, not_found, not_found_at, page};
pub(crate) use paper::{disposition, paper, receipt_pdf, shared_paper, staff_paper, statement_pdf};
pub(crate) use site::{dev_routes, site};
pub(crate) use statement_csv::statement_csv;
pub(crate) use stripe_hook::stripe_hook;
