//! Which payments somebody sees.

use domain::access::Permission;
use entities::payment::{self, Column};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    Cx, ServiceResult,
    access::{portal, portal_scope_if_any},
};

/// The payments that somebody in the portal sees: those of invoices that they see, and what they paid themselves.
pub(super) fn seen(cx: &Cx) -> ServiceResult<Select<payment::Entity>> {
    let actor = portal(cx)?;
    let own =
        Column::ContactId.eq(Uuid::from(actor.contact)).and(Column::EntityId.eq(Uuid::from(actor.entity)));
    let mut whose = Condition::any().add(own.and(Column::UserId.eq(actor.user.map(Uuid::from))));
    if let Some(user) = actor.user {
        whose =
            whose.add(Column::UserId.eq(Uuid::from(user)).and(Column::EntityId.eq(Uuid::from(actor.entity))));
    }
    if let Some(scope) = portal_scope_if_any(cx, Permission::InvoicesView)? {
        let contact = Expr::col((payment::Entity, Column::ContactId));
        whose = whose.add(scope.whose(contact, Expr::col((payment::Entity, Column::EntityId))));
    }
    Ok(payment::Entity::find().filter(whose))
}
