use std::{fmt, future::Future, pin::Pin};

use bytes::Bytes;
use domain::Instant;

use crate::ServiceResult;

/// What makes PDFs. The server brings it: this crate does not know how paper is set.
pub trait Printer: fmt::Debug + Send + Sync {
    /// Prints one document; the same job gives the same bytes.
    ///
    /// # Errors
    /// [`crate::ServiceError::Busy`] when too many wait, or a fault of a template.
    fn print(&self, job: PrintJob) -> Pin<Box<dyn Future<Output = ServiceResult<Vec<u8>>> + Send + '_>>;

    /// Whether these are a PDF with pages; not what is damaged, or needs a password.
    fn is_readable(&self, bytes: Bytes) -> Pin<Box<dyn Future<Output = bool> + Send + '_>>;
}

/// One document to be printed.
#[derive(Clone, Debug)]
pub struct PrintJob {
    /// What the template reads, as JSON.
    pub document: String,
    /// The business's logo.
    pub logo: Option<Vec<u8>>,
    /// An uploaded PDF, whose pages stand for the document's own: only the certificate is set.
    pub original: Option<Bytes>,
    /// Files that travel in the PDF.
    pub enclosures: Vec<Enclosure>,
    /// When the document was issued.
    pub issued: Instant,
    /// What tells it from every other.
    pub ident: String,
}

/// A file in a PDF.
#[derive(Clone, Debug)]
pub struct Enclosure {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// What it is, in words.
    pub description: &'static str,
    /// Its content.
    pub content: Vec<u8>,
}
