use std::{fmt, future::Future, pin::Pin};

/// What posts to other programs. The server brings it: this crate does not speak HTTP.
///
/// It follows no redirects, and leads nowhere into the business's own network but where its configuration allows.
pub trait Postman: fmt::Debug + Send + Sync {
    /// Whether it would post to an address: its host is known, and lies where it may go.
    ///
    /// # Errors
    /// Why not, in words for staff.
    fn check<'a>(&'a self, url: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

    /// Posts a parcel; answers the HTTP status, which is a 2xx. Takes at most ten seconds.
    ///
    /// # Errors
    /// Why it was not delivered.
    fn post(&self, parcel: Parcel) -> Pin<Box<dyn Future<Output = Result<u16, Undelivered>> + Send + '_>>;
}

/// What is posted: JSON.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Where to.
    pub url: String,
    /// Headers beside those that every request has.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// Why a parcel was not delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The HTTP status of the answer, if there was one.
    pub status: Option<u16>,
    /// The reason, in words for staff: short, in one line.
    pub words: String,
}

impl Undelivered {
    /// There was no answer.
    pub fn unanswered(words: impl Into<String>) -> Self {
        Self { status: None, words: words.into() }
    }
}
