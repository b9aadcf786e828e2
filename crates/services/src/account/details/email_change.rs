//! A new email in somebody's details: used once its holder has opened the link that was sent there.

use domain::{Email, ids::ContactId};
use entities::{contact, membership, token as token_row, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{known::Known, save_details::write};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{Actor, account_holder, portal},
    audit::{self, Event},
    auth::token::{self, Bound, Purpose, TokenState},
    mail::{self, Letter, UserLetters},
};

/// How long the link works.
const LIFETIME: Duration = Duration::hours(24);
/// So many addresses can be tried within an hour: every one is a mail to somebody.
const MOST: u64 = 5;

/// Whose new email a link confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChangeFor {
    /// The person.
    pub name: String,
    /// What they log in with, which stays.
    pub login: String,
    /// The email now.
    pub old: String,
    /// The email to be.
    pub new: String,
}

struct Found {
    token: token_row::Model,
    contact: contact::Model,
    user: user::Model,
    new: Email,
}

/// Sends the link, and tells the old address. A later one replaces an earlier one.
pub(super) async fn ask(cx: &Cx, transaction: &Transaction, known: &Known, new: &Email) -> ServiceResult<()> {
    let recent = token_row::Entity::find()
        .filter(links_of(known.membership))
        .filter(token_row::Column::CreatedAt.gt(cx.now().plus(-Duration::hours(1)).millis()))
        .count(transaction)
        .await?;
    if recent >= MOST {
        let text = "You asked for several new addresses already. Wait an hour, then try again.";
        return Err(ServiceError::field("email", text));
    }
    token::void(cx, transaction, links_of(known.membership)).await?;
    let bound = Bound {
        user: Some(known.holder.user.into()),
        membership: Some(known.membership),
        email: Some(new.as_str()),
    };
    let secret = token::mint(cx, transaction, Purpose::EmailChange, bound, LIFETIME).await?;
    let letters = UserLetters::new(cx, &known.contact.name, &known.holder.login);
    let link = cx.link(&format!("/confirm/{secret}"));
    let confirm = letters.confirm_email(&link, cx.now().plus(LIFETIME))?;
    send(cx, transaction, "confirm_email", new, &known.contact.name, confirm, true).await?;
    if let Ok(old) = Email::parse(&known.contact.email) {
        let told = letters.email_change_asked(new.as_str())?;
        send(cx, transaction, "email_change_asked", &old, &known.contact.name, told, false).await?;
    }
    let event = Event {
        action: "contact.email_change_asked",
        subject: &known.contact.name,
        subject_id: Some(known.contact.id),
        entity_id: Some(known.contact.entity_id),
        data: json!({ "new_email": new.as_str() }),
    };
    audit::record(cx, transaction, event).await
}

/// The address that waits for its confirmation.
pub(super) async fn pending(cx: &Cx, membership: Uuid) -> ServiceResult<Option<String>> {
    let newest = token_row::Entity::find()
        .filter(links_of(membership))
        .order_by_desc(token_row::Column::Id)
        .one(cx.db().pool())
        .await?;
    let live = newest.filter(|token| token::state(token, cx.now()) == TokenState::Live);
    Ok(live.and_then(|token| token.email))
}

/// Takes back a new email that was not confirmed yet.
///
/// # Permissions
/// Every portal user who signed in, for themselves.
///
/// # Errors
/// [`ServiceError::NotFound`] for everybody else.
pub async fn cancel_email_change(cx: &Cx) -> ServiceResult<()> {
    account_holder(cx)?;
    let actor = portal(cx)?;
    let membership = actor.membership.map(Uuid::from).ok_or(ServiceError::NotFound)?;
    let transaction = cx.begin().await?;
    token::void(cx, &transaction, links_of(membership)).await?;
    let (ContactId(contact), ContactId(entity)) = (actor.contact, actor.entity);
    let event = Event {
        action: "contact.email_change_cancelled",
        subject: &actor.details.name,
        subject_id: Some(contact),
        entity_id: Some(entity),
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whose new email a link confirms, while it works. Looking changes nothing: mail scanners open links.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// When the database fails.
pub async fn view_email_change(cx: &Cx, secret: &str) -> ServiceResult<Option<EmailChangeFor>> {
    let found = find_live(cx, cx.db().pool(), secret).await?;
    Ok(found.map(|Found { contact, user, new, .. }| EmailChangeFor {
        name: contact.name,
        login: user.login,
        old: contact.email,
        new: new.into(),
    }))
}

/// Makes the new email the one in the details. Both addresses are told, and the login stays.
///
/// # Permissions
/// Whoever has the link, once.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work.
pub async fn confirm_email_change(cx: &Cx, secret: &str) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    let found = find_live(cx, &transaction, secret).await?.ok_or(ServiceError::NotFound)?;
    if !token::spend(cx, &transaction, found.token.id).await? {
        return Err(ServiceError::NotFound);
    }
    let Found { contact: before, user, new, .. } = found;
    let by_link = cx.with_actor(Actor::system("link in a mail"));
    let after = contact::Model { email: new.as_str().to_owned(), ..before.clone() };
    write(&by_link, &transaction, &before, after, None).await?;
    let letters = UserLetters::new(cx, &before.name, &user.login);
    let old = Email::parse(&before.email).ok();
    for (to, is_to_old) in old.iter().map(|old| (old, true)).chain([(&new, false)]) {
        let told = letters.email_changed(before.email.trim(), new.as_str(), is_to_old)?;
        send(cx, &transaction, "email_changed", to, &before.name, told, false).await?;
    }
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

/// A live link of somebody who still has the access that they asked with.
async fn find_live(cx: &Cx, connection: &impl ConnectionTrait, secret: &str) -> ServiceResult<Option<Found>> {
    let token = token::find(connection, Purpose::EmailChange, secret).await?;
    let live = token.filter(|token| token::state(token, cx.now()) == TokenState::Live);
    let Some(token) = live else { return Ok(None) };
    let (Some(membership), Some(new)) = (token.membership_id, token.email.as_deref()) else {
        return Ok(None);
    };
    let Ok(new) = Email::parse(new) else { return Ok(None) };
    let found =
        membership::Entity::find_by_id(membership).find_also_related(user::Entity).one(connection).await?;
    let Some((membership, Some(user))) = found else { return Ok(None) };
    let now = cx.now().millis();
    let has_access = membership.state == "active"
        && membership.valid_until.is_none_or(|until| now < until)
        && user.status == "active";
    let contact = contact::Entity::find_by_id(membership.contact_id).one(connection).await?;
    let contact = contact.filter(|contact| has_access && contact.archived_at.is_none());
    Ok(contact.map(|contact| Found { token, contact, user, new }))
}

fn links_of(membership: Uuid) -> Condition {
    Condition::all()
        .add(token_row::Column::MembershipId.eq(membership))
        .add(token_row::Column::Purpose.eq(Purpose::EmailChange.code()))
}

async fn send(
    cx: &Cx,
    transaction: &Transaction,
    template: &'static str,
    to: &Email,
    name: &str,
    rendered: mail::Rendered,
    is_secret: bool,
) -> ServiceResult<()> {
    let letter =
        Letter { template, to_email: to.as_str(), to_name: name, rendered, is_secret, membership: None };
    mail::queue(cx, transaction, letter).await
}
