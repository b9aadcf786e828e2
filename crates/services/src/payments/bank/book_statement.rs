use domain::{
    Money,
    access::Right,
    documents::DocumentKind,
    payments::{BankLine, BankOutcome, Means, PaymentState, StatementReport},
};
use entities::{bank_line, document, payment, payment_allocation};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    find::{Target, Targets},
    read::{read, said},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
    documents::stored::name_of,
    ids,
    payments::{
        begin::next_number,
        conclude::{Ending, allocations_of, conclude_in, lock},
        pay::BANK,
    },
    secret,
};

/// Reads a statement and books what is found by its reference. A line is booked once, however often its statement is read.
///
/// # Permissions
/// [`Right::ManagePayments`].
///
/// # Errors
/// [`ServiceError::Invalid`] at `file` when it cannot be read: nothing is booked then. [`ServiceError::NotFound`] without the
/// right.
pub async fn book_statement(cx: &Cx, bytes: &[u8]) -> ServiceResult<StatementReport> {
    staff(cx, Right::ManagePayments)?;
    let read = read(bytes, cx.settings().currency())?;
    let mut report =
        StatementReport { lines: Vec::new(), errors: read.errors, passed_over: read.passed_over };
    let mut targets: Option<Targets> = None;
    for line in read.lines {
        let outcome = match booked_before(cx, &line).await? {
            Some(outcome) => outcome,
            None => {
                let open = match targets.take() {
                    Some(open) => open,
                    None => Targets::read(cx).await?,
                };
                match open.find(&line) {
                    // The next line reads anew what is open: this one may have paid it.
                    Ok(target) => book(cx, &line, target).await?,
                    Err(why) => {
                        targets = Some(open);
                        BankOutcome::Unknown { why }
                    }
                }
            }
        };
        report.lines.push((line, outcome));
    }
    Ok(report)
}

/// Books a line for the announced transfer or the invoice of a number.
///
/// # Permissions
/// [`Right::ManagePayments`].
///
/// # Errors
/// [`ServiceError::Invalid`] at `number` when nothing of that number can be paid; [`ServiceError::NotFound`] without the right.
pub async fn book_by_hand(cx: &Cx, line: &BankLine, number: &str) -> ServiceResult<BankOutcome> {
    staff(cx, Right::ManagePayments)?;
    if let Some(before) = booked_before(cx, line).await? {
        return Ok(before);
    }
    if line.amount.minor <= 0 {
        return Err(ServiceError::NotFound);
    }
    let number = number.trim();
    let waiting = payment::Entity::find()
        .filter(payment::Column::Number.eq(number.to_uppercase()))
        .filter(payment::Column::Means.eq(Means::Transfer.code()))
        .filter(payment::Column::State.eq(PaymentState::Pending.code()))
        .filter(payment::Column::Currency.eq(line.amount.currency.code()))
        .one(cx.db().pool())
        .await?;
    if let Some(waiting) = waiting {
        return book(cx, line, Target::Payment(waiting.id)).await;
    }
    let invoices: Vec<document::Model> = document::Entity::find()
        .filter(document::Column::Kind.eq(DocumentKind::Invoice.code()))
        .filter(document::Column::Number.eq(number))
        .filter(document::Column::Attention.eq("pay"))
        .filter(document::Column::Currency.eq(line.amount.currency.code()))
        .limit(2)
        .all(cx.db().pool())
        .await?;
    match invoices.as_slice() {
        [invoice] => book(cx, line, Target::Invoice(invoice.id)).await,
        _ => Err(ServiceError::field(
            "number",
            format!(
                "There is no open invoice and no announced transfer of this number in {}.",
                line.amount.currency.code()
            ),
        )),
    }
}

/// What tells a line from every other.
fn fingerprint(line: &BankLine) -> String {
    secret::hash(&format!("{} {}", said(line), line.repetition))
}

async fn booked_before(cx: &Cx, line: &BankLine) -> ServiceResult<Option<BankOutcome>> {
    let found = bank_line::Entity::find()
        .filter(bank_line::Column::Fingerprint.eq(fingerprint(line)))
        .one(cx.db().pool())
        .await?;
    let Some(booked) = found else { return Ok(None) };
    let payment = payment::Entity::find_by_id(booked.payment_id).one(cx.db().pool()).await?;
    Ok(payment.map(|payment| BankOutcome::Before { payment: payment.id.into(), number: payment.number }))
}

async fn book(cx: &Cx, line: &BankLine, target: Target) -> ServiceResult<BankOutcome> {
    let transaction = cx.begin().await?;
    let payment = match target {
        Target::Payment(id) => {
            let waiting = lock(&transaction, id).await?;
            if waiting.state != PaymentState::Pending.code() {
                // It came by another line, or was confirmed by hand meanwhile.
                let why = format!(
                    "{} is not waited for any more: look whether this is the same money.",
                    waiting.number
                );
                return Ok(BankOutcome::Unknown { why });
            }
            waiting.id
        }
        Target::Invoice(id) => payment_for(cx, &transaction, line, id).await?,
    };
    let row = bank_line::ActiveModel {
        id: Set(ids::mint(cx.now())),
        fingerprint: Set(fingerprint(line)),
        booked_on: Set(line.booked_on),
        currency: Set(line.amount.currency.code().to_owned()),
        amount: Set(line.amount.minor),
        text: Set(line.text.clone()),
        payer: Set(line.payer.clone()),
        payment_id: Set(payment),
        created_by: Set(cx.actor().name().to_owned()),
        created_at: Set(cx.now().millis()),
    };
    let inserted = bank_line::Entity::insert(row).exec_without_returning(&transaction).await;
    if let Err(error) = inserted {
        let why = "Somebody books this line at this moment: read the statement again.".to_owned();
        let is_twice = ServiceError::is_unique_violation(&error);
        return if is_twice { Ok(BankOutcome::Unknown { why }) } else { Err(error.into()) };
    }
    let concluded = conclude_in(cx, &transaction, payment, &Ending::Succeeded(line.amount.minor)).await?;
    let event = Event {
        action: "payment.booked_from_statement",
        subject: &concluded.number,
        subject_id: Some(concluded.id),
        entity_id: Some(concluded.entity_id),
        data: serde_json::json!({
            "amount": line.amount.minor, "currency": line.amount.currency.code(), "text": line.text, "payer": line.payer,
        }),
    };
    audit::record(cx, &transaction, event).await?;
    let paid = paid_by(&transaction, &concluded, line.amount).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(BankOutcome::Booked { payment: concluded.id.into(), number: concluded.number, paid })
}

/// The payment of an invoice by this line: the one that was announced, or a new one.
async fn payment_for(
    cx: &Cx,
    transaction: &Transaction,
    line: &BankLine,
    invoice: Uuid,
) -> ServiceResult<Uuid> {
    let announced = payment_allocation::Entity::find()
        .filter(payment_allocation::Column::DocumentId.eq(invoice))
        .filter(payment_allocation::Column::IsPending.eq(true))
        .one(transaction)
        .await?;
    if let Some(announced) = announced {
        // Before its documents, as whoever confirms it does.
        let payment = lock(transaction, announced.payment_id).await?;
        let is_waiting = payment.state == PaymentState::Pending.code();
        if is_waiting && Means::parse(&payment.means) == Some(Means::Transfer) {
            return Ok(payment.id);
        }
    }
    let found = document::Entity::find_by_id(invoice).lock_exclusive().one(transaction).await?;
    let invoice = found.ok_or(ServiceError::NotFound)?;
    let (entity, contact) = invoice.entity_id.zip(invoice.contact_id).ok_or(ServiceError::NotFound)?;
    let (id, now) = (ids::mint(cx.now()), cx.now());
    let row = payment::ActiveModel {
        id: Set(id),
        number: Set(next_number(transaction).await?),
        entity_id: Set(entity),
        contact_id: Set(contact),
        user_id: Set(None),
        share_link_id: Set(None),
        payer: Set(if line.payer.is_empty() { "Bank transfer".to_owned() } else { line.payer.clone() }),
        purpose: Set("documents".to_owned()),
        means: Set(Means::Transfer.code().to_owned()),
        provider: Set(BANK.to_owned()),
        provider_ref: Set(None),
        method_id: Set(None),
        label: Set(Means::Transfer.label().to_owned()),
        reference: Set(String::new()),
        state: Set(PaymentState::Pending.code().to_owned()),
        currency: Set(line.amount.currency.code().to_owned()),
        amount: Set(line.amount.minor),
        received: Set(0),
        refunded: Set(0),
        failure: Set(String::new()),
        created_at: Set(now.millis()),
        settled_at: Set(None),
        next_check_at: Set(None),
    };
    payment::Entity::insert(row).exec_without_returning(transaction).await?;
    let part = payment_allocation::ActiveModel {
        id: Set(ids::mint(now)),
        payment_id: Set(id),
        document_id: Set(invoice.id),
        position: Set(0),
        amount: Set(line.amount.minor),
        applied: Set(0),
        // The money is there: it waits for no other payment of the same invoice.
        is_pending: Set(false),
    };
    payment_allocation::Entity::insert(part).exec_without_returning(transaction).await?;
    Ok(id)
}

/// What a payment paid, in words.
async fn paid_by(
    transaction: &Transaction,
    payment: &payment::Model,
    amount: Money,
) -> ServiceResult<String> {
    let mut words = Vec::new();
    let mut to_documents = 0_i64;
    for part in allocations_of(transaction, payment.id).await? {
        to_documents = to_documents.saturating_add(part.applied);
        let found = document::Entity::find_by_id(part.document_id).one(transaction).await?;
        words.extend(found.filter(|_| part.applied > 0).map(|document| name_of(&document).to_owned()));
    }
    let rest = amount.minor.saturating_sub(to_documents);
    if rest > 0 {
        words.push(format!("{} into the wallet", Money::new(rest, amount.currency)));
    }
    Ok(words.join(", "))
}
