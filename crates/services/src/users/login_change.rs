use domain::{Email, Login};
use entities::{contact, membership, token as token_row, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{invite_staff::invite_staff, subject::void_links};
use crate::{
    Cx, ServiceResult, Transaction,
    access::{InvitationKind, Invitee, invite},
    auth::token::{self, Purpose, TokenState},
    mail::{self, Letter, Rendered, UserLetters},
};

/// What follows from a new login: links to the old address die, unclaimed invitations go to the new one, and
/// both are told.
pub(super) async fn tell_and_invite(
    cx: &Cx,
    transaction: &Transaction,
    before: &user::Model,
    after: &user::Model,
) -> ServiceResult<()> {
    let open = open_links(cx, transaction, before.id).await?;
    void_links(cx, transaction, before, "Not sent: the login was changed first.").await?;
    let letters = UserLetters::new(cx, &after.name, &after.login);
    let new = Login::from_typed(&after.login).email();
    let mut is_invited = false;
    if let Some(email) = &new {
        for link in &open {
            is_invited |= invite_anew(cx, transaction, after, email, link).await?;
        }
    }
    if let Some(old) = Login::from_typed(&before.login).email() {
        tell(cx, transaction, after, &old, letters.login_changed(&before.login, true)?).await?;
    }
    // An invitation says what to log in with.
    if let Some(new) = new.filter(|_| !is_invited || after.password_hash.is_some()) {
        tell(cx, transaction, after, &new, letters.login_changed(&before.login, false)?).await?;
    }
    Ok(())
}

async fn tell(
    cx: &Cx,
    transaction: &Transaction,
    user: &user::Model,
    to: &Email,
    rendered: Rendered,
) -> ServiceResult<()> {
    let letter = Letter {
        template: "login_changed",
        to_email: to.as_str(),
        to_name: &user.name,
        rendered,
        is_secret: false,
        membership: None,
    };
    mail::queue(cx, transaction, letter).await
}

/// The links of a user that work, or would, had they been opened in time.
async fn open_links(cx: &Cx, transaction: &Transaction, user: Uuid) -> ServiceResult<Vec<token_row::Model>> {
    let unused = token_row::Entity::find()
        .filter(token_row::Column::UserId.eq(user))
        .filter(token_row::Column::UsedAt.is_null())
        .filter(token_row::Column::VoidedAt.is_null())
        .all(transaction)
        .await?;
    let is_open = |link: &token_row::Model| token::state(link, cx.now()) == TokenState::Live;
    Ok(unused.into_iter().filter(is_open).collect())
}

/// Sends an invitation to the new address; password resets are asked for anew by whoever needs one.
async fn invite_anew(
    cx: &Cx,
    transaction: &Transaction,
    user: &user::Model,
    email: &Email,
    link: &token_row::Model,
) -> ServiceResult<bool> {
    if link.purpose == Purpose::StaffInvitation.code() {
        invite_staff(cx, transaction, user, email).await?;
        return Ok(true);
    }
    let (Some(id), true) = (link.membership_id, link.purpose == Purpose::Invitation.code()) else {
        return Ok(false);
    };
    let found =
        membership::Entity::find_by_id(id).find_also_related(contact::Entity).one(transaction).await?;
    let Some((membership, Some(contact))) = found.filter(|(membership, _)| membership.state != "ended")
    else {
        return Ok(false);
    };
    let company = contact::Entity::find_by_id(contact.entity_id).one(transaction).await?;
    let invitee = Invitee {
        user: user.id,
        login: &user.login,
        has_password: user.password_hash.is_some(),
        membership: membership.id,
        email: email.as_str(),
        contact: &contact,
        company: company.as_ref().map_or(&contact.name, |company| &company.name),
    };
    invite(cx, transaction, &invitee, InvitationKind::Reinvited, "").await?;
    Ok(true)
}
