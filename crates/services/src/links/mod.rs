//! Secure links of customers. A link is no row: it is computed from the customer's key, the number of times
//! it was rotated, and the installation's secret key.

mod open_secure_link;
mod rotate_secure_link;
mod secret;
mod secure_link_of;
mod shown;
mod switch_secure_link;
mod visits;

pub use open_secure_link::{SecureLinkOpened, open_secure_link};
pub use rotate_secure_link::rotate_secure_link;
pub use secure_link_of::secure_link_of;
pub use switch_secure_link::switch_secure_link;

pub(crate) use secure_link_of::secure_link_for;
pub(crate) use shown::shown;
