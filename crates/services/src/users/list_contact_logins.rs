use domain::{
    Login,
    access::Right,
    ids::{ContactId, UserId},
    users::{ContactLogin, ContactLogins, UserStatus},
};
use entities::{membership, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// The portal users of a contact, as far as their passwords go.
///
/// # Permissions
/// [`Right::StartPasswordReset`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such contact or the actor lacks the right.
pub async fn list_contact_logins(cx: &Cx, contact: ContactId) -> ServiceResult<ContactLogins> {
    let pass = staff(cx, Right::StartPasswordReset)?;
    let connection = cx.db().pool();
    let whose = pass.contact(contact).one(connection).await?.ok_or(ServiceError::NotFound)?;
    let found = membership::Entity::find()
        .filter(membership::Column::ContactId.eq(Uuid::from(contact)))
        .filter(membership::Column::State.ne("ended"))
        .find_also_related(user::Entity)
        .order_by_asc(membership::Column::Id)
        .all(connection)
        .await?;
    let logins = found
        .into_iter()
        .filter_map(|(_, user)| user)
        .map(|user| ContactLogin {
            user: UserId(user.id),
            is_email: Login::from_typed(&user.login).email().is_some(),
            status: UserStatus::parse(&user.status).unwrap_or(UserStatus::Disabled),
            two_factor: user.two_factor_since.is_some(),
            login: user.login,
        })
        .collect();
    Ok(ContactLogins { name: whose.name, logins })
}
