use domain::{
    documents::{DocumentKind, DocumentState},
    ids::DocumentId,
    subscriptions::{MAX_REASON, SubscriptionAction},
    webhooks::WebhookEvent,
};
use entities::{document, subscription_change};
use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect};
use serde_json::json;

use super::{get_subscription::managed, needed};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::portal,
    audit::{self, Event},
    documents::{
        may::may,
        messages::{Author, By, Said, audience, begin_to_follow, plain_text, tell_followers},
        stored::{as_stored, name_of},
        write::update_documents,
    },
    ids,
    mail::Happening,
    payments::end_automatic,
    webhooks::announce,
};

/// Pauses a subscription, resumes it or ends it, at once. Staff are told; what pays it without asking ends with it.
///
/// # Permissions
/// `subscriptions.change` to pause and resume, `subscriptions.cancel` to end, in their scopes, signed in.
///
/// # Errors
/// [`ServiceError::Refused`] when it is in no state for that any more; [`ServiceError::Invalid`] by field;
/// [`ServiceError::NotFound`] without the permission.
pub async fn change_subscription(
    cx: &Cx,
    id: DocumentId,
    action: SubscriptionAction,
    reason: &str,
) -> ServiceResult<()> {
    let found = managed(cx, id).await?;
    if !may(cx, DocumentKind::Subscription, needed(action), &found).await? {
        return Err(ServiceError::NotFound);
    }
    let actor = portal(cx)?;
    let user = actor.user.ok_or(ServiceError::NotFound)?;
    let reason = plain_text(reason);
    if reason.chars().count() > MAX_REASON {
        return Err(ServiceError::field("reason", format!("At most {MAX_REASON} characters, please.")));
    }
    let audience = audience(cx, id).await?;
    let transaction = cx.begin().await?;
    let locked = document::Entity::find_by_id(found.id).lock_exclusive().one(&transaction).await?;
    let before = locked.ok_or(ServiceError::NotFound)?;
    let state = DocumentState::parse(&before.state);
    if state == Some(action.leads_to()) {
        // Pressed twice.
        return Ok(());
    }
    if !state.is_some_and(|state| SubscriptionAction::on(state).contains(&action)) {
        return Err(ServiceError::refused("It was changed since you opened this page. Look at it again."));
    }
    let mut after = as_stored(&before)?;
    after.content.state = action.leads_to();
    let row = subscription_change::ActiveModel {
        id: Set(ids::mint(cx.now())),
        document_id: Set(before.id),
        action: Set(action.code().to_owned()),
        reason: Set(reason.clone()),
        created_by: Set(actor.details.name.clone()),
        created_at: Set(cx.now().millis()),
    };
    subscription_change::Entity::insert(row).exec_without_returning(&transaction).await?;
    if action == SubscriptionAction::Cancel {
        end_automatic(cx, &transaction, before.id).await?;
    }
    let event = Event {
        action: match action {
            SubscriptionAction::Pause => "document.subscription_paused",
            SubscriptionAction::Resume => "document.subscription_resumed",
            SubscriptionAction::Cancel => "document.subscription_canceled",
        },
        subject: name_of(&before),
        subject_id: Some(before.id),
        entity_id: before.entity_id,
        data: json!({ "reason": reason }),
    };
    audit::record(cx, &transaction, event).await?;
    announce(cx, &transaction, WebhookEvent::SubscriptionChanged, (&before).into()).await?;
    begin_to_follow(cx, &transaction, before.id, user, actor.membership).await?;
    let author =
        Author { by: By::User(user), name: actor.details.name.clone(), is_staff: false, is_internal: false };
    let said = Said {
        document: &before,
        kind: DocumentKind::Subscription,
        what: match action {
            SubscriptionAction::Pause => Happening::Paused,
            SubscriptionAction::Resume => Happening::Resumed,
            SubscriptionAction::Cancel => Happening::Ended,
        },
        author: &author,
        text: &reason,
        files: &[],
        audience: &audience,
    };
    tell_followers(cx, &transaction, &said).await?;
    update_documents(cx, &transaction, vec![(before, after)]).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}
