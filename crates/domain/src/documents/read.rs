//! Documents as lists and pages show them.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{Ages, Answered, Conversation, DocumentDetails, DocumentFilter, DocumentKind, DocumentState};
use crate::{
    Money, Page, PageRequest,
    ids::{ContactId, DocumentId},
    payments::BankTransfer,
};

/// Which page of which list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRequest {
    /// The kind.
    pub kind: DocumentKind,
    /// Which of them, and in which order.
    #[serde(default)]
    pub filter: DocumentFilter,
    /// Which page.
    #[serde(default)]
    pub page: PageRequest,
}

/// A page of a list, and what it can be narrowed down to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentList {
    /// The rows.
    pub page: Page<DocumentRow>,
    /// What stands above the row of this place, for lists that are put together by something.
    pub groups: Vec<ListGroup>,
    /// How many documents of the kind there are, whatever the filter.
    pub count: i64,
    /// The people and companies that have some; none where there is no choice.
    pub people: Vec<(ContactId, String)>,
    /// The projects that tasks and time can be of.
    pub projects: Vec<(DocumentId, String)>,
}

/// What a search over everything finds of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchGroup {
    /// The kind.
    pub kind: DocumentKind,
    /// The newest that fit.
    pub rows: Vec<DocumentRow>,
    /// Whether there are more.
    pub has_more: bool,
}

/// The beginning of a group in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListGroup {
    /// The place of its first row on the page.
    pub at: usize,
    /// What the rows have in common.
    pub label: String,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// The document.
    pub id: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// What it is to a reader: an invoice may be a credit note, an order still a quotation.
    pub noun: String,
    /// Whether its amounts are in the contact's favour.
    pub is_credit: bool,
    /// Its number, such as `INV/2026/00001`; empty for kinds without numbers.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: DocumentState,
    /// For whom it was made.
    pub contact: Option<String>,
    /// Its date.
    #[serde(default, with = "crate::date")]
    pub dated: Option<Date>,
    /// When it is due, or valid until.
    #[serde(default, with = "crate::date")]
    pub due: Option<Date>,
    /// Its total, for kinds with money.
    pub total: Option<Money>,
    /// What is still open of the total.
    pub open: Option<Money>,
    /// Time in minutes, for timesheets and tasks.
    pub minutes: Option<i64>,
    /// Whether it is past due and still open.
    pub is_overdue: bool,
}

impl DocumentRow {
    /// What a link to the document says: its number, or else its title.
    pub fn name(&self) -> &str {
        if self.number.is_empty() { &self.title } else { &self.number }
    }

    /// The same; what it is where it has neither. Never nothing.
    #[must_use]
    pub fn name_or_noun(&self) -> &str {
        let name = self.name().trim();
        if name.is_empty() { &self.noun } else { name }
    }
}

/// One line of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    /// What it is for; may be of several lines of text.
    pub description: String,
    /// Quantity, in thousandths.
    pub quantity: i64,
    /// Price of one, in the document's currency.
    pub unit_price: Money,
    /// Discount in hundredths of a percent.
    pub discount: i64,
    /// The line's amount before tax.
    pub subtotal: Money,
}

/// The sums at the foot of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Before tax.
    pub untaxed: Money,
    /// Tax.
    pub tax: Money,
    /// With tax.
    pub total: Money,
    /// Still open.
    pub open: Money,
}

/// Name and address as they were when the document was issued.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Address lines.
    pub address: Vec<String>,
    /// VAT number.
    pub vat: String,
}

/// A document that belongs to this one and that the reader may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedDocument {
    /// The document.
    pub id: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number or title.
    pub name: String,
    /// Where it stands, or what it took.
    #[serde(default)]
    pub note: String,
}

/// What a document's page leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Around {
    /// The one before it in its list.
    pub previous: Option<DocumentId>,
    /// The one after it in its list.
    pub next: Option<DocumentId>,
    /// What came from it, what it came from, and what it is made of: those that the reader may see.
    pub linked: Vec<LinkedDocument>,
    /// Of a project's tasks, how many are done and how many there are.
    pub progress: Option<(i64, i64)>,
}

/// The page of a document's original PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginalPage {
    /// The document.
    pub row: DocumentRow,
    /// What was uploaded: file name, bytes, hash.
    pub uploaded: Option<(String, i64, String)>,
}

/// What a reader may do with a document besides reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentAction {
    /// Pay it, in full or in part.
    Pay,
    /// Accept or sign it.
    Sign,
    /// Decline it.
    Decline,
    /// Have it paid without asking.
    Automatic,
    /// Pause, resume or cancel the subscription.
    Manage,
    /// Close the ticket.
    Close,
    /// Open the ticket again.
    Reopen,
    /// Make links to it for people without a login.
    Share,
    /// Take it away as a PDF.
    Download,
}

/// Something that happened to a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// What, in words.
    pub what: String,
    /// When, in words.
    pub at: String,
}

/// A document's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPage {
    /// What the list shows of it.
    pub row: DocumentRow,
    /// What only its kind has, without what the reader may not see.
    pub details: DocumentDetails,
    /// For whom it was made out.
    pub bill_to: Party,
    /// Its lines.
    pub lines: Vec<DocumentLine>,
    /// Its sums, for kinds with money.
    pub totals: Option<Totals>,
    /// The project or task it belongs to, if the reader may see that.
    pub parent: Option<LinkedDocument>,
    /// What the reader may do with it, in the order of the buttons.
    #[serde(default)]
    pub actions: Vec<DocumentAction>,
    /// How it was answered, if it was.
    #[serde(default)]
    pub answered: Option<Answered>,
    /// What it leads to.
    #[serde(default)]
    pub around: Around,
    /// What happened to it, oldest first.
    #[serde(default)]
    pub history: Vec<HistoryEntry>,
    /// What was written on it.
    #[serde(default)]
    pub conversation: Option<Conversation>,
    /// How to pay it from a bank, if that is open to the reader.
    #[serde(default)]
    pub transfer: Option<BankTransfer>,
}

/// One of the ten tiles of the portal home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindTile {
    /// The kind.
    pub kind: DocumentKind,
    /// How many the person may see.
    pub count: i64,
}

/// Why a document wants its reader's attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttentionReason {
    /// A quotation to review.
    Review,
    /// An invoice to pay.
    Pay,
}

impl AttentionReason {
    /// The kind of document that it is a reason for.
    #[must_use]
    pub fn kind(self) -> DocumentKind {
        match self {
            Self::Review => DocumentKind::Sale,
            Self::Pay => DocumentKind::Invoice,
        }
    }
}

/// A document that needs doing. No more of it than the home shows: browsers need not know how to read a whole row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Why.
    pub reason: AttentionReason,
    /// The document.
    pub id: DocumentId,
    /// Its number or title, or else what it is.
    pub name: String,
    /// For whom it was made.
    pub contact: Option<String>,
    /// When it is due, or valid until.
    #[serde(default, with = "crate::date")]
    pub due: Option<Date>,
    /// What is open of an invoice; the total of a quotation.
    pub amount: Option<Money>,
    /// Whether it is past due.
    pub is_overdue: bool,
}

/// The person's own details on the home.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Name.
    pub name: String,
    /// Company, when the person is under one.
    pub company: Option<String>,
    /// Contact email.
    pub email: String,
    /// Phone.
    pub phone: String,
    /// Address lines.
    pub address: Vec<String>,
}

/// The portal home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// A tile for each kind that the person may see.
    pub tiles: Vec<KindTile>,
    /// What needs doing, most urgent first.
    pub attention: Vec<Attention>,
    /// Whether more needs doing than is shown.
    pub more_attention: bool,
    /// What is open on invoices, by currency and age.
    pub open: Vec<Ages>,
    /// The person's details.
    pub details: Details,
}
