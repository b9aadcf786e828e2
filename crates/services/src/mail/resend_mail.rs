use domain::{
    access::Right,
    ids::MailId,
    mail::{MailRow, MailState},
};
use entities::{mail_outbox as row, membership, token as token_row};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::json;
use uuid::Uuid;

use super::list_mail::to_row;
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
    auth::{
        reset_password,
        token::{self, Purpose, TokenState},
    },
    ids,
};

/// Sends a mail again: one that waits is tried now, one that failed waits anew, and of one that was sent a
/// second one is made, unless it held a link, which nobody keeps.
///
/// # Permissions
/// [`Right::ManageMail`].
///
/// # Errors
/// [`ServiceError::Refused`] when the mail's link no longer works or is no longer kept;
/// [`ServiceError::NotFound`] without the right or the mail.
pub async fn resend_mail(cx: &Cx, id: MailId) -> ServiceResult<MailRow> {
    staff(cx, Right::ManageMail)?;
    let transaction = cx.begin().await?;
    let mail = row::Entity::find_by_id(id.0).lock_exclusive().one(&transaction).await?;
    let mail = mail.ok_or(ServiceError::NotFound)?;
    check(cx, &transaction, &mail).await?;
    let now = cx.now().millis();
    let mut changed = mail.clone().into_active_model();
    let changed = match MailState::parse(&mail.state) {
        Some(MailState::Queued) => {
            changed.next_try_at = Set(now);
            changed.update(&transaction).await?
        }
        Some(MailState::Sent) => {
            let copy = row::Model { id: ids::mint(cx.now()), created_at: now, ..mail.clone() };
            let mut copy = copy.into_active_model().reset_all();
            queue_anew(&mut copy, now);
            copy.insert(&transaction).await?
        }
        Some(MailState::Failed) | None => {
            queue_anew(&mut changed, now);
            changed.update(&transaction).await?
        }
    };
    let event = Event {
        action: "mail.resent",
        subject: &mail.to_email,
        subject_id: Some(mail.id),
        entity_id: None,
        data: json!({ "subject": mail.subject, "was": mail.state }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(to_row(&changed))
}

fn queue_anew(mail: &mut row::ActiveModel, now: i64) {
    mail.state = Set(MailState::Queued.code().to_owned());
    mail.attempts = Set(0);
    mail.next_try_at = Set(now);
    mail.leased_until = Set(None);
    mail.sent_at = Set(None);
    mail.error = Set(None);
}

/// Whether what the mail says is still true.
async fn check(cx: &Cx, transaction: &Transaction, mail: &row::Model) -> ServiceResult<()> {
    if mail.text_body.is_empty() {
        let reason = "This mail was sent, and its link is not kept. Re-invite instead.";
        return Err(ServiceError::refused(reason));
    }
    let Some(id) = mail.membership_id else {
        return if mail.is_secret {
            check_link_of_user(cx, transaction, &mail.text_body).await
        } else {
            Ok(())
        };
    };
    let membership = membership::Entity::find_by_id(id).one(transaction).await?;
    if membership.is_none_or(|membership| membership.state == "ended") {
        let reason = "The access that this mail is about was revoked. Grant it again instead.";
        return Err(ServiceError::refused(reason));
    }
    if !mail.is_secret {
        return Ok(());
    }
    match newest_link(cx, transaction, id).await? {
        Some(TokenState::Live) => Ok(()),
        Some(TokenState::Used) => Err(ServiceError::refused("The invitation was accepted already.")),
        Some(TokenState::Expired) => {
            Err(ServiceError::refused("The link in this mail has expired. Re-invite instead."))
        }
        Some(TokenState::Voided) | None => {
            Err(ServiceError::refused("The link in this mail no longer works. Re-invite instead."))
        }
    }
}

/// Whether the link works by which a user sets a password; the text of an unsent mail has it.
async fn check_link_of_user(cx: &Cx, transaction: &Transaction, text: &str) -> ServiceResult<()> {
    let after = text.split_once(&cx.link("/reset/")).map(|(_, after)| after);
    let secret = after.and_then(|after| after.split_whitespace().next());
    let is_live = match secret {
        Some(secret) => reset_password::is_link_live(cx, transaction, secret).await?,
        None => true,
    };
    if is_live {
        return Ok(());
    }
    Err(ServiceError::refused("The link in this mail no longer works. Send a new one from the user's page."))
}

/// The state of a membership's newest invitation. An unsent mail holds that one: making a new one deletes
/// the unsent mails of the earlier.
async fn newest_link(
    cx: &Cx,
    transaction: &Transaction,
    membership: Uuid,
) -> ServiceResult<Option<TokenState>> {
    let newest = token_row::Entity::find()
        .filter(token_row::Column::MembershipId.eq(membership))
        .filter(token_row::Column::Purpose.eq(Purpose::Invitation.code()))
        .order_by_desc(token_row::Column::Id)
        .one(transaction)
        .await?;
    Ok(newest.map(|found| token::state(&found, cx.now())))
}
