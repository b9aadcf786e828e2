//! What a browser learns of an operation that did not work.

use domain::FieldErrors;
use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::json::JsonText;

/// Why a server function did not do what was asked. Flat, and without internals: a fault of ours carries
/// nothing but a reference that is in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PortalError {
    /// Nobody is signed in.
    #[error("You are signed out. Log in and try again.")]
    SignedOut,
    /// It does not exist, or not for this person.
    #[error("This page does not exist, or you may not see it.")]
    NotFound,
    /// What was typed is wrong, field by field.
    #[error("Some fields need your attention.")]
    Invalid(FieldErrors),
    /// A rule forbids it now.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed it meanwhile.
    #[error(
        "Somebody else changed this meanwhile. Reload the page to see the newest state, then repeat your change."
    )]
    Stale,
    /// Too many tries.
    #[error("Too many tries. Wait {wait_seconds} seconds and try again.")]
    Throttled {
        /// Seconds until the next try counts.
        wait_seconds: i64,
    },
    /// Too much work is waiting.
    #[error("The server is busy. Try again in a moment.")]
    Busy,
    /// A fault of ours.
    #[error("Something went wrong on our side. Try again; if it stays, tell us the reference {reference}.")]
    Internal {
        /// The request's id, as in the log.
        reference: String,
    },
    /// The server could not be reached, or answered something else: perhaps it is a newer release.
    #[error("The server did not answer as expected. Check your connection and reload the page.")]
    Transport,
}

impl PortalError {
    /// The error of a field, if there is one.
    pub fn field(&self, name: &str) -> Option<String> {
        match self {
            Self::Invalid(errors) => errors.get(name).map(str::to_owned),
            _ => None,
        }
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::NotFound => 404,
            Self::Invalid(_) | Self::Refused(_) => 422,
            Self::Stale => 409,
            Self::Throttled { .. } => 429,
            Self::Busy => 503,
            Self::Internal { .. } | Self::Transport => 500,
        }
    }
}

impl FromServerFnError for PortalError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::Refused("The request could not be read. Reload the page and try again.".to_owned())
            }
            _ => Self::Transport,
        }
    }
}
