//! From records to rows, in one transaction.

mod contacts;
mod documents;
mod family;
mod lookup;
mod ties;

use domain::import::ImportReport;

use super::{read::Batch, steps::Steps};
use crate::{Cx, ServiceResult, Transaction};

/// Writes what was read. Whether the transaction is kept is up to the caller.
pub(super) async fn apply(
    cx: &Cx,
    transaction: &Transaction,
    batch: Batch,
    dry_run: bool,
    steps: &mut Steps<'_>,
) -> ServiceResult<ImportReport> {
    let Batch { contacts, documents, mut tally } = batch;
    let partners = documents.values().flatten().filter_map(|record| record.partner.as_deref());
    let known = contacts::apply(cx, transaction, &contacts, partners, &mut tally, steps).await?;
    let mut import = documents::Import::new(cx, transaction, known);
    for (kind, records) in documents {
        import.apply(kind, records, &mut tally, steps).await?;
    }
    steps.finish();
    Ok(tally.into_report(dry_run))
}
