use domain::{
    Email, FieldErrors,
    access::{EmailState, Permission},
    email,
    ids::GroupId,
};
use entities::contact;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    super::{
        done::Done,
        email_index::EmailIndex,
        gate::{portal, portal_scope},
        grant::grant,
        group_choice::{self, NO_SUCH_GROUP},
    },
    rules::{is_within_own, permissions_of},
};
use crate::{Cx, ServiceError, ServiceResult, contacts::insert_person};

/// Invites a colleague into the own company.
///
/// Whether somebody has a login elsewhere, or works for the business, is not told.
///
/// # Permissions
/// `members.invite`, and everything that the chosen group allows.
///
/// # Errors
/// [`ServiceError::Invalid`] with what is wrong; otherwise when the actor lacks the permission.
pub async fn invite_member(cx: &Cx, name: &str, typed: &str, group: &str) -> ServiceResult<()> {
    let scope = portal_scope(cx, Permission::MembersInvite)?;
    let actor = portal(cx)?;
    if !scope.reaches_company() {
        return Err(ServiceError::NotFound);
    }
    let mut errors = FieldErrors::default();
    let address = Email::parse(typed);
    if let Err(error) = &address {
        errors.add("email", error.to_string());
    }
    let group: Option<GroupId> = group.parse().ok();
    if group.is_none() {
        errors.add("group", NO_SUCH_GROUP);
    }
    errors.into_result()?;
    let (Ok(address), Some(group)) = (address, group) else { return Err(ServiceError::NotFound) };

    let transaction = cx.begin().await?;
    let company = contact::Entity::find_by_id(Uuid::from(actor.entity));
    let company = company.lock_exclusive().one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    let refused = || ServiceError::field("group", NO_SUCH_GROUP);
    let chosen = group_choice::find(&transaction, group).await?.ok_or_else(refused)?;
    if !is_within_own(actor, &*permissions_of(cx, &chosen).await?) {
        return Err(refused());
    }
    let known = contact::Entity::find()
        .filter(contact::Column::EntityId.eq(company.id))
        .filter(contact::Column::EmailKey.eq(email::normalise(address.as_str())))
        .filter(contact::Column::ArchivedAt.is_null())
        .order_by_desc(contact::Column::Kind)
        .order_by_asc(contact::Column::Id)
        .one(&transaction)
        .await?;
    let person = match known {
        Some(known) => known,
        None if name.trim().is_empty() => return Err(ServiceError::field("name", "Enter a name.")),
        None => insert_person(cx, &transaction, &company, name, address.as_str()).await?,
    };
    let index = EmailIndex::load(&transaction, std::iter::once(address.as_str())).await?;
    match index.state(&person, address.as_str()) {
        EmailState::Good | EmailState::KnownElsewhere => {}
        EmailState::TakenInCompany(_) => return Err(already()),
        _ => {
            let text = "This address cannot be invited: use another one, or ask us.";
            return Err(ServiceError::field("email", text));
        }
    }
    match grant(cx, &transaction, &person, address.as_str(), Some(group), "").await? {
        Done::Changed { .. } => {}
        Done::Unchanged(_) => return Err(already()),
        Done::Refused(text) => return Err(ServiceError::field("email", text)),
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

fn already() -> ServiceError {
    ServiceError::field("email", "Has access already: you find this person in the list.")
}
