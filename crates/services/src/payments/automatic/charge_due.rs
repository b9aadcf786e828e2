//! The worker's part: what falls due is announced, and paid on its day.

use std::sync::Arc;

use domain::{
    Money,
    documents::DocumentKind,
    ids::{MembershipId, PaymentId, UserId},
    instant::display_date,
    payments::{Means, NOTICE_DAYS, PaymentState, Purpose},
};
use entities::{
    automatic_charge as planned, automatic_payment, document, document_origin, membership, payment,
    payment_method, user,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::OnConflict,
};
use time::{Date, Duration};
use uuid::Uuid;

use crate::{
    Cx, Portico, ServiceError, ServiceResult,
    access::member_sees,
    ids,
    mail::{AutomaticMail, AutomaticNews, UserLetters, tell_user},
    payments::{
        begin::{NewPayment, begin},
        cards::card_of,
        charge::charge,
        payable::Open,
        payer::Payer,
    },
};

/// Planned, made, and left out.
const ANNOUNCED: &str = "announced";
const MADE: &str = "made";
const SKIPPED: &str = "skipped";

/// What is worked on in one go.
const MOST: u64 = 200;

/// Announces what is going to be paid without asking, and pays what was announced and is due. Answers how many payments were
/// made. Two processes at once make each of them once.
///
/// # Permissions
/// None: this is the installation's own work. Whether whoever consented still may see the invoice is asked each time.
///
/// # Errors
/// When the database fails.
pub async fn charge_due(portico: &Arc<Portico>) -> ServiceResult<u64> {
    let cx = portico.system("automatic payments");
    announce_due(&cx).await?;
    let due = planned::Entity::find()
        .filter(planned::Column::State.eq(ANNOUNCED))
        .filter(planned::Column::ChargeOn.lte(cx.today()))
        .order_by_asc(planned::Column::ChargeOn)
        .limit(MOST)
        .all(portico.db.pool())
        .await?;
    let mut made = 0;
    for plan in due {
        if pay(&cx, &plan).await? {
            made += 1;
        }
    }
    Ok(made)
}

/// Plans the payments of invoices that fall due, and tells whoever consented.
async fn announce_due(cx: &Cx) -> ServiceResult<()> {
    let consents = automatic_payment::Entity::find()
        .filter(automatic_payment::Column::EndedAt.is_null())
        .order_by_asc(automatic_payment::Column::Id)
        .all(cx.db().pool())
        .await?;
    for consent in consents {
        for invoice in invoices_of(cx, &consent).await? {
            announce(cx, &consent, invoice).await?;
        }
    }
    Ok(())
}

/// The open invoices of a consent that are not planned yet and fall due soon.
async fn invoices_of(cx: &Cx, consent: &automatic_payment::Model) -> ServiceResult<Vec<document::Model>> {
    let Some(of) = document::Entity::find_by_id(consent.document_id).one(cx.db().pool()).await? else {
        return Ok(Vec::new());
    };
    let soon = cx.today().saturating_add(Duration::days(NOTICE_DAYS));
    let done = planned::Entity::find().select_only().column(planned::Column::InvoiceId);
    let mut query = document::Entity::find()
        .filter(document::Column::Attention.eq("pay"))
        .filter(
            Condition::any().add(document::Column::DueOn.lte(soon)).add(document::Column::DueOn.is_null()),
        )
        .filter(document::Column::Id.not_in_subquery(done.into_query()))
        .filter(document::Column::EntityId.eq(consent.entity_id))
        .limit(MOST);
    query = if of.kind == DocumentKind::Subscription.code() {
        let from_it = document_origin::Entity::find()
            .select_only()
            .column(document_origin::Column::DocumentId)
            .filter(document_origin::Column::Number.eq(&of.number));
        query.filter(document::Column::Id.in_subquery(from_it.into_query()))
    } else {
        query.filter(document::Column::Id.eq(of.id))
    };
    Ok(query.all(cx.db().pool()).await?)
}

async fn announce(
    cx: &Cx,
    consent: &automatic_payment::Model,
    invoice: document::Model,
) -> ServiceResult<()> {
    let due = invoice.due_on;
    let Some(open) = Open::of(cx, invoice, false) else { return Ok(()) };
    let notice = cx.today().saturating_add(Duration::days(NOTICE_DAYS));
    let charge_on = due.map_or(notice, |due| due.max(notice));
    let is_over_cap = consent.cap.is_some_and(|cap| open.open > cap);
    let state = if is_over_cap { SKIPPED } else { ANNOUNCED };
    let transaction = cx.begin().await?;
    let plan = planned::ActiveModel {
        id: Set(ids::mint(cx.now())),
        automatic_id: Set(consent.id),
        invoice_id: Set(open.document.id),
        charge_on: Set(charge_on),
        state: Set(state.to_owned()),
        announced_at: Set(cx.now().millis()),
    };
    let first_stays = OnConflict::column(planned::Column::InvoiceId).do_nothing().to_owned();
    let inserted =
        planned::Entity::insert(plan).on_conflict(first_stays).exec_without_returning(&transaction).await?;
    if inserted == 0 {
        return Ok(());
    }
    let news = if is_over_cap { AutomaticNews::OverLimit } else { AutomaticNews::Announced };
    tell(cx, &transaction, consent, &open, (news, charge_on)).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// Pays what was planned; false where it is not to be paid any more.
async fn pay(cx: &Cx, plan: &planned::Model) -> ServiceResult<bool> {
    let pool = cx.db().pool();
    let consent = automatic_payment::Entity::find_by_id(plan.automatic_id).one(pool).await?;
    let consent = consent.filter(|consent| consent.ended_at.is_none());
    let invoice = document::Entity::find_by_id(plan.invoice_id).one(pool).await?;
    let open = invoice.and_then(|invoice| Open::of(cx, invoice, false));
    let (Some(consent), Some(open)) = (consent, open) else { return skip(cx, plan).await };
    let method = payment_method::Entity::find_by_id(consent.method_id).one(pool).await?;
    let today = cx.today();
    let is_usable =
        |method: &payment_method::Model| method.removed_at.is_none() && !card_of(method).is_expired(today);
    let method = method.filter(is_usable);
    let is_within = consent.cap.is_none_or(|cap| open.open <= cap);
    let (true, true, Some(method)) = (is_within, still_sees(cx, &consent, open.document.id).await?, method)
    else {
        let transaction = cx.begin().await?;
        tell(cx, &transaction, &consent, &open, (AutomaticNews::Failed, plan.charge_on)).await?;
        transaction.commit().await?;
        return skip(cx, plan).await;
    };
    let provider = cx.portico.card_provider().ok_or_else(crate::payments::unavailable)?;
    let payer = Payer {
        contact: consent.contact_id,
        user: Some(UserId(consent.user_id)),
        link: None,
        name: consent.consented_by.clone(),
    };
    let documents = [open.document.id];
    let new = NewPayment {
        // The plan's key is the payment's: whoever comes second finds it begun.
        id: PaymentId(plan.id),
        payer: &payer,
        purpose: Purpose::Documents,
        means: Means::Card,
        provider: provider.name(),
        method: Some(method.id),
        label: card_of(&method).label(),
        amount: Money::new(open.open, open.currency),
        entity: open.entity,
        documents: &documents,
    };
    let transaction = cx.begin().await?;
    let begun = match begin(cx, &transaction, &new).await {
        Ok(begun) => begun,
        // Somebody pays it by hand at this moment.
        Err(ServiceError::Refused(_)) => return Ok(false),
        Err(error) => return Err(error),
    };
    let made = planned::ActiveModel { id: Set(plan.id), state: Set(MADE.to_owned()), ..Default::default() };
    planned::Entity::update(made).exec(&transaction).await?;
    transaction.commit().await?;
    let Some(begun) = begun else { return Ok(false) };
    charge(cx, &begun, &method).await?;
    report(cx, &consent, &open, begun.id, plan.charge_on).await?;
    Ok(true)
}

/// Whoever consented is told when it did not work; a receipt is sent where it did.
async fn report(
    cx: &Cx,
    consent: &automatic_payment::Model,
    open: &Open,
    payment: Uuid,
    on: Date,
) -> ServiceResult<()> {
    let after = payment::Entity::find_by_id(payment).one(cx.db().pool()).await?;
    let state = after.and_then(|payment| PaymentState::parse(&payment.state));
    let news = match state {
        Some(PaymentState::Failed | PaymentState::Canceled) => AutomaticNews::Failed,
        Some(PaymentState::Pending) => AutomaticNews::Waits,
        Some(PaymentState::Succeeded) | None => return Ok(()),
    };
    let transaction = cx.begin().await?;
    tell(cx, &transaction, consent, open, (news, on)).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

async fn skip(cx: &Cx, plan: &planned::Model) -> ServiceResult<bool> {
    let skipped =
        planned::ActiveModel { id: Set(plan.id), state: Set(SKIPPED.to_owned()), ..Default::default() };
    planned::Entity::update(skipped).exec(cx.db().pool()).await?;
    cx.portico.ring();
    Ok(false)
}

/// Whether whoever consented still has access, and finds the invoice.
async fn still_sees(cx: &Cx, consent: &automatic_payment::Model, invoice: Uuid) -> ServiceResult<bool> {
    let live = membership::Entity::find()
        .filter(membership::Column::UserId.eq(consent.user_id))
        .filter(membership::Column::ContactId.eq(consent.contact_id))
        .filter(membership::Column::State.eq("active"))
        .one(cx.db().pool())
        .await?;
    match live {
        Some(live) => member_sees(cx, MembershipId(live.id), DocumentKind::Invoice, invoice).await,
        None => Ok(false),
    }
}

async fn tell(
    cx: &Cx,
    connection: &impl sea_orm::ConnectionTrait,
    consent: &automatic_payment::Model,
    open: &Open,
    (news, on): (AutomaticNews, Date),
) -> ServiceResult<()> {
    let Some(user) = user::Entity::find_by_id(consent.user_id).one(connection).await? else { return Ok(()) };
    let method = payment_method::Entity::find_by_id(consent.method_id).one(connection).await?;
    let mail = AutomaticMail {
        news,
        document: &open.name,
        amount: Money::new(open.open, open.currency).to_string(),
        card: &method.map(|method| card_of(&method).label()).unwrap_or_default(),
        on: &display_date(on),
        link: &cx.link(&format!("/my/invoices/{}", open.document.id)),
    };
    let name = if user.name.is_empty() { consent.consented_by.as_str() } else { user.name.as_str() };
    let rendered = UserLetters::new(cx, name, &user.login).automatic_payment(&mail)?;
    tell_user(cx, connection, (name, &user.login), "automatic-payment", rendered).await
}
