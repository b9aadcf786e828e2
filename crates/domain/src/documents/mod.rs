//! Documents: whatever a customer can look at, of ten kinds.

mod details;
mod figures;
mod filter;
mod form;
mod grouping;
mod kind;
mod message;
mod order;
mod read;
mod share;
mod signing;
mod staff;
mod state;
mod statement;
mod status;
mod ticket;

pub use details::{Direction, DocumentDetails, StaffOnly, display_minutes};
pub use figures::{display_percent, display_quantity, paragraphs};
pub use filter::{DocumentFilter, parse_amount};
pub use form::{DocumentFormPage, DocumentFormRequest, MOST_LINES, TypedDocument, TypedLine};
pub use grouping::Grouping;
pub use kind::DocumentKind;
pub use message::{
    Conversation, MAX_FILE, MAX_FILES, MAX_MESSAGE, MAX_SHOWN, Message, MessageFile, MessageForm,
};
pub use order::DocumentOrder;
pub use read::{
    Around, Attention, AttentionReason, Details, DocumentAction, DocumentLine, DocumentList, DocumentPage,
    DocumentRequest, DocumentRow, HistoryEntry, Home, KindTile, LinkedDocument, ListGroup, OriginalPage,
    Party, SearchGroup, Totals,
};
pub use share::{
    MAX_RECIPIENT, MOST_LIVE_LINKS, SHARE_DAYS, ShareForm, ShareLinkRow, ShareLinksPage, ShareRights,
    ShareSide, ShareStanding, ShareTerms, SharedDocument, USUAL_SHARE_DAYS,
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
pub use statement::{Age, Ages, Statement, StatementFilter, StatementPart, StatementRow};
pub use status::DocumentStatus;
pub use ticket::{MAX_SUBJECT, TicketForm};
