use domain::{
    Money,
    documents::DocumentKind,
    ids::{DocumentId, PaymentId},
    payments::PayPage,
};
use uuid::Uuid;

use super::{
    open::Open,
    payable::{gate, payable_beside},
    payer::Payer,
    ways::ways,
};
use crate::{Cx, ServiceResult, ids};

/// The page on which documents are paid. Without any that are chosen, all overdue ones are; where none is overdue, all
/// that are open. Two statements.
///
/// # Permissions
/// `invoices.pay` or `sales.pay`, in their scopes.
///
/// # Errors
/// [`ServiceError::NotFound`] without a permission, or when a chosen one is not there for this person;
/// [`ServiceError::Refused`] when nothing is open.
pub async fn get_paying(cx: &Cx, chosen: &[DocumentId]) -> ServiceResult<PayPage> {
    Payer::of_portal(cx)?;
    gate(cx)?;
    let wanted: Vec<Uuid> = chosen.iter().map(|id| Uuid::from(*id)).collect();
    let mut all = payable_beside(cx, &wanted).await?;
    let named = wanted.iter().find_map(|id| all.iter().find(|open| open.document.id == *id));
    let first = match (named, wanted.is_empty()) {
        (Some(named), _) => named.clone(),
        (None, true) => all.first().cloned().ok_or_else(super::nothing_open)?,
        (None, false) => return Err(super::nothing_open()),
    };
    if first.kind == DocumentKind::Sale {
        all = vec![first.clone()];
    }
    let is_together = |open: &Open| {
        open.entity == first.entity && open.currency == first.currency && (open.kind == first.kind)
    };
    let (together, others): (Vec<Open>, Vec<Open>) = all.into_iter().partition(is_together);
    let today = cx.today();
    let has_overdue = together.iter().any(|open| open.is_overdue(today) && !open.is_pending);
    let is_chosen = |open: &Open| match wanted.is_empty() {
        true => !has_overdue || open.is_overdue(today),
        false => wanted.contains(&open.document.id),
    };
    let payables: Vec<_> = together.iter().map(|open| open.shown(today, is_chosen(open))).collect();
    let counted = payables.iter().filter(|payable| payable.is_chosen).map(|payable| payable.open.minor);
    let open = counted.fold(0_i64, i64::saturating_add);
    let least = payables.iter().filter(|payable| payable.is_chosen).map(|payable| payable.least.minor).min();
    let mut elsewhere: Vec<(DocumentId, String)> = Vec::new();
    for open in &others {
        let words = format!("{} of {}", Money::new(open.open, open.currency), open.name);
        let is_known = elsewhere.iter().any(|(id, _)| {
            others.iter().any(|other| {
                Uuid::from(*id) == other.document.id
                    && (other.entity, other.currency) == (open.entity, open.currency)
            })
        });
        if !is_known && open.kind == DocumentKind::Invoice {
            elsewhere.push((open.document.id.into(), words));
        }
    }
    Ok(PayPage {
        key: PaymentId(ids::mint(cx.now())),
        currency: first.currency,
        payables,
        elsewhere,
        open: Money::new(open, first.currency),
        least: Money::new(least.unwrap_or(1), first.currency),
        ways: ways(cx, first.entity, first.currency, true).await?,
    })
}
