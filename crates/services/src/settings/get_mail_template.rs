use domain::{
    access::Right,
    settings::{MailTemplatePage, PlaceholderHelp},
};

use super::{preview_mail_template::preview, snapshot};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    mail::{MailKind, original},
};

/// A mail's words as they are now, what may stand in them, and how they read.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such mail or the actor lacks the right.
pub async fn get_mail_template(cx: &Cx, kind: &str) -> ServiceResult<MailTemplatePage> {
    staff(cx, Right::ManageSettings)?;
    let kind = MailKind::parse(kind).ok_or(ServiceError::NotFound)?;
    // Not the cached ones: another instance may have saved since.
    let settings = snapshot::read(&cx.portico, cx.db().pool()).await?;
    let form = settings.templates.get(kind.code()).cloned().unwrap_or_else(|| original(kind));
    let placeholders = kind.placeholders().map(|(name, meaning)| PlaceholderHelp {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        is_required: kind.required().contains(&name),
    });
    let kinds = MailKind::ALL.into_iter().map(|kind| {
        (kind.code().to_owned(), kind.label().to_owned(), settings.templates.contains_key(kind.code()))
    });
    Ok(MailTemplatePage {
        kinds: kinds.collect(),
        kind: (kind.code().to_owned(), kind.label().to_owned()),
        occasion: kind.occasion().to_owned(),
        placeholders: placeholders.collect(),
        preview: preview(cx, kind, &form).unwrap_or_default(),
        form,
    })
}
