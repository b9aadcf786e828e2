use domain::{account::MailArea, ids::UserId};
use entities::mail_choice;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::ServiceResult;

/// Whether somebody wants the mails of an area. They do until they say otherwise.
///
/// Whoever writes a mail that tells customers something new asks this first: of new and changed documents
/// ([`MailArea::News`]), of answers to tickets ([`MailArea::TicketReplies`]), of payments, receipts and reminders
/// ([`MailArea::Payments`]).
/// Mails that were asked for, such as invitations and links, and those that keep an account safe are always sent.
///
/// # Errors
/// When the database fails.
pub async fn wants(connection: &impl ConnectionTrait, user: UserId, area: MailArea) -> ServiceResult<bool> {
    let chosen = mail_choice::Entity::find_by_id((Uuid::from(user), area.code())).one(connection).await?;
    Ok(chosen.is_none_or(|choice| choice.is_wanted))
}
