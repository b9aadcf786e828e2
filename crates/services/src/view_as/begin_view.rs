use domain::{
    FieldErrors,
    access::Right,
    ids::{ContactId, MembershipId},
    view_as::{MAX_REASON, VIEW_LASTS},
};
use entities::{contact, membership};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use super::{leave_view::end_earlier, list_view_choices};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
    auth::{PortalFace, show_portal_as},
};

/// Gives the session at hand the face of a customer in the portal, in place of any other that it had: for 15
/// minutes, to look only.
///
/// `choice` is the code of one of [`list_view_choices`]; empty when there is but one.
///
/// # Permissions
/// [`Right::ViewAsCustomer`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such contact or the actor lacks the right;
/// [`ServiceError::Invalid`] without a reason or choice; [`ServiceError::Refused`] when nobody can be viewed.
pub async fn begin_view(cx: &Cx, id: ContactId, choice: &str, reason: &str) -> ServiceResult<()> {
    staff(cx, Right::ViewAsCustomer)?;
    let offered = list_view_choices(cx, id).await?;
    if let Some(refusal) = offered.refusal {
        return Err(ServiceError::refused(refusal));
    }
    let mut errors = FieldErrors::default();
    let reason = reason.trim();
    if reason.is_empty() {
        errors.add("reason", "Say why: the customer can read it.");
    } else if reason.chars().count() > MAX_REASON {
        errors.add("reason", format!("Use at most {MAX_REASON} characters."));
    } else if reason.chars().any(char::is_control) {
        errors.add("reason", "Use one line of plain text.");
    }
    let chosen = match (offered.choices.as_slice(), choice) {
        ([only], "") => Some(only),
        (several, code) => several.iter().find(|choice| choice.code() == code),
    };
    let Some(chosen) = chosen else {
        errors.add("choice", "Choose as whom.");
        return Err(errors.into());
    };
    errors.into_result()?;
    let session = cx.session().ok_or(ServiceError::Unauthenticated)?;

    let transaction = cx.begin().await?;
    end_earlier(cx, &transaction, session, true).await?;
    let subject = subject_of(&transaction, id, chosen.membership).await?.ok_or(ServiceError::NotFound)?;
    let until = cx.now().plus(VIEW_LASTS);
    let face = PortalFace::ViewAs {
        membership: chosen.membership,
        contact: chosen.membership.is_none().then_some(ContactId(subject.entity_id)),
        reason,
        until,
    };
    show_portal_as(&transaction, session, face).await?;
    let event = Event {
        action: "view_as.opened",
        subject: &subject.name,
        subject_id: Some(subject.id),
        entity_id: Some(subject.entity_id),
        data: json!({ "reason": reason, "as": chosen.label, "until": until }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

/// The contact that is viewed.
async fn subject_of(
    connection: &impl sea_orm::ConnectionTrait,
    asked: ContactId,
    membership: Option<MembershipId>,
) -> ServiceResult<Option<contact::Model>> {
    let contact = match membership {
        Some(id) => {
            membership::Entity::find_by_id(Uuid::from(id)).one(connection).await?.map(|m| m.contact_id)
        }
        None => Some(asked.into()),
    };
    let Some(contact) = contact else { return Ok(None) };
    Ok(contact::Entity::find_by_id(contact).one(connection).await?)
}
