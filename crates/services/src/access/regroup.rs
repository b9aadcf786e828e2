use domain::ids::GroupId;
use entities::{contact, group, membership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;

use super::{
    done::Done,
    grant::live,
    group_choice::{self, NO_SUCH_GROUP},
};
use crate::{
    Cx, ServiceResult, Transaction,
    audit::{self, Event},
};

/// Puts a contact's portal user into another permission group; it acts at their next request.
pub(super) async fn regroup(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    group: Option<GroupId>,
) -> ServiceResult<Done> {
    let Some((membership, user)) = live(transaction, contact).await? else {
        return Ok(Done::refused("Has no portal access: grant it first."));
    };
    let found = match group {
        Some(group) => group_choice::find(transaction, group).await?,
        None => None,
    };
    let Some(group) = found else { return Ok(Done::refused(NO_SUCH_GROUP)) };
    if membership.group_id == group.id {
        return Ok(Done::unchanged(format!("Is in {} already; nothing was changed.", group.name)));
    }
    let before = group::Entity::find_by_id(membership.group_id).one(transaction).await?;
    membership::Entity::update_many()
        .col_expr(membership::Column::GroupId, Expr::value(group.id))
        .filter(membership::Column::Id.eq(membership.id))
        .exec(transaction)
        .await?;
    let event = Event {
        action: "membership.group_changed",
        subject: &contact.name,
        subject_id: Some(contact.id),
        entity_id: Some(contact.entity_id),
        data: json!({
            "login": user.login,
            "before": { "group": before.map(|group| group.name) },
            "after": { "group": group.name },
        }),
    };
    audit::record(cx, transaction, event).await?;
    Ok(Done::changed(format!("Is in {} now.", group.name)))
}
