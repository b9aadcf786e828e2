use domain::{
    access::{AccessExplained, AccessQuestion, Right},
    ids::{ContactId, MembershipId},
};
use entities::{contact, document, membership};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::question::{Asked, answer, person};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{has_portal_user, live_where, staff},
    auth::Entrant,
};

/// The word for whoever has the secure link.
const VISITOR: &str = "visitor";
/// More people are not offered at once.
const MOST_PEOPLE: u64 = 200;
/// Why somebody of a customer may see something, or not; without a question, what can be asked.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such contact or the actor lacks the right.
pub async fn explain_access(
    cx: &Cx,
    id: ContactId,
    question: AccessQuestion,
) -> ServiceResult<AccessExplained> {
    let pass = staff(cx, Right::ManageAccess)?;
    let found = pass.contact(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let whose = if found.entity_id == found.id {
        contact::Column::EntityId.eq(found.id)
    } else {
        contact::Column::Id.eq(found.id)
    };
    let mut people: Vec<_> = live_where(cx.db().pool(), Condition::all().add(whose), MOST_PEOPLE)
        .await?
        .iter()
        .map(person)
        .collect();
    if people.is_empty() {
        people.extend(ended(cx.db().pool(), id, &found.name).await?);
    }
    let customer = ContactId(found.entity_id);
    let has_user = has_portal_user(cx.db().pool(), customer).await?;
    if found.entity_id == found.id || !has_user {
        let label = "Whoever has the secure link".to_owned();
        people.push((VISITOR.to_owned(), label, Entrant::Visitor(customer)));
    }
    let note = (!has_user).then(|| {
        "This customer has no portal users. Whoever opens its portal, staff included, gets exactly what the group \
         Non-portal users allows."
            .to_owned()
    });
    let asked = Asked { name: found.name, people, note };
    answer(cx, asked, question, |_| Ok(Some(document::Entity::find()))).await
}

/// The latest access of a contact that has none any more.
async fn ended(
    connection: &impl ConnectionTrait,
    contact: ContactId,
    name: &str,
) -> ServiceResult<Option<(String, String, Entrant)>> {
    let last = membership::Entity::find()
        .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
        .order_by_desc(membership::Column::Id)
        .one(connection)
        .await?;
    Ok(last.map(|last| {
        let id = MembershipId(last.id);
        (id.to_string(), format!("{name} (ended)"), Entrant::Member(id))
    }))
}
