//! Keys of other programs for the machine API.

mod list;
mod page;

pub use page::{ApiKeysPage, FreshKey};

/// The page's address.
const PAGE: &str = "/staff/settings/api-keys";
