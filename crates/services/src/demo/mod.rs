//! The demo: an installation with sample records and two logins that are printed when it starts.
//!
//! The records come in as an export of Odoo's does and the customer as any customer does, so that the demo
//! shows what the real thing makes of them.

mod articles;
mod business;
mod cards;
mod logins;
mod password;
mod placeholders;
mod prepare;
mod records;
mod service_records;

pub use cards::DemoCards;
pub use prepare::{DemoLogins, prepare};

/// The staff login: an administrator.
pub const STAFF_LOGIN: &str = "admin@demo.example";
/// The customer's login.
pub const CUSTOMER_LOGIN: &str = "customer@demo.example";
