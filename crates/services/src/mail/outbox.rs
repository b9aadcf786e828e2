use domain::mail::MailState;
use entities::mail_outbox as row;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{Rendered, dress::dress};
use crate::{Cx, ServiceResult, ids};

/// Why an invitation was never sent.
const REVOKED: &str = "Not sent: the access was revoked first.";

/// A mail to be.
#[derive(Debug)]
pub(crate) struct Letter<'a> {
    /// The template's name, for the list.
    pub template: &'static str,
    /// To which address.
    pub to_email: &'a str,
    /// To whom.
    pub to_name: &'a str,
    /// What it says.
    pub rendered: Rendered,
    /// Whether it holds a link that must not outlive sending.
    pub is_secret: bool,
    /// The membership that an invitation is for.
    pub membership: Option<Uuid>,
}

/// Writes a mail in the transaction that causes it. After the commit, ring `Portico::mail_bell`.
pub(crate) async fn queue(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    letter: Letter<'_>,
) -> ServiceResult<()> {
    let now = cx.now();
    let mail = row::ActiveModel {
        id: Set(ids::mint(now)),
        template: Set(letter.template.to_owned()),
        to_email: Set(letter.to_email.to_owned()),
        to_name: Set(letter.to_name.to_owned()),
        subject: Set(letter.rendered.subject),
        text_body: Set(letter.rendered.text),
        html_body: Set(dress(cx.settings(), &letter.rendered.html)),
        is_secret: Set(letter.is_secret),
        state: Set(MailState::Queued.code().to_owned()),
        attempts: Set(0),
        created_at: Set(now.millis()),
        next_try_at: Set(now.millis()),
        leased_until: Set(None),
        sent_at: Set(None),
        error: Set(None),
        membership_id: Set(letter.membership),
    };
    row::Entity::insert(mail).exec_without_returning(connection).await?;
    Ok(())
}

/// Keeps a membership's unsent mails from being sent.
pub(crate) async fn cancel_for_membership(
    connection: &impl ConnectionTrait,
    membership: Uuid,
) -> ServiceResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(MailState::Failed.code()))
        .col_expr(row::Column::Error, Expr::value(REVOKED))
        .filter(row::Column::MembershipId.eq(membership))
        .filter(row::Column::State.eq(MailState::Queued.code()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Takes back [`cancel_for_membership`].
pub(crate) async fn requeue_for_membership(
    connection: &impl ConnectionTrait,
    membership: Uuid,
) -> ServiceResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(MailState::Queued.code()))
        .col_expr(row::Column::Error, Expr::value(Option::<String>::None))
        .filter(row::Column::MembershipId.eq(membership))
        .filter(row::Column::Error.eq(REVOKED))
        .exec(connection)
        .await?;
    Ok(())
}

/// Keeps an earlier, unsent invitation from being sent beside a newer one: its link is dead.
pub(crate) async fn supersede_for_membership(
    connection: &impl ConnectionTrait,
    membership: Uuid,
) -> ServiceResult<()> {
    row::Entity::delete_many()
        .filter(row::Column::MembershipId.eq(membership))
        .filter(row::Column::State.ne(MailState::Sent.code()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Keeps unsent mails to an address whose links no longer work from being sent.
pub(crate) async fn cancel_links_to(
    connection: &impl ConnectionTrait,
    email: &str,
    why: &str,
) -> ServiceResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(MailState::Failed.code()))
        .col_expr(row::Column::Error, Expr::value(why))
        .filter(row::Column::ToEmail.eq(email))
        .filter(row::Column::IsSecret.eq(true))
        .filter(row::Column::State.eq(MailState::Queued.code()))
        .exec(connection)
        .await?;
    Ok(())
}
