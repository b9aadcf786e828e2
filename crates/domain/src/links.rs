//! A customer's secure link: enters the portal without signing in, while the customer has no portal user.

use serde::{Deserialize, Serialize};

/// What staff see of a customer's secure link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecureLink {
    /// The link; none while it is switched off.
    pub link: Option<String>,
    /// How often it was rotated: a form that rotates it says which one it means.
    pub generation: i32,
    /// Whether somebody of the customer has portal access, so that the link only leads to sign-in.
    pub has_portal_user: bool,
    /// Where customers sign in.
    pub portal_address: String,
    /// The business, for texts that link to its portal.
    pub business: String,
}
