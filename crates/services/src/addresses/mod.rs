//! Where customers are billed and delivered to: as many addresses as they like, beside the one in their details.

mod get_address;
mod list_addresses;
mod remove_address;
mod restore_address;
mod save_address;
mod stored;

pub use get_address::get_address;
pub use list_addresses::list_addresses;
pub use remove_address::remove_address;
pub use restore_address::restore_address;
pub use save_address::save_address;
pub(crate) use stored::for_staff;
