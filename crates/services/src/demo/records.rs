//! The sample records: files as Odoo exports them, imported like any export.

use domain::import::Severity;
use entities::contact;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Date;

use super::{placeholders, service_records};
use crate::{
    Cx, ServiceError, ServiceResult,
    import::{self, SourceFile},
};

/// External id of the person behind the customer's login.
const CUSTOMER: &str = "demo.casey";
/// The customer's company, as the files have it.
pub(super) const CUSTOMER_COMPANY: &str = "Northwind Interiors";

const FILES: [(&str, &str); 8] = [
    ("contacts.csv", include_str!("data/contacts.csv")),
    ("leads.csv", include_str!("data/leads.csv")),
    ("orders.csv", include_str!("data/orders.csv")),
    ("purchases.csv", include_str!("data/purchases.csv")),
    ("invoices.csv", include_str!("data/invoices.csv")),
    ("projects.csv", include_str!("data/projects.csv")),
    ("tasks.csv", include_str!("data/tasks.csv")),
    ("timesheets.csv", include_str!("data/timesheets.csv")),
];

/// Loads all sample records; those that are here already are not made twice.
pub(super) async fn load(cx: &Cx) -> ServiceResult<()> {
    let files = files(cx.now().to_utc().date())?;
    let report = import::import_odoo(cx, files, false, |_, _| {}).await?;
    if let Some(note) = report.notes.iter().find(|note| note.severity == Severity::Error) {
        return Err(ServiceError::internal(anyhow::anyhow!(
            "a sample record was left out: {} line {}: {}",
            note.file,
            note.line,
            note.reason
        )));
    }
    service_records::load(cx).await
}

/// The person behind the customer's login.
pub(super) async fn customer(cx: &Cx) -> ServiceResult<contact::Model> {
    let found =
        contact::Entity::find().filter(contact::Column::ExternalId.eq(CUSTOMER)).one(cx.db().pool()).await?;
    found.ok_or_else(|| {
        ServiceError::refused(
            "The sample records are gone: remove this data folder, or choose another with PORTICO_DATA_DIR.",
        )
    })
}

fn files(today: Date) -> ServiceResult<Vec<SourceFile>> {
    let file = |(name, text): (&str, &str)| {
        let wrong = || ServiceError::internal(anyhow::anyhow!("{name} has a placeholder that is unknown"));
        let text = placeholders::fill(text, today).ok_or_else(wrong)?;
        Ok(SourceFile::new(name, text.into_bytes()))
    };
    FILES.into_iter().map(file).collect()
}
