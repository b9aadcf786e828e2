use time::OffsetDateTime;

/// One document to be printed.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What the template reads, as JSON.
    pub document: String,
    /// The business's logo, if it has one: PNG, JPEG or WebP.
    pub logo: Option<Vec<u8>>,
    /// An uploaded PDF, whose pages stand for the document's own: only the certificate is set here.
    pub original: Option<Vec<u8>>,
    /// Files that travel in the PDF.
    pub attachments: Vec<Attachment>,
    /// When it is issued. The same sheet printed twice gives the same bytes.
    pub issued: OffsetDateTime,
    /// What tells it from every other document, in the PDF's metadata.
    pub ident: String,
}

/// A file in a PDF.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// What it is, in words.
    pub description: String,
    /// Its content.
    pub content: Vec<u8>,
}
