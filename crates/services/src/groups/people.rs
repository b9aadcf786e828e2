//! Who has a permission group.

use std::collections::HashMap;

use domain::Instant;
use entities::membership;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::ServiceResult;

/// Memberships in force, or that will be: not ended, and not over.
pub(super) fn live(now: Instant) -> Condition {
    Condition::all().add(membership::Column::State.ne("ended")).add(
        Condition::any()
            .add(membership::Column::ValidUntil.is_null())
            .add(membership::Column::ValidUntil.gt(now.millis())),
    )
}

/// How many people have each of some groups, or each of all. Who has one for two companies counts once.
pub(super) async fn people_of(
    connection: &impl ConnectionTrait,
    now: Instant,
    group: Option<Uuid>,
) -> ServiceResult<HashMap<Uuid, i64>> {
    let mut query = membership::Entity::find()
        .select_only()
        .column(membership::Column::GroupId)
        .column_as(Expr::col(membership::Column::UserId).count_distinct(), "people")
        .filter(live(now));
    if let Some(group) = group {
        query = query.filter(membership::Column::GroupId.eq(group));
    }
    let counts: Vec<(Uuid, i64)> =
        query.group_by(membership::Column::GroupId).into_tuple().all(connection).await?;
    Ok(counts.into_iter().collect())
}
