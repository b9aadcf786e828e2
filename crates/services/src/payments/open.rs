//! What is open on a document.

use domain::{
    Currency, Money,
    documents::{DocumentDetails, DocumentKind, DocumentState},
    instant::display_date,
    payments::Payable,
};
use entities::document;
use time::Date;
use uuid::Uuid;

use crate::{
    Cx,
    documents::{read::details_of, stored::name_of},
};

/// A document on which something is open.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub document: document::Model,
    pub kind: DocumentKind,
    pub entity: Uuid,
    pub currency: Currency,
    /// `Invoice INV/2026/0001`.
    pub name: String,
    /// In minor units; above zero.
    pub open: i64,
    /// The least that a payment for it alone may be.
    pub least: i64,
    /// A payment that is under way.
    pub is_pending: bool,
}

impl Open {
    fn due(&self) -> Option<Date> {
        self.document.due_on.filter(|_| self.kind == DocumentKind::Invoice)
    }

    pub(super) fn is_overdue(&self, today: Date) -> bool {
        self.due().is_some_and(|due| due < today)
    }

    /// As the page shows it.
    pub(super) fn shown(&self, today: Date, is_chosen: bool) -> Payable {
        let is_overdue = self.is_overdue(today);
        let due = self
            .due()
            .map(|due| format!("{} {}", if is_overdue { "Was due on" } else { "Due on" }, display_date(due)));
        Payable {
            id: self.document.id.into(),
            name: self.name.clone(),
            due: due.unwrap_or_default(),
            is_overdue,
            open: Money::new(self.open, self.currency),
            least: Money::new(self.least, self.currency),
            is_chosen: is_chosen && !self.is_pending,
            hindrance: self.is_pending.then(|| "A payment for it is under way.".to_owned()),
        }
    }
}

/// Whether something is open on a document, for whoever may pay it.
pub(crate) fn is_payable(cx: &Cx, document: &document::Model) -> bool {
    Open::of(cx, document.clone(), false).is_some()
}

impl Open {
    /// What is open on a document; nothing where nothing is, or where it is not for the customer to pay.
    pub(super) fn of(cx: &Cx, document: document::Model, is_pending: bool) -> Option<Self> {
        let kind = DocumentKind::parse(&document.kind)?;
        let state = DocumentState::parse(&document.state)?;
        let details = details_of(document.id, document.details.clone())?;
        let currency = Currency::parse(document.currency.as_deref()?).ok()?;
        let total = document.total?;
        let general = &cx.settings().general;
        let (open, least) = match (kind, state) {
            (DocumentKind::Invoice, DocumentState::Posted) if details.is_due_by_customer() => {
                (document.residual?, general.least_of(total))
            }
            (DocumentKind::Sale, DocumentState::Sent | DocumentState::Confirmed) => {
                let down = general.down_payment_of(total)?;
                if state == DocumentState::Sent && is_expired(&document, &details, cx.today()) {
                    return None;
                }
                let open = total.checked_sub(document.paid_here)?;
                let least = down.saturating_sub(document.paid_here).max(general.least_of(total));
                (open, if state == DocumentState::Sent { least } else { general.least_of(total) })
            }
            _ => return None,
        };
        if open <= 0 || !document.is_visible {
            return None;
        }
        let name = format!("{} {}", details.noun_in(state), name_of(&document));
        let (entity, least) = (document.entity_id?, least.min(open).max(1));
        Some(Self { kind, entity, currency, name, open, least, is_pending, document })
    }
}

fn is_expired(document: &document::Model, details: &DocumentDetails, today: Date) -> bool {
    let last = match details {
        DocumentDetails::Sale { valid_until, .. } => valid_until.or(document.due_on),
        _ => None,
    };
    last.is_some_and(|last| last < today)
}
