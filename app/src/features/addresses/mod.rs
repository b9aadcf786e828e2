//! Where a customer is billed and delivered to.

pub mod api;
mod card;
mod form_page;
mod list_page;
mod staff_panel;

pub use form_page::AddressFormPage;
pub use list_page::AddressListPage;
pub(crate) use staff_panel::AddressesPanel;

/// The list's address.
const LIST: &str = "/my/addresses";
