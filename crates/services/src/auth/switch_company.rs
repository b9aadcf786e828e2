use domain::{
    access::MembershipChoice,
    ids::{MembershipId, UserId},
};
use entities::{contact, group, membership, session};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{PortalActor, Via, portal},
};

/// The companies that a portal user can choose between, by name.
///
/// # Permissions
/// Every portal user who signed in; nobody behind a secure link, and no staff who look.
///
/// # Errors
/// When nobody is signed in, or the database fails.
pub async fn list_companies(cx: &Cx) -> ServiceResult<Vec<MembershipChoice>> {
    let (actor, user) = signed_in(cx)?;
    let rows: Vec<(Uuid, Uuid, String, String)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::Id)
        .column(contact::Column::EntityId)
        .column(contact::Column::Name)
        .column_as(group::Column::Name, "group_name")
        .join(JoinType::InnerJoin, membership::Relation::Contact.def())
        .join(JoinType::InnerJoin, membership::Relation::Group.def())
        .filter(membership::Column::UserId.eq(Uuid::from(user)))
        .filter(works_at(cx.now().millis()))
        .order_by_asc(membership::Column::Id)
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    let companies: Vec<(Uuid, String)> = contact::Entity::find()
        .select_only()
        .columns([contact::Column::Id, contact::Column::Name])
        .filter(contact::Column::Id.is_in(rows.iter().map(|(_, entity, ..)| *entity)))
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    let mut choices: Vec<MembershipChoice> = rows
        .into_iter()
        .map(|(id, entity, contact, group)| MembershipChoice {
            membership: MembershipId(id),
            company: companies
                .iter()
                .find(|(company, _)| *company == entity)
                .map_or_else(|| contact.clone(), |(_, name)| name.clone()),
            contact,
            group,
            is_active: actor.membership == Some(MembershipId(id)),
        })
        .collect();
    choices.sort_by_key(|choice| choice.company.to_lowercase());
    Ok(choices)
}

/// Makes another company the active one: from the next request on everything in this browser is of it.
///
/// # Permissions
/// The membership's own user.
///
/// # Errors
/// [`ServiceError::NotFound`] for a membership that is another's, ended, not begun or over.
pub async fn switch_company(cx: &Cx, membership: MembershipId) -> ServiceResult<()> {
    let (_, user) = signed_in(cx)?;
    let session = cx.session().ok_or(ServiceError::NotFound)?;
    let transaction = cx.begin().await?;
    let found = membership::Entity::find_by_id(Uuid::from(membership))
        .filter(membership::Column::UserId.eq(Uuid::from(user)))
        .filter(works_at(cx.now().millis()))
        .one(&transaction)
        .await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    session::Entity::update_many()
        .col_expr(session::Column::MembershipId, Expr::value(found.id))
        .filter(session::Column::IdHash.eq(session))
        .filter(session::Column::UserId.eq(Uuid::from(user)))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

fn signed_in(cx: &Cx) -> ServiceResult<(&PortalActor, UserId)> {
    let actor = portal(cx)?;
    match (actor.user, &actor.via) {
        (Some(user), Via::SignIn) => Ok((actor, user)),
        _ => Err(ServiceError::NotFound),
    }
}

/// Memberships that let somebody in at an instant.
pub(super) fn works_at(now: i64) -> Condition {
    let begun = Condition::any()
        .add(membership::Column::ValidFrom.is_null())
        .add(membership::Column::ValidFrom.lte(now));
    let not_over = Condition::any()
        .add(membership::Column::ValidUntil.is_null())
        .add(membership::Column::ValidUntil.gt(now));
    Condition::all().add(membership::Column::State.eq("active")).add(begun).add(not_over)
}
