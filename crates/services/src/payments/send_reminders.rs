//! Reminders of what is due, on the days that staff have set.

use std::sync::Arc;

use domain::{
    Email, Money,
    access::Permission,
    account::MailArea,
    documents::DocumentKind,
    ids::{ContactId, MembershipId, UserId},
    instant::display_date,
};
use entities::{contact, document, membership, reminder, user};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::OnConflict,
};
use time::Duration;

use super::{automatic::is_automatic, open::Open, payable::pending_of};
use crate::{
    Cx, Portico, ServiceResult,
    access::{has_portal_user, member_may},
    mail::{self, Letter, ReminderMail, UserLetters, secure_link_for, tell_user, wants},
};

/// A reminder whose day is longer ago is not sent any more: switching reminders on floods nobody.
const WINDOW: Duration = Duration::days(7);
/// Invoices that are looked at in one go.
const MOST: u64 = 500;

/// Reminds customers of invoices; each reminder is sent once. Answers how many invoices it reminded of.
///
/// Those are told who may pay the invoice and want such mails; where the customer has no portal user, the contact that it
/// is made out to. What is being paid, or is paid without asking, is not reminded of.
///
/// # Permissions
/// None: this is the installation's own work.
///
/// # Errors
/// When the database fails.
pub async fn send_reminders(portico: &Arc<Portico>) -> ServiceResult<u64> {
    let cx = portico.system("reminders");
    let mut sent = 0;
    // The latest first: who is told that it is long overdue is not told that it just was, too.
    let mut steps = cx.settings().general.reminder_steps();
    steps.sort_unstable_by_key(|step| std::cmp::Reverse(*step));
    for step in steps {
        let last = cx.today().saturating_sub(Duration::days(step.into()));
        let done = reminder::Entity::find()
            .select_only()
            .column(reminder::Column::DocumentId)
            .filter(reminder::Column::Step.gte(step))
            .into_query();
        let mut due = document::Entity::find()
            .filter(document::Column::Attention.eq("pay"))
            .filter(document::Column::DueOn.lte(last))
            .filter(document::Column::DueOn.gt(last.saturating_sub(WINDOW)))
            .filter(document::Column::Id.not_in_subquery(done))
            .order_by_asc(document::Column::DueOn)
            .limit(MOST);
        if step < 0 {
            // What is due soon is not due any more afterwards.
            due = due.filter(document::Column::DueOn.gte(cx.today()));
        }
        for invoice in due.all(cx.db().pool()).await? {
            if remind(&cx, step, invoice).await? {
                sent += 1;
            }
        }
    }
    cx.portico.ring();
    Ok(sent)
}

async fn remind(cx: &Cx, step: i32, invoice: document::Model) -> ServiceResult<bool> {
    let pool = cx.db().pool();
    let id = invoice.id;
    if !pending_of(pool, &[id]).await?.is_empty() || is_automatic(pool, &invoice).await? {
        return Ok(false);
    }
    let Some(open) = Open::of(cx, invoice, false) else { return Ok(false) };
    // Asked before the transaction, since it reads by connections of its own.
    let people = payers(cx, &open).await?;
    let transaction = cx.begin().await?;
    let row =
        reminder::ActiveModel { document_id: Set(id), step: Set(step), sent_at: Set(cx.now().millis()) };
    let first_stays =
        OnConflict::columns([reminder::Column::DocumentId, reminder::Column::Step]).do_nothing().to_owned();
    let inserted =
        reminder::Entity::insert(row).on_conflict(first_stays).exec_without_returning(&transaction).await?;
    if inserted == 0 {
        return Ok(false);
    }
    let amount = Money::new(open.open, open.currency).to_string();
    let due = open.document.due_on.map(display_date).unwrap_or_default();
    let mail = |link: String| ReminderMail {
        document: open.name.clone(),
        amount: amount.clone(),
        due: due.clone(),
        is_overdue: open.is_overdue(cx.today()),
        link,
    };
    let is_link_for_them =
        people.is_empty() && !has_portal_user(&transaction, ContactId(open.entity)).await?;
    for user in people {
        let link = cx.link(&format!("/my/invoices/{id}"));
        let rendered = UserLetters::new(cx, &user.name, &user.login).reminder(&mail(link))?;
        tell_user(cx, &transaction, (&user.name, &user.login), "reminder", rendered).await?;
    }
    if is_link_for_them
        && let Some(contact) = open.document.contact_id
        && let Some(contact) = contact::Entity::find_by_id(contact).one(&transaction).await?
        && let Ok(email) = Email::parse(&contact.email)
        && let Some(link) = secure_link_for(cx, &transaction, &contact).await?
    {
        let rendered = UserLetters::new(cx, &contact.name, "").reminder(&mail(link))?;
        let letter = Letter {
            template: "reminder",
            to_email: email.as_str(),
            to_name: &contact.name,
            rendered,
            is_secret: true,
            membership: None,
        };
        mail::queue(cx, &transaction, letter).await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// Whoever of the customer's may pay an invoice and wants to be reminded.
async fn payers(cx: &Cx, open: &Open) -> ServiceResult<Vec<user::Model>> {
    let people = contact::Entity::find()
        .select_only()
        .column(contact::Column::Id)
        .filter(contact::Column::EntityId.eq(open.entity))
        .into_query();
    let members = membership::Entity::find()
        .filter(membership::Column::State.eq("active"))
        .filter(membership::Column::ContactId.in_subquery(people))
        .find_also_related(user::Entity)
        .order_by_asc(membership::Column::Id)
        .all(cx.db().pool())
        .await?;
    let mut found: Vec<user::Model> = Vec::new();
    for (member, user) in members {
        let Some(user) = user else { continue };
        let id = MembershipId(member.id);
        let is_new = found.iter().all(|known| known.id != user.id);
        if is_new
            && member_may(cx, id, DocumentKind::Invoice, Permission::InvoicesPay, open.document.id).await?
            && wants(cx.db().pool(), UserId(user.id), MailArea::Payments).await?
        {
            found.push(user);
        }
    }
    Ok(found)
}
