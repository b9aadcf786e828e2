//! The worker's part: what falls due is announced, and paid on its day.

use std::sync::Arc;

use domain::{
    Instant, Money,
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
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};
use time::{Date, Duration};
use uuid::Uuid;

use super::{
    consent::{end_automatic, needed},
    state,
};
use crate::{
    Cx, Portico, ServiceError, ServiceResult,
    access::{member_may, member_sees},
    ids,
    mail::{AutomaticMail, AutomaticNews, UserLetters, tell_user},
    payments::{
        begin::{FIRST_LOOK, NewPayment, begin},
        cards::card_of,
        charge::{INTERRUPTED, charge},
        payable::Open,
        payer::Payer,
    },
};

/// Longest time after its day in which a payment that was interrupted before any money was taken is made again.
const AGAIN: Duration = Duration::days(3);

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
    follow_up(&cx).await?;
    announce_due(&cx).await?;
    let due = planned::Entity::find()
        .filter(planned::Column::State.eq(state::ANNOUNCED))
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
            if !stands(cx, &consent).await? {
                break;
            }
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
    // Whoever does not find it pays nothing of it, and is told nothing: others are reminded then.
    let is_seen = sees(cx, consent, open.document.id).await?;
    let state = if is_over_cap || !is_seen { state::SKIPPED } else { state::ANNOUNCED };
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
    if is_seen {
        let news = if is_over_cap { AutomaticNews::OverLimit } else { AutomaticNews::Announced };
        tell(cx, &transaction, consent, &open, (news, charge_on, None)).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// Pays what was planned; false where it is not to be paid any more.
async fn pay(cx: &Cx, plan: &planned::Model) -> ServiceResult<bool> {
    let pool = cx.db().pool();
    let Some(provider) = cx.portico.card_provider() else { return Ok(false) };
    let consent = automatic_payment::Entity::find_by_id(plan.automatic_id).one(pool).await?;
    let consent = consent.filter(|consent| consent.ended_at.is_none());
    let invoice = document::Entity::find_by_id(plan.invoice_id).one(pool).await?;
    let open = invoice.and_then(|invoice| Open::of(cx, invoice, false));
    let (Some(consent), Some(open)) = (consent, open) else { return skip(cx, plan, None).await };
    // Whoever has no access any more pays nothing, and is told nothing of it.
    if !sees(cx, &consent, open.document.id).await? {
        stands(cx, &consent).await?;
        return skip(cx, plan, None).await;
    }
    let method = payment_method::Entity::find_by_id(consent.method_id).one(pool).await?;
    let today = cx.today();
    let is_usable =
        |method: &payment_method::Model| method.removed_at.is_none() && !card_of(method).is_expired(today);
    let is_within = consent.cap.is_none_or(|cap| open.open <= cap);
    let (true, true, Some(method)) = (is_within, stands(cx, &consent).await?, method.filter(is_usable))
    else {
        return skip(cx, plan, Some((&consent, &open))).await;
    };
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
    let Some(begun) = begun else { return Ok(false) };
    // The last look, after which it cannot be switched off any more.
    let still = automatic_payment::Entity::find_by_id(consent.id).lock_exclusive().one(&transaction).await?;
    let is_on = still.is_some_and(|consent| consent.ended_at.is_none());
    if !is_on || !pass(&transaction, plan, state::ANNOUNCED, state::MADE).await? {
        return Ok(false);
    }
    transaction.commit().await?;
    charge(cx, &begun, &method).await?;
    let made = planned::Model { state: state::MADE.to_owned(), ..plan.clone() };
    report(cx, &made).await?;
    Ok(true)
}

/// Looks at payments that were made without asking until it is known how they ended, also those that a killed process left.
async fn follow_up(cx: &Cx) -> ServiceResult<()> {
    let made = planned::Entity::find()
        .filter(planned::Column::State.is_in([state::MADE, state::WAITS]))
        .order_by_asc(planned::Column::ChargeOn)
        .all(cx.db().pool())
        .await?;
    for plan in made {
        let payment = payment::Entity::find_by_id(plan.id).one(cx.db().pool()).await?;
        // Whoever makes it reports it; later, nobody does any more.
        let is_left = payment
            .is_some_and(|payment| Instant::from_millis(payment.created_at).plus(FIRST_LOOK) <= cx.now());
        if is_left {
            report(cx, &plan).await?;
        }
    }
    Ok(())
}

/// Whoever consented is told when it did not work; a receipt is sent where it did.
async fn report(cx: &Cx, plan: &planned::Model) -> ServiceResult<()> {
    let pool = cx.db().pool();
    let Some(payment) = payment::Entity::find_by_id(plan.id).one(pool).await? else { return Ok(()) };
    let (next, news) = match PaymentState::parse(&payment.state) {
        Some(PaymentState::Pending) if plan.state == state::MADE => (state::WAITS, AutomaticNews::Waits),
        Some(PaymentState::Failed) if payment.failure == INTERRUPTED => {
            let last = plan.charge_on.saturating_add(AGAIN);
            if cx.today() <= last {
                return again(cx, plan).await;
            }
            (state::DONE, AutomaticNews::Failed)
        }
        Some(PaymentState::Failed) => (state::DONE, AutomaticNews::Failed),
        Some(PaymentState::Pending) | None => return Ok(()),
        // There is a receipt, or they gave it up themselves.
        Some(PaymentState::Succeeded | PaymentState::Canceled) => {
            pass(pool, plan, &plan.state, state::DONE).await?;
            return Ok(());
        }
    };
    let consent = automatic_payment::Entity::find_by_id(plan.automatic_id).one(pool).await?;
    let invoice = document::Entity::find_by_id(plan.invoice_id).one(pool).await?;
    let open = invoice.and_then(|invoice| Open::of(cx, invoice, false));
    let sees = match &consent {
        Some(consent) => sees(cx, consent, plan.invoice_id).await?,
        None => false,
    };
    let transaction = cx.begin().await?;
    if !pass(&transaction, plan, &plan.state, next).await? {
        return Ok(());
    }
    if let (Some(consent), Some(open), true) = (consent, open, sees) {
        let payment = (news == AutomaticNews::Waits).then_some(payment.id);
        tell(cx, &transaction, &consent, &open, (news, plan.charge_on, payment)).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// Plans a payment once more of which no money was taken, and for which nobody is to blame: under another key.
async fn again(cx: &Cx, plan: &planned::Model) -> ServiceResult<()> {
    planned::Entity::update_many()
        .col_expr(planned::Column::Id, Expr::value(ids::mint(cx.now())))
        .col_expr(planned::Column::State, Expr::value(state::ANNOUNCED))
        .filter(planned::Column::Id.eq(plan.id))
        .filter(planned::Column::State.eq(&plan.state))
        .exec(cx.db().pool())
        .await?;
    Ok(())
}

/// Leaves it out, and tells of it; whoever comes second does nothing.
async fn skip(
    cx: &Cx,
    plan: &planned::Model,
    told: Option<(&automatic_payment::Model, &Open)>,
) -> ServiceResult<bool> {
    let transaction = cx.begin().await?;
    if !pass(&transaction, plan, state::ANNOUNCED, state::SKIPPED).await? {
        return Ok(false);
    }
    if let Some((consent, open)) = told {
        tell(cx, &transaction, consent, open, (AutomaticNews::Failed, plan.charge_on, None)).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(false)
}

/// Takes a plan from one state to the next; false where somebody else did.
async fn pass(
    connection: &impl ConnectionTrait,
    plan: &planned::Model,
    from: &str,
    to: &str,
) -> ServiceResult<bool> {
    let done = planned::Entity::update_many()
        .col_expr(planned::Column::State, Expr::value(to))
        .filter(planned::Column::Id.eq(plan.id))
        .filter(planned::Column::State.eq(from))
        .exec(connection)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Whoever consented, as long as they have access.
async fn member(cx: &Cx, consent: &automatic_payment::Model) -> ServiceResult<Option<MembershipId>> {
    let live = membership::Entity::find()
        .filter(membership::Column::UserId.eq(consent.user_id))
        .filter(membership::Column::ContactId.eq(consent.contact_id))
        .filter(membership::Column::State.eq("active"))
        .one(cx.db().pool())
        .await?;
    Ok(live.map(|live| MembershipId(live.id)))
}

/// Whether whoever consented still might do so. Where not, the consent ends: others are reminded then, and can choose a card.
async fn stands(cx: &Cx, consent: &automatic_payment::Model) -> ServiceResult<bool> {
    let found = document::Entity::find_by_id(consent.document_id).one(cx.db().pool()).await?;
    let kind = found.and_then(|document| DocumentKind::parse(&document.kind));
    if let (Some(member), Some(kind)) = (member(cx, consent).await?, kind)
        && member_may(cx, member, kind, needed(kind), consent.document_id).await?
    {
        return Ok(true);
    }
    let transaction = cx.begin().await?;
    let same = automatic_payment::Entity::find_by_id(consent.id).lock_exclusive().one(&transaction).await?;
    // Somebody else may have consented meanwhile: that stays.
    if same.is_some_and(|consent| consent.ended_at.is_none()) {
        end_automatic(cx, &transaction, consent.document_id).await?;
    }
    transaction.commit().await?;
    Ok(false)
}

/// Whether whoever consented finds the invoice.
async fn sees(cx: &Cx, consent: &automatic_payment::Model, invoice: Uuid) -> ServiceResult<bool> {
    match member(cx, consent).await? {
        Some(member) => member_sees(cx, member, DocumentKind::Invoice, invoice).await,
        None => Ok(false),
    }
}

async fn tell(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    consent: &automatic_payment::Model,
    open: &Open,
    (news, on, payment): (AutomaticNews, Date, Option<Uuid>),
) -> ServiceResult<()> {
    let Some(user) = user::Entity::find_by_id(consent.user_id).one(connection).await? else { return Ok(()) };
    let method = payment_method::Entity::find_by_id(consent.method_id).one(connection).await?;
    let mail = AutomaticMail {
        news,
        document: &open.name,
        amount: Money::new(open.open, open.currency).to_string(),
        card: &method.map(|method| card_of(&method).label()).unwrap_or_default(),
        on: &display_date(on),
        link: &match payment {
            Some(payment) => cx.link(&format!("/my/payments/{payment}")),
            None => cx.link(&format!("/my/invoices/{}", open.document.id)),
        },
    };
    let name = if user.name.is_empty() { consent.consented_by.as_str() } else { user.name.as_str() };
    let rendered = UserLetters::new(cx, name, &user.login).automatic_payment(&mail)?;
    tell_user(cx, connection, (name, &user.login), "automatic-payment", rendered).await
}
