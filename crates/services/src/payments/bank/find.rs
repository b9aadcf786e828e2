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
        let text = Text::of(&line.text);
        if text.bare.is_empty() {
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
    fn best(&self, keys: &[(String, Uuid)], text: &Text, line: &BankLine) -> Result<Option<Uuid>, String> {
        let mut found: Vec<(usize, Uuid)> = Vec::new();
        for (key, id) in keys {
            if text.names(key) {
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

/// What a payer wrote: letters and digits alone, in capitals, each with its place among all that was written.
#[derive(Debug)]
struct Text {
    bare: String,
    places: Vec<usize>,
}

impl Text {
    fn of(written: &str) -> Self {
        let kept = written.chars().enumerate().filter(|(_, c)| c.is_ascii_alphanumeric());
        let (places, bare) = kept.map(|(place, c)| (place, c.to_ascii_uppercase())).unzip();
        Self { bare, places }
    }

    /// Whether a reference stands in it, whatever people put between its parts. The beginning of a longer number is none:
    /// who pays 12 does not pay 1.
    fn names(&self, key: &str) -> bool {
        !key.is_empty()
            && self.bare.match_indices(key).any(|(at, _)| {
                let end = at.saturating_add(key.len());
                !self.goes_on(at.checked_sub(1), Some(at)) && !self.goes_on(end.checked_sub(1), Some(end))
            })
    }

    /// Whether two characters belong to one word or number: both letters or both digits, with nothing between.
    fn goes_on(&self, left: Option<usize>, right: Option<usize>) -> bool {
        let Some((left, right)) = left.zip(right) else { return false };
        let (Some(before), Some(after)) = (self.places.get(left), self.places.get(right)) else {
            return false;
        };
        let bytes = self.bare.as_bytes();
        let is_digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
        before + 1 == *after && is_digit(left) == is_digit(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_whole() {
        for (written, key, is_named) in [
            ("Invoice inv/2026/00012, thank you", "INV202600012", true),
            ("INV 2026 00012 22.11.2026", "INV202600012", true),
            ("RF18 INV2 0260 0012", "RF18INV202600012", true),
            ("RF18INV202600012", "INV202600012", true),
            ("INV/2026/00012EREF", "INV202600012", true),
            ("INV/2026/12", "INV20261", false),
            ("INV/2026/1 and INV/2026/12", "INV20261", true),
            ("SINV/2026/1", "INV20261", false),
            ("P000011", "P00001", false),
            ("", "P00001", false),
            ("anything", "", false),
        ] {
            assert_eq!(Text::of(written).names(key), is_named, "{key} in {written}");
        }
    }
}
