use domain::{access::Right, settings::TemplateForm};

use crate::{Cx, ServiceError, ServiceResult, access::staff, mail::MailKind};

/// How a mail would read in these words, with sample values: subject and text. Nothing is saved.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// As [`super::save_mail_template`].
pub fn preview_mail_template(cx: &Cx, kind: &str, form: &TemplateForm) -> ServiceResult<(String, String)> {
    staff(cx, Right::ManageSettings)?;
    let kind = MailKind::parse(kind).ok_or(ServiceError::NotFound)?;
    preview(cx, kind, form)
}

pub(super) fn preview(cx: &Cx, kind: MailKind, form: &TemplateForm) -> ServiceResult<(String, String)> {
    let rendered = crate::mail::sample(&cx.portico.settings(), kind, form, cx.now())?;
    Ok((rendered.subject, rendered.text))
}
