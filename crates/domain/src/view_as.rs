//! Staff look at the portal as a customer sees it.

use serde::{Deserialize, Serialize};
use time::Duration;

use crate::ids::MembershipId;

/// How long a look lasts.
pub const VIEW_LASTS: Duration = Duration::minutes(15);
/// Longest reason, in characters.
pub const MAX_REASON: usize = 200;

/// As whom the portal of a contact can be viewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewChoices {
    /// The contact's name.
    pub name: String,
    /// As whom; none when it cannot be viewed.
    pub choices: Vec<ViewChoice>,
    /// Why it cannot be viewed.
    pub refusal: Option<String>,
}

/// One of those as whom the portal can be viewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewChoice {
    /// The membership; none for whoever has the customer's secure link.
    pub membership: Option<MembershipId>,
    /// Who that is, with the permission group.
    pub label: String,
}

impl ViewChoice {
    /// The word for it in a form.
    pub fn code(&self) -> String {
        self.membership.map_or_else(|| "visitor".to_owned(), |membership| membership.to_string())
    }
}
