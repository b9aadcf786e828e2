//! Keys as types, so that a contact's key cannot be passed where a user's is meant.
//!
//! All are UUIDv7, minted on the server only (`services::ids::mint`): they sort by age, and nothing
//! secret may be derived from them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )*};
}

ids! {
    /// A company or a person in the books.
    ContactId
    /// A login.
    UserId
    /// What ties a portal user to a contact.
    MembershipId
    /// A permission group.
    GroupId
    /// A spreadsheet that was uploaded.
    ImportSheetId
    /// Anything a customer can look at.
    DocumentId
    /// A link to one document for somebody without a login.
    ShareLinkId
    /// An article of the documentation.
    ArticleId
    /// The key of another program.
    ApiKeyId
    /// An address that is told what happens here.
    WebhookId
    /// Something that a webhook is told.
    DeliveryId
    /// A message on a document.
    MessageId
    /// A mail in the outbox.
    MailId
    /// A passkey.
    PasskeyId
    /// One run of an import.
    ImportRunId
    /// Where a customer is billed or delivered to.
    AddressId
    /// A session, as its own user sees it.
    SessionId
    /// A browser that somebody signed in from.
    DeviceId
    /// A payment.
    PaymentId
    /// A saved card.
    MethodId
}
