//! Documents: whatever a customer can look at, of ten kinds.

mod details;
mod figures;
mod form;
mod kind;
mod read;
mod signing;
mod staff;
mod state;

pub use details::{Direction, DocumentDetails, StaffOnly, display_minutes};
pub use figures::{display_percent, display_quantity, paragraphs};
pub use form::{DocumentFormPage, DocumentFormRequest, MOST_LINES, TypedDocument, TypedLine};
pub use kind::DocumentKind;
pub use read::{
    Attention, AttentionReason, Details, DocumentAction, DocumentLine, DocumentPage, DocumentRequest,
    DocumentRow, Home, KindTile, LinkedDocument, OriginalPage, Party, Totals,
};
pub use signing::{
    Answered, MAX_REASON, MAX_SIGNER, SIGNATURE_BOX, Signature, SigningForm, SigningPage, Stroke,
    check_reason,
};
pub use staff::{
    Exposure, PublishOutcome, StaffDocumentFilter, StaffDocumentList, StaffDocumentPage, StaffDocumentRow,
    Standing,
};
pub use state::DocumentState;
