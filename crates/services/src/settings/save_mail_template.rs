use domain::{access::Right, settings::TemplateForm};
use serde_json::json;

use super::{
    snapshot::{self, MAIL},
    store,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
    mail::{MailKind, original},
};

/// Changes a mail's words. They act from the next mail on.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such mail or the actor lacks the right;
/// [`ServiceError::Invalid`] for placeholders that are malformed, unknown or missing;
/// [`ServiceError::Stale`] when somebody else saved first.
pub async fn save_mail_template(cx: &Cx, kind: &str, form: &TemplateForm) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let kind = MailKind::parse(kind).ok_or(ServiceError::NotFound)?;
    form.checked(&kind.allowed(), kind.required())?;
    let name = format!("{MAIL}{}", kind.code());
    let transaction = cx.begin().await?;
    let exists = store::lock(&transaction, &name).await?;
    let before = now_of(cx, &transaction, kind).await?;
    if before.version != form.version {
        return Err(ServiceError::Stale);
    }
    let after = TemplateForm {
        subject: form.subject.trim().to_owned(),
        text: form.text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned(),
        version: before.version,
    };
    if after == before {
        return Ok(());
    }
    let after = TemplateForm { version: before.version + 1, ..after };
    store::put(&transaction, &name, exists, json!(after)).await?;
    note(cx, &transaction, kind, "mail_template.changed", (&before, &after)).await?;
    transaction.commit().await?;
    snapshot::refresh(&cx.portico).await
}

/// Goes back to a mail's original words; nothing happens where they were never changed.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such mail or the actor lacks the right.
pub async fn reset_mail_template(cx: &Cx, kind: &str) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let kind = MailKind::parse(kind).ok_or(ServiceError::NotFound)?;
    let name = format!("{MAIL}{}", kind.code());
    let transaction = cx.begin().await?;
    if store::lock(&transaction, &name).await? {
        let before = now_of(cx, &transaction, kind).await?;
        store::remove(&transaction, &name).await?;
        note(cx, &transaction, kind, "mail_template.reset", (&before, &original(kind))).await?;
        transaction.commit().await?;
    }
    snapshot::refresh(&cx.portico).await
}

async fn now_of(cx: &Cx, transaction: &Transaction, kind: MailKind) -> ServiceResult<TemplateForm> {
    let mut settings = snapshot::read(&cx.portico, transaction).await?;
    Ok(settings.templates.remove(kind.code()).unwrap_or_else(|| original(kind)))
}

async fn note(
    cx: &Cx,
    transaction: &Transaction,
    kind: MailKind,
    action: &'static str,
    (before, after): (&TemplateForm, &TemplateForm),
) -> ServiceResult<()> {
    let told = |form: &TemplateForm| json!({ "subject": form.subject, "text": form.text });
    let event = Event {
        action,
        subject: kind.label(),
        subject_id: None,
        entity_id: None,
        data: audit::between(&told(before), &told(after)),
    };
    audit::record(cx, transaction, event).await
}
