//! What a use case can answer besides its result.

use std::panic::Location;

use domain::FieldErrors;
use sea_orm::{DbErr, SqlErr};

/// Why a use case did not do what was asked. Never serialised: `app` turns it into what a browser may see.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// It does not exist, or not for this actor: the two are one answer.
    #[error("not found, or not for this actor")]
    NotFound,
    /// What was typed is wrong, field by field.
    #[error("invalid input")]
    Invalid(FieldErrors),
    /// A rule forbids it now; the text says why and what to do.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed the row meanwhile.
    #[error("the row was changed meanwhile")]
    Stale,
    /// Too many tries.
    #[error("too many tries, wait {wait_seconds} s")]
    Throttled {
        /// Seconds until the next try counts.
        wait_seconds: i64,
    },
    /// Too much work is waiting; the same request may succeed later.
    #[error("too busy")]
    Busy,
    /// A fault of ours. Callers learn nothing but that it happened.
    #[error("internal: {cause} (at {place})")]
    Internal {
        /// What went wrong.
        cause: anyhow::Error,
        /// Where it was noticed.
        place: &'static Location<'static>,
    },
}

/// The result of a use case.
pub type ServiceResult<T> = Result<T, ServiceError>;

impl ServiceError {
    /// A fault of ours.
    #[track_caller]
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal { cause: cause.into(), place: Location::caller() }
    }

    /// One wrong field.
    pub fn field(field: &str, text: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(field, text))
    }

    /// A rule that forbids it, in plain words.
    pub fn refused(text: impl Into<String>) -> Self {
        Self::Refused(text.into())
    }

    /// Whether a unique index was hit: somebody else was faster.
    pub fn is_unique_violation(error: &DbErr) -> bool {
        matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
    }
}

impl From<DbErr> for ServiceError {
    #[track_caller]
    fn from(cause: DbErr) -> Self {
        Self::internal(cause)
    }
}

impl From<FieldErrors> for ServiceError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
