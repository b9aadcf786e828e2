//! What closing an account would take away, and what has to stay.

use entities::{contact, document, membership};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    Cx, ServiceResult,
    access::{Live, memberships_of, sole_manager_in},
};

/// Somebody's memberships, and what becomes of the contacts behind them.
pub(super) struct Leaving {
    /// What ends.
    pub live: Vec<Live>,
    /// The names of the companies.
    pub companies: Vec<String>,
    /// Contacts of which email, phone and address go.
    pub forgotten: Vec<contact::Model>,
    /// The names of those that stay as they are.
    pub kept: Vec<String>,
    /// Why the account cannot be closed now.
    pub refusal: Option<String>,
}

/// What a user would leave.
pub(super) async fn leaving(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    user: Uuid,
) -> ServiceResult<Leaving> {
    let live = memberships_of(connection, user).await?;
    let entities: Vec<Uuid> = live.iter().map(|live| live.contact.entity_id).collect();
    let mut found =
        contact::Entity::find().filter(contact::Column::Id.is_in(entities)).all(connection).await?;
    found.sort_by(|one, other| one.name_key.cmp(&other.name_key));
    let sole = sole_manager_in(cx, connection, &live).await?;
    let refusal = sole.map(|entity| {
        let name = found.iter().find(|company| company.id == entity).map_or("your company", |it| &it.name);
        format!(
            "You are the only one who manages the members of {name}. Let somebody else manage them first, or remove \
             the others; then close your account."
        )
    });
    let (mut forgotten, mut kept) = (Vec::new(), Vec::new());
    for Live { contact, .. } in &live {
        if can_be_forgotten(connection, contact, user).await? {
            forgotten.push(contact.clone());
        } else {
            kept.push(contact.name.clone());
        }
    }
    Ok(Leaving {
        live,
        companies: found.into_iter().map(|company| company.name).collect(),
        forgotten,
        kept,
        refusal,
    })
}

/// Whether how to reach somebody may go: of a person whom no document names and with whom nobody else logs in. A
/// document keeps its parties, and who has to ask about it must be able to reach them; a company's details are the
/// company's.
async fn can_be_forgotten(
    connection: &impl ConnectionTrait,
    contact: &contact::Model,
    user: Uuid,
) -> ServiceResult<bool> {
    if contact.kind != "person" {
        return Ok(false);
    }
    let named = Condition::any()
        .add(document::Column::ContactId.eq(contact.id))
        .add(document::Column::EntityId.eq(contact.id));
    if document::Entity::find().filter(named).one(connection).await?.is_some() {
        return Ok(false);
    }
    let others = membership::Entity::find()
        .filter(membership::Column::ContactId.eq(contact.id))
        .filter(membership::Column::UserId.ne(user))
        .filter(membership::Column::State.ne("ended"))
        .count(connection)
        .await?;
    Ok(others == 0)
}
