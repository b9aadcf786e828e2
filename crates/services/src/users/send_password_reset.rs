use domain::{Login, access::Right, ids::UserId};
use entities::{token as token_row, user};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use time::Duration;

use super::{
    invite_staff::invite_staff,
    subject::{has_access, lock, may_reset, record},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    auth::{
        reset_link::{Asker, mail_reset_link},
        token::Purpose,
    },
};

/// No second link is sent within this time: a double click is one.
const PAUSE: Duration = Duration::seconds(30);

/// Sends a user a link that sets a new password, and voids the earlier one. A staff user who never had a
/// password is sent their invitation again.
///
/// # Permissions
/// [`Right::StartPasswordReset`] for portal users, [`Right::ManageUsers`] for all.
///
/// # Errors
/// [`ServiceError::Refused`] for a login that is no email address, is disabled, or has no portal access left;
/// [`ServiceError::NotFound`] without the right or the user.
pub async fn send_password_reset(cx: &Cx, id: UserId) -> ServiceResult<()> {
    staff(cx, Right::StartPasswordReset)?;
    let transaction = cx.begin().await?;
    let subject = lock(&transaction, id).await?;
    may_reset(cx, &subject)?;
    if subject.status == "disabled" {
        return Err(ServiceError::refused("This login is disabled: enable it first."));
    }
    if !has_access(&transaction, &subject).await? {
        return Err(ServiceError::refused("Has no portal access: grant it first."));
    }
    let Some(email) = Login::from_typed(&subject.login).email() else {
        return Err(ServiceError::refused(
            "This login is no email address, so that no mail can be sent. Set a password by hand instead.",
        ));
    };
    if was_sent_just_now(cx, &transaction, &subject).await? {
        return Ok(());
    }
    if subject.kind == "staff" && subject.password_hash.is_none() {
        invite_staff(cx, &transaction, &subject, &email).await?;
    } else {
        mail_reset_link(cx, &transaction, &subject, &email, Asker::Staff).await?;
    }
    record(cx, &transaction, "user.password_reset_sent", &subject, json!({ "login": subject.login })).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

async fn was_sent_just_now(cx: &Cx, transaction: &Transaction, user: &user::Model) -> ServiceResult<bool> {
    let recent = token_row::Entity::find()
        .filter(token_row::Column::UserId.eq(user.id))
        .filter(
            token_row::Column::Purpose
                .is_in([Purpose::PasswordReset.code(), Purpose::StaffInvitation.code()]),
        )
        .filter(token_row::Column::UsedAt.is_null())
        .filter(token_row::Column::VoidedAt.is_null())
        .filter(token_row::Column::CreatedAt.gt(cx.now().plus(-PAUSE).millis()))
        .count(transaction)
        .await?;
    Ok(recent > 0)
}
