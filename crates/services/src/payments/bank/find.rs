//! What a line of a statement is for.

use std::collections::HashMap;

use domain::payments::{BankLine, Means, PaymentState, bare, creditor_reference};
use entities::{document, payment};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Cx, ServiceResult};

/// An invoice's number that is shorter is found by its reference only: it may stand in any text by chance.
const SHORTEST: usize = 6;

/// What can be paid by a transfer.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// Transfers that are waited for, by reference and by number.
    payments: Vec<(String, Uuid)>,
    /// Open invoices, by reference and by number.
    invoices: Vec<(String, Uuid)>,
    currencies: HashMap<Uuid, String>,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A transfer that is waited for.
    Payment(Uuid),
    /// An open invoice.
    Invoice(Uuid),
}

impl Targets {
    /// All that transfers are waited for, and all open invoices.
    pub(super) async fn read(cx: &Cx) -> ServiceResult<Self> {
        let mut targets = Self::default();
        let waiting = payment::Entity::find()
            .filter(payment::Column::State.eq(PaymentState::Pending.code()))
            .filter(payment::Column::Means.eq(Means::Transfer.code()))
            .all(cx.db().pool())
            .await?;
        for payment in waiting {
            targets.currencies.insert(payment.id, payment.currency);
            for key in [bare(&payment.reference), bare(&payment.number)] {
                targets.payments.push((key, payment.id));
            }
        }
        let open: Vec<(Uuid, String, Option<String>)> = {
            use sea_orm::QuerySelect;
            document::Entity::find()
                .select_only()
                .columns([document::Column::Id, document::Column::Number, document::Column::Currency])
                .filter(document::Column::Attention.eq("pay"))
                .into_tuple()
                .all(cx.db().pool())
                .await?
        };
        for (id, number, currency) in open {
            targets.currencies.insert(id, currency.unwrap_or_default());
            if let Some(reference) = creditor_reference(&number) {
                targets.invoices.push((bare(&reference), id));
            }
            let number = bare(&number);
            if number.len() >= SHORTEST {
                targets.invoices.push((number, id));
            }
        }
        Ok(targets)
    }

    /// What a line is for, or why that is not known.
    pub(super) fn find(&self, line: &BankLine) -> Result<Target, String> {
        let text = bare(&line.text);
        if text.is_empty() {
            return Err("The payer gave no reference.".to_owned());
        }
        if let Some(payment) = self.best(&self.payments, &text, line)? {
            return Ok(Target::Payment(payment));
        }
        match self.best(&self.invoices, &text, line)? {
            Some(invoice) => Ok(Target::Invoice(invoice)),
            None => Err("Its reference belongs to no open invoice and to no announced transfer.".to_owned()),
        }
    }

    /// The one whose key stands in the text: of several, the one with the longest.
    fn best(&self, keys: &[(String, Uuid)], text: &str, line: &BankLine) -> Result<Option<Uuid>, String> {
        let mut found: Vec<(usize, Uuid)> = Vec::new();
        for (key, id) in keys {
            if !key.is_empty() && text.contains(key.as_str()) {
                found.push((key.len(), *id));
            }
        }
        let Some(longest) = found.iter().map(|(length, _)| *length).max() else { return Ok(None) };
        let mut best: Vec<Uuid> =
            found.iter().filter(|(length, _)| *length == longest).map(|(_, id)| *id).collect();
        best.sort_unstable();
        best.dedup();
        let [one] = best.as_slice() else {
            return Err("Its reference fits several: book it by hand.".to_owned());
        };
        let currency = self.currencies.get(one).map(String::as_str).unwrap_or_default();
        if currency != line.amount.currency.code() {
            return Err(format!("What it is for is in {currency}: book it by hand."));
        }
        Ok(Some(*one))
    }
}
