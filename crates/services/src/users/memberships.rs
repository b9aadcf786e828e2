//! The memberships of users, with the names that pages show.

use entities::{contact, group, membership};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select, sea_query::Expr,
};
use uuid::Uuid;

use crate::ServiceResult;

const COMPANY: &str = "company";

/// A membership of a user.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    pub user_id: Uuid,
    pub contact_id: Uuid,
    pub contact: String,
    pub company: String,
    pub group: String,
    pub state: String,
    pub valid_from: Option<i64>,
    pub valid_until: Option<i64>,
}

/// The memberships that have not ended of some users, oldest first.
pub(super) async fn live(connection: &impl ConnectionTrait, users: &[Uuid]) -> ServiceResult<Vec<Row>> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let query = with_names()
        .filter(membership::Column::UserId.is_in(users.iter().copied()))
        .filter(membership::Column::State.ne("ended"));
    Ok(query.into_model().all(connection).await?)
}

/// Every membership of a user, oldest first, ended ones too.
pub(super) async fn all(connection: &impl ConnectionTrait, user: Uuid) -> ServiceResult<Vec<Row>> {
    let query = with_names().filter(membership::Column::UserId.eq(user)).limit(100);
    Ok(query.into_model().all(connection).await?)
}

fn with_names() -> Select<membership::Entity> {
    let company = contact::Entity::belongs_to(contact::Entity)
        .from(contact::Column::EntityId)
        .to(contact::Column::Id)
        .into();
    membership::Entity::find()
        .select_only()
        .columns([
            membership::Column::UserId,
            membership::Column::ContactId,
            membership::Column::State,
            membership::Column::ValidFrom,
            membership::Column::ValidUntil,
        ])
        .column_as(contact::Column::Name, "contact")
        .column_as(group::Column::Name, "group")
        .expr_as(Expr::col((COMPANY, contact::Column::Name)), "company")
        .join(JoinType::InnerJoin, membership::Relation::Group.def())
        .join(JoinType::InnerJoin, membership::Relation::Contact.def())
        .join_as(JoinType::InnerJoin, company, COMPANY)
        .order_by_asc(membership::Column::Id)
}
