use domain::ids::{MembershipId, UserId};
use entities::{contact, membership, token as token_row, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use serde_json::json;

use super::{
    Landing, Level, SignedIn,
    candidate::Candidate,
    check_new_password, devices, passkeys,
    token::{self, Purpose, TokenState},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, By, Event},
};

/// What somebody sees who opens an invitation's link. Opening changes nothing: mail scanners open links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationView {
    /// They choose a password.
    ChoosePassword(InvitationFor),
    /// They have a password and are signed in as the one invited: a click accepts.
    Confirm(InvitationFor),
    /// They have a password and must sign in first.
    SignInFirst(InvitationFor),
    /// The link did its work.
    Used,
    /// A newer invitation took its place.
    Replaced,
    /// The access was revoked.
    Revoked,
    /// Too old; a new one can be asked for.
    Expired,
    /// No such link: mangled on its way, perhaps.
    Unknown,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationFor {
    /// The person.
    pub name: String,
    /// The company whose documents they will see.
    pub company: String,
    /// What they sign in with.
    pub login: String,
}

/// An invitation that was accepted.
pub type Accepted = SignedIn;

struct Found {
    token: token_row::Model,
    membership: membership::Model,
    user: user::Model,
    contact: contact::Model,
    company: String,
}

/// What an invitation's link leads to.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// When the database fails.
pub async fn view_invitation(cx: &Cx, secret: &str) -> ServiceResult<InvitationView> {
    let Some(found) = load(cx.db().pool(), secret).await? else { return Ok(InvitationView::Unknown) };
    let is_ended = found.membership.state == "ended";
    Ok(match token::state(&found.token, cx.now()) {
        TokenState::Used => InvitationView::Used,
        TokenState::Voided if is_ended => InvitationView::Revoked,
        TokenState::Voided => InvitationView::Replaced,
        _ if is_ended || found.user.status == "disabled" => InvitationView::Revoked,
        TokenState::Expired => InvitationView::Expired,
        TokenState::Live => found.into_view(cx),
    })
}

impl Found {
    /// The one invited, in the company that they were invited to.
    fn signed_in(&self, cx: &Cx) -> SignedIn {
        SignedIn {
            user: UserId(self.user.id),
            membership: Some(MembershipId(self.membership.id)),
            has_choice: false,
            landing: Landing::Portal,
            level: Level::Full,
            proved_at: Some(cx.now()),
            device: None,
        }
    }

    fn into_view(self, cx: &Cx) -> InvitationView {
        let is_them = cx.actor().user_id() == Some(self.user.id);
        let has_password = self.user.password_hash.is_some();
        let whom = InvitationFor { name: self.contact.name, company: self.company, login: self.user.login };
        match (has_password, is_them) {
            (false, _) => InvitationView::ChoosePassword(whom),
            (true, true) => InvitationView::Confirm(whom),
            (true, false) => InvitationView::SignInFirst(whom),
        }
    }
}

async fn load(connection: &impl ConnectionTrait, secret: &str) -> ServiceResult<Option<Found>> {
    let Some(token) = token::find(connection, Purpose::Invitation, secret).await? else { return Ok(None) };
    let Some(id) = token.membership_id else { return Ok(None) };
    let Some((membership, Some(user))) =
        membership::Entity::find_by_id(id).find_also_related(user::Entity).one(connection).await?
    else {
        return Ok(None);
    };
    let Some(contact) = contact::Entity::find_by_id(membership.contact_id).one(connection).await? else {
        return Ok(None);
    };
    let company = contact::Entity::find_by_id(contact.entity_id)
        .one(connection)
        .await?
        .map_or_else(|| contact.name.clone(), |entity| entity.name);
    Ok(Some(Found { token, membership, user, contact, company }))
}

/// Accepts an invitation by choosing a password; the person is signed in.
///
/// # Permissions
/// Whoever has the link, once.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work any more; [`ServiceError::Invalid`] for the
/// password, in which case the link is not spent.
pub async fn accept_invitation(
    cx: &Cx,
    secret: &str,
    password: &str,
    repetition: &str,
) -> ServiceResult<Accepted> {
    let view = view_invitation(cx, secret).await?;
    let InvitationView::ChoosePassword(whom) = view else { return Err(ServiceError::NotFound) };
    let context = [whom.login.as_str(), whom.company.as_str(), cx.config().business.as_str()];
    check_new_password(password, repetition, &context)?;
    let hash = cx.portico.hasher.hash(password).await?;

    let transaction = cx.begin().await?;
    let found = load(&transaction, secret).await?.ok_or(ServiceError::NotFound)?;
    if !is_still_live(&transaction, &found).await? || !token::spend(cx, &transaction, found.token.id).await? {
        return Err(ServiceError::NotFound);
    }
    let claimed = user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .col_expr(user::Column::Status, Expr::value("active"))
        .col_expr(user::Column::LastAuthenticatedAt, Expr::value(cx.now().millis()))
        .filter(user::Column::Id.eq(found.user.id))
        .filter(user::Column::PasswordHash.is_null())
        .filter(user::Column::Status.ne("disabled"))
        .exec(&transaction)
        .await?;
    if claimed.rows_affected == 0 {
        return Err(ServiceError::NotFound);
    }
    passkeys::forget_all(&transaction, found.user.id).await?;
    activate(cx, &transaction, &found, "access.accepted").await?;
    let device = devices::note(cx, &transaction, found.user.id).await?;
    transaction.commit().await?;
    // The link in a mail stands for the password, and never for a second factor.
    let entered = Candidate::of_id(cx, found.user.id).await?.ok_or(ServiceError::NotFound)?;
    let level = entered.level(cx).await?;
    Ok(SignedIn { device: Some(device.id), level, ..found.signed_in(cx) })
}

/// Accepts one more company, by somebody who is signed in as the one invited; that company becomes the
/// active one.
///
/// # Permissions
/// The user whom the link is for.
///
/// # Errors
/// [`ServiceError::NotFound`] for everybody else, and when the link does not work any more.
pub async fn accept_membership(cx: &Cx, secret: &str) -> ServiceResult<Accepted> {
    let InvitationView::Confirm(_) = view_invitation(cx, secret).await? else {
        return Err(ServiceError::NotFound);
    };
    let transaction = cx.begin().await?;
    let found = load(&transaction, secret).await?.ok_or(ServiceError::NotFound)?;
    if !is_still_live(&transaction, &found).await? || !token::spend(cx, &transaction, found.token.id).await? {
        return Err(ServiceError::NotFound);
    }
    activate(cx, &transaction, &found, "access.company_accepted").await?;
    transaction.commit().await?;
    let current = cx.session.as_deref().map(|session| session.whose).unwrap_or_default();
    Ok(SignedIn { proved_at: current.proved_at, device: current.device, ..found.signed_in(cx) })
}

/// Whether the membership has not ended, and will not until the transaction does: revoking locks it first too.
async fn is_still_live(transaction: &Transaction, found: &Found) -> ServiceResult<bool> {
    let membership =
        membership::Entity::find_by_id(found.membership.id).lock_exclusive().one(transaction).await?;
    Ok(membership.is_some_and(|membership| membership.state != "ended"))
}

async fn activate(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    found: &Found,
    action: &'static str,
) -> ServiceResult<()> {
    membership::Entity::update_many()
        .col_expr(membership::Column::State, Expr::value("active"))
        .filter(membership::Column::Id.eq(found.membership.id))
        .exec(connection)
        .await?;
    let siblings = Condition::all().add(token_row::Column::MembershipId.eq(found.membership.id));
    token::void(cx, connection, siblings).await?;
    let event = Event {
        action,
        subject: &found.contact.name,
        subject_id: Some(found.contact.id),
        entity_id: Some(found.contact.entity_id),
        data: json!({ "login": found.user.login }),
    };
    let them = By { id: Some(found.user.id), name: &found.contact.name };
    audit::record_by(cx, connection, them, event).await?;
    Ok(())
}
