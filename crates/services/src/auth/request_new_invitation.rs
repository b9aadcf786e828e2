use entities::{contact, membership, token as token_row, user};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::Duration;

use super::token::{self, Purpose, TokenState};
use crate::{
    Cx, ServiceResult,
    access::{InvitationKind, Invitee, invite},
};

/// No second mail is sent for the same invitation within this time.
const PAUSE: Duration = Duration::minutes(10);

/// Sends a new link for an invitation that expired, to the address that it was for.
///
/// Tells its caller nothing: the answer is the same for links that never existed.
///
/// # Permissions
/// Whoever has the old link.
///
/// # Errors
/// When the database fails.
pub async fn request_new_invitation(cx: &Cx, secret: &str) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    let Some(old) = token::find(&transaction, Purpose::Invitation, secret).await? else { return Ok(()) };
    let (TokenState::Expired, Some(id)) = (token::state(&old, cx.now()), old.membership_id) else {
        return Ok(());
    };
    let Some((membership, Some(user))) =
        membership::Entity::find_by_id(id).find_also_related(user::Entity).one(&transaction).await?
    else {
        return Ok(());
    };
    let recent = token_row::Entity::find()
        .filter(token_row::Column::MembershipId.eq(id))
        .filter(token_row::Column::CreatedAt.gt(cx.now().plus(-PAUSE).millis()))
        .count(&transaction)
        .await?;
    if membership.state == "ended" || user.status == "disabled" || recent > 0 {
        return Ok(());
    }
    let Some(contact) = contact::Entity::find_by_id(membership.contact_id).one(&transaction).await? else {
        return Ok(());
    };
    let company = contact::Entity::find_by_id(contact.entity_id).one(&transaction).await?;
    let invitee = Invitee {
        user: user.id,
        login: &user.login,
        has_password: user.password_hash.is_some(),
        membership: id,
        email: old.email.as_deref().unwrap_or(&user.login),
        contact: &contact,
        company: company.as_ref().map_or(&contact.name, |company| &company.name),
    };
    invite(cx, &transaction, &invitee, InvitationKind::AskedForAgain, "").await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}
