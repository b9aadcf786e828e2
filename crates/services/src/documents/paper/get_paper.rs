use domain::{
    Instant,
    documents::{DocumentDetails, DocumentKind, DocumentLine, DocumentRow, Party, Totals},
    ids::DocumentId,
};
use entities::{document, document_line};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    content::{Paper, paper},
    file_name::file_name,
    needed,
    printer::{Enclosure, PrintJob},
    ubl::ubl,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::portal_scope,
    documents::{
        get_document::{to_line, totals_of},
        read::{bill_to_of, currency_of, details_of, to_row},
    },
};

/// A document as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFile {
    /// What to save it as.
    pub name: String,
    /// A PDF.
    pub bytes: Vec<u8>,
}

/// A document as a PDF: sales, purchases, invoices and signature requests. Two statements.
///
/// # Permissions
/// `<kind>.view`, and of invoices `invoices.download`, in their scopes.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person, or the kind
/// has no paper; [`ServiceError::Busy`] when too many are being printed.
pub async fn get_paper(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<PaperFile> {
    let needed = needed(kind).ok_or(ServiceError::NotFound)?;
    let (seen, taken) = (portal_scope(cx, kind.view())?, portal_scope(cx, needed)?);
    let mut query = seen.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    if taken != seen {
        query = query.filter(taken.condition(kind));
    }
    let found = query.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let sheet = Sheet::read(cx, found).await?;
    let bytes = sheet.print(cx, sheet.paper(cx)).await?;
    Ok(PaperFile { name: sheet.file_name(), bytes })
}

/// A document with all that goes on its paper.
#[derive(Debug)]
pub(in crate::documents) struct Sheet {
    pub document: document::Model,
    pub row: DocumentRow,
    pub details: DocumentDetails,
    pub lines: Vec<document_line::Model>,
    bill_to: Party,
    totals: Option<Totals>,
}

impl Sheet {
    /// Reads what belongs to a document that somebody may see: one statement.
    pub(in crate::documents) async fn read(cx: &Cx, document: document::Model) -> ServiceResult<Self> {
        let unreadable =
            || ServiceError::internal(anyhow::anyhow!("document {} cannot be read", document.id));
        let lines = document_line::Entity::find()
            .filter(document_line::Column::DocumentId.eq(document.id))
            .order_by_asc(document_line::Column::Position)
            .all(cx.db().pool())
            .await?;
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

    fn document_lines(&self) -> Vec<DocumentLine> {
        let Some(currency) = currency_of(self.document.currency.as_deref()) else { return Vec::new() };
        self.lines.iter().map(|line| to_line(line.clone(), currency)).collect()
    }

    /// What its paper says.
    pub(in crate::documents) fn paper(&self, cx: &Cx) -> Paper {
        paper(
            &self.row,
            &self.details,
            self.bill_to.clone(),
            self.document_lines(),
            self.totals,
            cx.settings(),
        )
    }

    /// Its paper as a PDF; an invoice to a customer carries itself for machines.
    pub(in crate::documents) async fn print(&self, cx: &Cx, paper: Paper) -> ServiceResult<Vec<u8>> {
        let settings = cx.settings();
        let xml = ubl(&self.row, &self.details, &self.bill_to, &self.document_lines(), self.totals, settings);
        let enclosure = |xml: String| Enclosure {
            name: file_name(&self.row.number, "xml"),
            media: "text/xml",
            description: "The same document for machines (UBL 2.1)",
            content: xml.into_bytes(),
        };
        let job = PrintJob {
            document: serde_json::to_string(&paper).map_err(ServiceError::internal)?,
            logo: settings.logo.as_ref().map(|logo| logo.content.clone()),
            enclosures: xml.map(enclosure).into_iter().collect(),
            issued: Instant::from_millis(self.document.published_at.unwrap_or(self.document.created_at)),
            ident: self.document.id.to_string(),
        };
        cx.portico.printer()?.print(job).await
    }

    /// What to save its paper as.
    pub(in crate::documents) fn file_name(&self) -> String {
        file_name(&format!("{} {}", self.row.noun, self.row.name()), "pdf")
    }
}
