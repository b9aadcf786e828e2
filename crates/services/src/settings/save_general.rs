use domain::{FieldErrors, access::Right, settings::GeneralForm};
use serde_json::{Value, json};

use super::{
    currencies::CURRENCIES,
    snapshot::{self, GENERAL},
    store, zone,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
};

/// Saves the general settings. They act at the next request; in another instance, within a minute.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::Invalid`] with the wrong fields; [`ServiceError::Stale`] when somebody else saved first.
pub async fn save_general(cx: &Cx, form: &GeneralForm) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let form = check(form)?;
    let transaction = cx.begin().await?;
    let exists = store::lock(&transaction, GENERAL).await?;
    let before = snapshot::read(&cx.portico, &transaction).await?.general;
    if before.version != form.version {
        return Err(ServiceError::Stale);
    }
    if before == form {
        return Ok(());
    }
    let after = GeneralForm { version: form.version + 1, ..form };
    store::put(&transaction, GENERAL, exists, json!(after)).await?;
    let event = Event {
        action: "settings.changed",
        subject: "General settings",
        subject_id: None,
        entity_id: None,
        data: audit::between(&told(&before), &told(&after)),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    snapshot::refresh(&cx.portico).await
}

fn check(form: &GeneralForm) -> Result<GeneralForm, FieldErrors> {
    let checked = form.clone().checked();
    let mut errors = checked.as_ref().err().cloned().unwrap_or_default();
    if !zone::exists(form.time_zone.trim()) {
        errors.add("time_zone", "Choose a time zone from the list.");
    }
    if !CURRENCIES.iter().any(|(code, _)| *code == form.currency.trim()) {
        errors.add("currency", "Choose a currency from the list.");
    }
    errors.into_result()?;
    checked
}

/// The settings as the audit trail tells them.
fn told(form: &GeneralForm) -> Value {
    let texts = form.texts().map(|(field, _, text)| (field.to_owned(), json!(text)));
    let mut told: serde_json::Map<String, Value> = texts.into_iter().collect();
    told.insert("require_two_factor".to_owned(), json!(form.require_two_factor));
    Value::Object(told)
}
