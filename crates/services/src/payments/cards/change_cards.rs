use domain::{access::Permission, ids::MethodId};
use entities::payment_method::{self, Column, Entity};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use super::owner::{all_cards_of, card_of, cards_of};
use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
    payments::automatic::pays_automatically,
};

/// Deletes a saved card, here and at the provider. Payments that were made with it keep its last digits. Twice is once.
///
/// # Permissions
/// `methods.remove`, in its scope, signed in.
///
/// # Errors
/// [`ServiceError::Refused`] while it pays something without asking; [`ServiceError::NotFound`] for a card that is not
/// theirs to remove.
pub async fn remove_card(cx: &Cx, id: MethodId) -> ServiceResult<()> {
    let method = one_of(cx, all_cards_of(cx, Permission::MethodsRemove)?, id).await?;
    let transaction = cx.begin().await?;
    if let Some(paid) = pays_automatically(&transaction, method.id).await? {
        return Err(ServiceError::refused(format!(
            "This card pays {paid} without asking. Choose another card there, or switch that off, and delete it then.",
        )));
    }
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(Some(cx.now().millis())))
        .col_expr(Column::IsDefault, Expr::value(false))
        .filter(Column::Id.eq(method.id))
        .filter(Column::RemovedAt.is_null())
        .exec(&transaction)
        .await?;
    if done.rows_affected == 0 {
        return Ok(());
    }
    record(cx, &transaction, "payment_method.removed", &method).await?;
    transaction.commit().await?;
    forget(cx, &method).await;
    Ok(())
}

/// Has a saved card offered first.
///
/// # Permissions
/// `methods.add`, in its scope, signed in.
///
/// # Errors
/// [`ServiceError::NotFound`] for a card that is not theirs.
pub async fn make_default(cx: &Cx, id: MethodId) -> ServiceResult<()> {
    let method = one_of(cx, cards_of(cx, Permission::MethodsAdd)?, id).await?;
    if method.is_default {
        return Ok(());
    }
    let transaction = cx.begin().await?;
    let mut owner = Entity::update_many()
        .filter(Column::EntityId.eq(method.entity_id))
        .filter(Column::IsCompany.eq(method.is_company))
        .filter(Column::RemovedAt.is_null());
    if !method.is_company {
        owner = owner.filter(Column::ContactId.eq(method.contact_id));
    }
    owner.col_expr(Column::IsDefault, Expr::col(Column::Id).eq(method.id)).exec(&transaction).await?;
    record(cx, &transaction, "payment_method.made_default", &method).await?;
    transaction.commit().await?;
    Ok(())
}

async fn one_of(cx: &Cx, cards: Option<Condition>, id: MethodId) -> ServiceResult<payment_method::Model> {
    let cards = cards.ok_or(ServiceError::NotFound)?;
    let found = Entity::find_by_id(Uuid::from(id)).filter(cards).one(cx.db().pool()).await?;
    found.ok_or(ServiceError::NotFound)
}

async fn record(
    cx: &Cx,
    transaction: &crate::Transaction,
    action: &'static str,
    method: &payment_method::Model,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: &card_of(method).label(),
        subject_id: Some(method.id),
        entity_id: Some(method.entity_id),
        data: json!({ "company": method.is_company }),
    };
    audit::record(cx, transaction, event).await
}

/// Has the provider forget a card; where that fails, it is only not offered any more.
pub(in crate::payments) async fn forget(cx: &Cx, method: &payment_method::Model) {
    if let Some(provider) = cx.portico.card_provider().filter(|provider| provider.name() == method.provider)
        && let Err(error) = provider.forget(method.provider_ref.clone()).await
    {
        tracing::warn!(event = "payment_method.not_forgotten", method = %method.id, %error);
    }
}
