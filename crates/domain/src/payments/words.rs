//! What payments are called, in the database and on screen.

use serde::{Deserialize, Serialize};

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident: $($(#[$of:meta])* $variant:ident $code:literal $label:literal,)+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word in the database.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The words on screen.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// What a word in the database stands for.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use coded;

coded! {
    /// How far a payment is.
    PaymentState:
    /// Begun; whether the money comes is not known.
    Pending "pending" "Pending",
    /// The money is there.
    Succeeded "succeeded" "Paid",
    /// No money was taken.
    Failed "failed" "Failed",
    /// Given up by whoever began it, before any money was taken.
    Canceled "canceled" "Canceled",
}

coded! {
    /// What is paid with.
    Means:
    /// A card, by a provider.
    Card "card" "Card",
    /// What is in the wallet.
    Wallet "wallet" "Wallet",
    /// A transfer from a bank.
    Transfer "transfer" "Bank transfer",
}

coded! {
    /// What is paid for.
    Purpose:
    /// Documents: invoices, or an order.
    Documents "documents" "Documents",
    /// The wallet.
    TopUp "top_up" "Wallet top-up",
}
