use domain::{
    Instant, Money,
    access::Permission,
    documents::{DocumentDetails, DocumentKind},
    ids::DocumentId,
    instant::display_date,
    subscriptions::{SubscriptionAction, SubscriptionChange, SubscriptionPage},
};
use entities::{document, subscription_change};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::needed;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope},
    documents::{
        may::may,
        read::{currency_of, details_of, to_row},
    },
    payments::automatic_card,
};

/// Changes that are shown.
const MOST: u64 = 50;

/// The page on which a subscription is managed.
///
/// # Permissions
/// `subscriptions.view`, in its scope, and `subscriptions.change` or `subscriptions.cancel` for it, signed in.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permissions, or when there is no such subscription for this person.
pub async fn get_subscription(cx: &Cx, id: DocumentId) -> ServiceResult<SubscriptionPage> {
    let document = managed(cx, id).await?;
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {id} cannot be read"));
    let row = to_row(document.clone().into(), cx.today()).ok_or_else(unreadable)?;
    let details = details_of(document.id, document.details.clone()).ok_or_else(unreadable)?;
    let DocumentDetails::Subscription { recurrence, next_invoice_on } = details else {
        return Err(unreadable());
    };
    let mut actions = Vec::new();
    for action in SubscriptionAction::on(row.state) {
        if may(cx, DocumentKind::Subscription, needed(*action), &document).await? {
            actions.push(*action);
        }
    }
    let changes = subscription_change::Entity::find()
        .filter(subscription_change::Column::DocumentId.eq(document.id))
        .order_by_desc(subscription_change::Column::CreatedAt)
        .order_by_desc(subscription_change::Column::Id)
        .limit(MOST)
        .all(cx.db().pool())
        .await?;
    let is_running = row.state == domain::documents::DocumentState::Active;
    Ok(SubscriptionPage {
        amount: document
            .total
            .zip(currency_of(document.currency.as_deref()))
            .map(|(minor, currency)| Money::new(minor, currency)),
        row,
        recurrence,
        next: next_invoice_on.filter(|_| is_running).map(display_date),
        actions,
        changes: changes.into_iter().filter_map(|change| shown(cx, change)).collect(),
        paid_by: automatic_card(cx, document.id).await?,
        may_change: may(cx, DocumentKind::Subscription, Permission::SubscriptionsChange, &document).await?,
    })
}

/// A subscription that somebody sees and may do something to.
pub(super) async fn managed(cx: &Cx, id: DocumentId) -> ServiceResult<document::Model> {
    let seen = portal_scope(cx, DocumentKind::Subscription.view())?;
    let actor = portal(cx)?;
    actor.user.filter(|_| !actor.is_view_as()).ok_or(ServiceError::NotFound)?;
    let found = seen
        .documents(DocumentKind::Subscription)
        .filter(document::Column::Id.eq(Uuid::from(id)))
        .one(cx.db().pool())
        .await?
        .ok_or(ServiceError::NotFound)?;
    for permission in [Permission::SubscriptionsChange, Permission::SubscriptionsCancel] {
        if may(cx, DocumentKind::Subscription, permission, &found).await? {
            return Ok(found);
        }
    }
    Err(ServiceError::NotFound)
}

fn shown(cx: &Cx, change: subscription_change::Model) -> Option<SubscriptionChange> {
    Some(SubscriptionChange {
        action: SubscriptionAction::parse(&change.action)?,
        reason: change.reason,
        by: change.created_by,
        at: cx.settings().zone.display(Instant::from_millis(change.created_at)),
    })
}
