//! Documents: whatever a customer can look at, of ten kinds.

mod details;
mod filter;
mod form;
mod grouping;
mod kind;
mod order;
mod read;
mod staff;
mod state;
mod statement;
mod status;

pub use details::{Direction, DocumentDetails, StaffOnly, display_minutes};
pub use filter::{DocumentFilter, parse_amount};
pub use form::{DocumentFormPage, DocumentFormRequest, MOST_LINES, TypedDocument, TypedLine};
pub use grouping::Grouping;
pub use kind::DocumentKind;
pub use order::DocumentOrder;
pub use read::{
    Around, Attention, AttentionReason, Details, DocumentLine, DocumentList, DocumentPage, DocumentRequest,
    DocumentRow, Home, KindTile, LinkedDocument, ListGroup, Party, SearchGroup, Totals,
};
pub use staff::{
    Exposure, PublishOutcome, StaffDocumentFilter, StaffDocumentList, StaffDocumentPage, StaffDocumentRow,
    Standing,
};
pub use state::DocumentState;
pub use statement::{Age, Statement, StatementFilter, StatementPart, StatementRow};
pub use status::DocumentStatus;
