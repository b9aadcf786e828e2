//! Paying: the page on which one pays, what became of payments, and saved cards.

mod automatic_page;
mod list_page;
mod methods_page;
mod pay_page;
mod show_page;
mod staff;
mod state;
mod ways;

pub use automatic_page::AutomaticPage;
pub use list_page::{PaymentListPage, StaffPaymentListPage};
pub use methods_page::MethodsPage;
pub use pay_page::PayPage;
pub use show_page::{PaymentShowPage, StaffPaymentPage};
pub use staff::{BankStatementPage, ReadStatement};

pub(crate) use show_page::{Side, payment_view};
pub(crate) use ways::{CardPlace, WaysFields};
