use bytes::Bytes;
use domain::{
    Instant,
    documents::{DocumentDetails, DocumentLine, DocumentRow, Party, Totals},
};
use entities::{document, document_file};
use sea_orm::ConnectionTrait;

use super::{
    content::{Paper, paper},
    file_name::file_name,
    kept::{Role, files_of, issued, read_file, record_file},
    printer::{Enclosure, PrintJob},
    ubl::ubl,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    documents::{
        get_document::{lines_of, totals_of},
        read::{bill_to_of, details_of, to_row},
    },
    secret,
};

/// A document with all that goes on its paper.
#[derive(Debug)]
pub(in crate::documents) struct Sheet {
    pub document: document::Model,
    pub row: DocumentRow,
    pub details: DocumentDetails,
    pub lines: Vec<DocumentLine>,
    bill_to: Party,
    totals: Option<Totals>,
}

impl Sheet {
    /// Reads what belongs to a document that somebody may see: one statement.
    pub(in crate::documents) async fn read(
        cx: &Cx,
        connection: &impl ConnectionTrait,
        document: document::Model,
    ) -> ServiceResult<Self> {
        let unreadable =
            || ServiceError::internal(anyhow::anyhow!("document {} cannot be read", document.id));
        let lines = lines_of(connection, &document).await?;
        let details = details_of(document.id, document.details.clone()).ok_or_else(unreadable)?;
        Ok(Self {
            row: to_row(document.clone().into(), cx.today()).ok_or_else(unreadable)?,
            details: details.for_customer(),
            lines,
            bill_to: bill_to_of(document.bill_to.clone()),
            totals: totals_of(&document),
            document,
        })
    }

    /// What its paper says.
    pub(in crate::documents) fn paper(&self, cx: &Cx) -> Paper {
        paper(&self.row, &self.details, self.bill_to.clone(), self.lines.clone(), self.totals, cx.settings())
    }

    /// Its paper as a PDF; an invoice to a customer carries itself for machines.
    pub(in crate::documents) async fn print(&self, cx: &Cx, paper: Paper) -> ServiceResult<Bytes> {
        self.print_behind(cx, paper, None).await
    }

    /// The same behind an uploaded original: its pages, and the certificate of the paper.
    pub(in crate::documents) async fn print_behind(
        &self,
        cx: &Cx,
        paper: Paper,
        original: Option<Bytes>,
    ) -> ServiceResult<Bytes> {
        let settings = cx.settings();
        let xml = ubl(&self.row, &self.details, &self.bill_to, &self.lines, self.totals, settings);
        let enclosure = |xml: String| Enclosure {
            name: file_name(&self.row.number, "xml"),
            media: "text/xml",
            description: "The same document for machines (UBL 2.1)",
            content: xml.into_bytes(),
        };
        let job = PrintJob {
            document: serde_json::to_string(&paper).map_err(ServiceError::internal)?,
            logo: settings.logo.as_ref().map(|logo| logo.content.clone()),
            original,
            enclosures: xml.map(enclosure).into_iter().collect(),
            issued: Instant::from_millis(self.document.published_at.unwrap_or(self.document.created_at)),
            ident: self.document.id.to_string(),
        };
        Ok(cx.portico.printer()?.print(job).await?.into())
    }

    /// What to save its paper as.
    pub(in crate::documents) fn file_name(&self) -> String {
        file_name(&format!("{} {}", self.row.noun, self.row.name()), "pdf")
    }

    /// What its issued file is made from: what it says, and what it is called by now.
    pub(super) fn made_from(&self, terms: &str) -> String {
        secret::hash(&format!("{terms} {}", self.row.noun))
    }

    /// Keeps its file: of two that are printed at once, the first one stays.
    pub(super) async fn keep(&self, cx: &Cx, terms: &str, bytes: Bytes) -> ServiceResult<()> {
        let (name, made_from, size) = (self.file_name(), self.made_from(terms), bytes.len());
        let hash = cx.config().files.keep(bytes).await?;
        let transaction = cx.begin().await?;
        let file = (&hash, size);
        record_file(cx, &transaction, self.document.id, Role::Issued, &made_from, file, &name).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whether a file is an upload.
    pub(super) fn is_original(&self, file: &document_file::Model) -> bool {
        file.role == Role::Original.code()
    }

    /// The uploaded original that a file is, to be put before a certificate.
    pub(in crate::documents) async fn original_of(
        &self,
        cx: &Cx,
        file: &document_file::Model,
    ) -> ServiceResult<Option<Bytes>> {
        if file.role != Role::Original.code() {
            return Ok(None);
        }
        read_file(cx, &file.sha256).await.map(Some)
    }

    /// Whether a file still is the one that it is issued as.
    pub(in crate::documents) async fn is_issued_as(
        &self,
        connection: &impl ConnectionTrait,
        terms: &str,
        file: &document_file::Model,
    ) -> ServiceResult<bool> {
        let files = files_of(connection, self.document.id).await?;
        Ok(issued(&files, &self.made_from(terms)).is_some_and(|issued| issued.sha256 == file.sha256))
    }

    /// Its file as it was issued; printed and kept if there is none.
    pub(in crate::documents) async fn issue(
        &self,
        cx: &Cx,
        terms: &str,
    ) -> ServiceResult<document_file::Model> {
        let made_from = self.made_from(terms);
        for is_last in [false, true] {
            let files = files_of(cx.db().pool(), self.document.id).await?;
            if let Some(file) = issued(&files, &made_from) {
                return Ok(file.clone());
            }
            if !is_last {
                let bytes = self.print(cx, self.paper(cx)).await?;
                self.keep(cx, terms, bytes).await?;
            }
        }
        Err(ServiceError::internal(anyhow::anyhow!("a file that was kept is gone")))
    }
}
