use domain::{
    Instant,
    access::{PortalUserForm, PortalUserPage, Right},
    date::to_iso,
    ids::{ContactId, GroupId},
};
use entities::{contact, membership, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde_json::json;
use time::Duration;

use super::{
    done::Done,
    group_choice::choices,
    portal_users::{Live, live_of},
    regroup::regroup,
    revoke, staff,
    terms::Terms,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, Event},
};

/// The portal user of a contact, to edit.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::NotFound`] when the contact has no access or the actor lacks the right.
pub async fn get_portal_user(cx: &Cx, contact: ContactId) -> ServiceResult<PortalUserPage> {
    let pass = staff(cx, Right::ManageAccess)?;
    let pool = cx.db().pool();
    let live = live_of(pool, contact).await?.ok_or(ServiceError::NotFound)?;
    let customer = ContactId(live.contact.entity_id);
    let entity = pass.contact(customer).one(pool).await?.ok_or(ServiceError::NotFound)?;
    let zone = &cx.settings().zone;
    let day = |at: Instant| to_iso(zone.day_of(at));
    let user = live.to_portal_user();
    Ok(PortalUserPage {
        first_day: user.valid_from.map(day).unwrap_or_default(),
        // It ends where the next day begins.
        last_day: user.valid_until.map(|end| day(end.plus(-Duration::MILLISECOND))).unwrap_or_default(),
        customer,
        customer_name: entity.name,
        user,
        groups: choices(pool).await?,
    })
}

/// Changes the terms on which a contact is a portal user; they act at the next request.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::Invalid`] with what is wrong, [`ServiceError::Stale`] when somebody else saved meanwhile,
/// [`ServiceError::NotFound`] when the contact has no access or the actor lacks the right.
pub async fn edit_portal_user(cx: &Cx, contact: ContactId, form: &PortalUserForm) -> ServiceResult<()> {
    let pass = staff(cx, Right::ManageAccess)?;
    let terms = Terms::parse(cx, form)?;
    let transaction = cx.begin().await?;
    pass.contact(contact).lock_exclusive().one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    let live = live_of(&transaction, contact).await?.ok_or(ServiceError::NotFound)?;
    if form.seen != live.to_portal_user().seen() {
        return Err(ServiceError::Stale);
    }
    let group = Some(terms.group.unwrap_or(GroupId(live.membership.group_id)));
    if let Done::Refused(text) = regroup(cx, &transaction, &live.contact, group).await? {
        return Err(ServiceError::field("group", text));
    }
    change_terms(cx, &transaction, &live, &terms).await?;
    transaction.commit().await?;
    Ok(())
}

async fn change_terms(cx: &Cx, transaction: &Transaction, live: &Live, terms: &Terms) -> ServiceResult<()> {
    let Live { membership, user, contact, .. } = live;
    let (from, until) = (terms.valid_from.map(Instant::millis), terms.valid_until.map(Instant::millis));
    if (membership.valid_from, membership.valid_until) != (from, until) {
        membership::Entity::update_many()
            .col_expr(membership::Column::ValidFrom, Expr::value(from))
            .col_expr(membership::Column::ValidUntil, Expr::value(until))
            .filter(membership::Column::Id.eq(membership.id))
            .exec(transaction)
            .await?;
        let zone = &cx.settings().zone;
        let shown = |at: Option<i64>| at.map(|at| zone.display(Instant::from_millis(at)));
        let data = json!({
            "login": user.login,
            "before": { "valid from": shown(membership.valid_from), "valid until": shown(membership.valid_until) },
            "after": { "valid from": shown(from), "valid until": shown(until) },
        });
        record(cx, transaction, contact, "membership.validity_changed", data).await?;
    }
    if user.require_two_factor != terms.require_two_factor {
        user::Entity::update_many()
            .col_expr(user::Column::RequireTwoFactor, Expr::value(terms.require_two_factor))
            .filter(user::Column::Id.eq(user.id))
            .exec(transaction)
            .await?;
        let data = json!({
            "login": user.login,
            "before": { "two-factor required": user.require_two_factor },
            "after": { "two-factor required": terms.require_two_factor },
        });
        record(cx, transaction, contact, "user.two_factor_requirement_changed", data).await?;
    }
    Ok(())
}

async fn record(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    action: &'static str,
    data: serde_json::Value,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: &contact.name,
        subject_id: Some(contact.id),
        entity_id: Some(contact.entity_id),
        data,
    };
    audit::record(cx, transaction, event).await
}

/// Ends the memberships that are over by their date, with everything that ending one brings.
///
/// Nobody can use one from that instant on anyway; this frees the customer's secure link, unsent mails and the
/// password of somebody who has no access left.
///
/// # Errors
/// When the database fails.
pub(crate) async fn end_lapsed(cx: &Cx) -> ServiceResult<()> {
    let lapsed = membership::Entity::find()
        .filter(membership::Column::State.ne("ended"))
        .filter(membership::Column::ValidUntil.lte(cx.now().millis()))
        .limit(500)
        .all(cx.db().pool())
        .await?;
    for membership in lapsed {
        let transaction = cx.begin().await?;
        if let Some(live) = live_of(&transaction, ContactId(membership.contact_id)).await?
            && live.membership == membership
        {
            revoke::end(cx, &transaction, &live.membership, &live.user).await?;
            revoke::make_final(&transaction, live.membership.id).await?;
            let data = json!({ "login": live.user.login });
            record(cx, &transaction, &live.contact, "access.lapsed", data).await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}
