use domain::{
    Instant, Page,
    access::Right,
    ids::MailId,
    mail::{ListMailRequest, MailRow, MailState},
};
use entities::mail_outbox as row;
use sea_orm::{
    ColumnTrait, EntityTrait, Iterable, Order, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};

use crate::{
    Cx, ServiceResult,
    access::staff,
    page::{self, Seek},
};

/// The mails, newest first, a page at a time. One statement; bodies stay where they are.
///
/// # Permissions
/// [`Right::ManageMail`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_mail(cx: &Cx, request: &ListMailRequest) -> ServiceResult<Page<MailRow>> {
    staff(cx, Right::ManageMail)?;
    let (way, start) = page::seek::<()>(&request.page);
    let is_first = start.is_none();
    let mut query = without_bodies();
    if let Some(state) = request.state {
        query = query.filter(row::Column::State.eq(state.code()));
    }
    if let Some(((), id)) = start {
        query = query.filter(match way {
            Seek::Forward => row::Column::Id.lt(id),
            Seek::Backward => row::Column::Id.gt(id),
        });
    }
    let order = if way == Seek::Forward { Order::Desc } else { Order::Asc };
    let query = query.order_by(row::Column::Id, order);
    let found = page::read(cx, query, way, is_first, |mail| ((), mail.id)).await?;
    Ok(found.map(|mail| to_row(&mail)))
}

fn without_bodies() -> Select<row::Entity> {
    let bodies = ["text_body", "html_body"];
    let others =
        row::Column::iter().filter(|column| !matches!(column, row::Column::TextBody | row::Column::HtmlBody));
    let query = row::Entity::find().select_only().columns(others);
    bodies.into_iter().fold(query, |query, body| query.expr_as(Expr::cust("''"), body))
}

/// A mail as staff see it.
pub(super) fn to_row(mail: &row::Model) -> MailRow {
    let state = MailState::parse(&mail.state).unwrap_or(MailState::Failed);
    MailRow {
        id: MailId(mail.id),
        to: mail.to_email.clone(),
        subject: mail.subject.clone(),
        state,
        attempts: mail.attempts,
        created: Instant::from_millis(mail.created_at),
        next_try: (state == MailState::Queued).then(|| Instant::from_millis(mail.next_try_at)),
        sent: mail.sent_at.map(Instant::from_millis),
        error: mail.error.clone(),
    }
}
