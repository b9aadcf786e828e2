use domain::{
    Instant, Money,
    access::Permission,
    documents::{DocumentKind, DocumentState},
    ids::{DocumentId, MethodId},
    payments::{Automatic, AutomaticForm, AutomaticPage, PaymentState, consent_text},
    typed_number::parse_typed,
};
use entities::{automatic_payment as row, document, payment_method};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::state;
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{portal, portal_scope_if_any},
    audit::{self, Event},
    documents::{
        may::may,
        read::{currency_of, to_row},
        stored::name_of,
    },
    ids,
    payments::cards,
};

/// The page on which an invoice, or what a subscription asks for, comes to be paid without asking.
///
/// # Permissions
/// To see the document; `invoices.pay` or `subscriptions.change` for it; `methods.view`, signed in.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permissions.
pub async fn get_automatic(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<AutomaticPage> {
    let document = payable_by(cx, kind, id).await?;
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {id} cannot be read"));
    let shown = to_row(document.clone().into(), cx.today()).ok_or_else(unreadable)?;
    let currency = currency_of(document.currency.as_deref()).ok_or(ServiceError::NotFound)?;
    let automatic = in_force(cx.db().pool(), document.id).await?.map(|(consent, method)| Automatic {
        card: method.map(|method| cards::card_of(&method).label()).unwrap_or_default(),
        cap: consent.cap.map(|cap| Money::new(cap, currency).to_string()),
        by: consent.consented_by,
        since: cx.settings().zone.display(Instant::from_millis(consent.consented_at)),
        consent: consent.consent,
    });
    Ok(AutomaticPage {
        consent: words(cx, kind, &document),
        row: shown,
        currency,
        automatic,
        cards: cards::saved(cx).await?.into_iter().filter(|card| !card.is_expired).collect(),
    })
}

fn words(cx: &Cx, kind: DocumentKind, document: &document::Model) -> String {
    let is_subscription = kind == DocumentKind::Subscription;
    let noun = if is_subscription { "subscription" } else { "invoice" };
    consent_text(&cx.config().business, &format!("{noun} {}", name_of(document)), is_subscription)
}

/// Has a document paid without asking from now on; a consent before it ends.
///
/// # Permissions
/// As [`get_automatic`].
///
/// # Errors
/// [`ServiceError::Invalid`] by field; [`ServiceError::NotFound`] without the permissions.
pub async fn set_automatic(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    form: &AutomaticForm,
) -> ServiceResult<()> {
    let document = payable_by(cx, kind, id).await?;
    let actor = portal(cx)?;
    let user = actor.user.ok_or(ServiceError::NotFound)?;
    let entity = document.entity_id.ok_or(ServiceError::NotFound)?;
    let currency = currency_of(document.currency.as_deref()).ok_or(ServiceError::NotFound)?;
    let mut errors = domain::FieldErrors::default();
    let cap = match form.cap.trim() {
        "" => None,
        typed => {
            let cap = parse_typed(typed, currency.decimals()).filter(|cap| *cap > 0);
            if cap.is_none() {
                errors
                    .add("cap", format!("Enter an amount in {}, or nothing for no limit.", currency.code()));
            }
            cap
        }
    };
    let card: Option<MethodId> = form.card.parse().ok();
    if card.is_none() {
        errors.add("card", "Choose a card.");
    }
    if !form.agreed {
        errors.add("agreed", "Without your consent nothing is taken.");
    }
    errors.into_result()?;
    let method = match card {
        Some(card) => cards::usable(cx, card).await.map_err(|error| match error {
            ServiceError::Invalid(_) => {
                ServiceError::field("card", "This card cannot be used. Choose another one.")
            }
            other => other,
        })?,
        None => return Err(ServiceError::NotFound),
    };
    let transaction = cx.begin().await?;
    let locked = document::Entity::find_by_id(document.id).lock_exclusive().one(&transaction).await?;
    locked.ok_or(ServiceError::NotFound)?;
    end_automatic(cx, &transaction, document.id).await?;
    plan_anew(&transaction, document.id).await?;
    let consent = words(cx, kind, &document);
    let new = row::ActiveModel {
        id: Set(ids::mint(cx.now())),
        document_id: Set(document.id),
        entity_id: Set(entity),
        contact_id: Set(actor.contact.into()),
        user_id: Set(user.into()),
        method_id: Set(method.id),
        cap: Set(cap),
        consent: Set(consent.clone()),
        consented_by: Set(actor.details.name.clone()),
        address: Set(cx.origin().address.clone()),
        consented_at: Set(cx.now().millis()),
        ended_at: Set(None),
    };
    row::Entity::insert(new).exec_without_returning(&transaction).await?;
    let data = json!({ "card": cards::card_of(&method).label(), "cap": cap, "consent": consent });
    record(cx, &transaction, "payment.automatic_on", &document, data).await?;
    transaction.commit().await?;
    Ok(())
}

/// Switches it off, also where nothing of it is open any more.
///
/// # Permissions
/// As [`get_automatic`].
///
/// # Errors
/// [`ServiceError::NotFound`] without the permissions.
pub async fn unset_automatic(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<()> {
    let document = changeable_by(cx, kind, id).await?;
    let transaction = cx.begin().await?;
    end_automatic(cx, &transaction, document.id).await?;
    transaction.commit().await?;
    Ok(())
}

/// A document that somebody may have paid without asking.
async fn payable_by(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<document::Model> {
    let found = changeable_by(cx, kind, id).await?;
    if is_over(&found) { Err(ServiceError::NotFound) } else { Ok(found) }
}

/// A document for which somebody may switch that off.
async fn changeable_by(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<document::Model> {
    let actor = portal(cx)?;
    actor.user.filter(|_| !actor.is_view_as()).ok_or(ServiceError::NotFound)?;
    if !matches!(kind, DocumentKind::Invoice | DocumentKind::Subscription) {
        return Err(ServiceError::NotFound);
    }
    portal_scope_if_any(cx, Permission::MethodsView)?.ok_or(ServiceError::NotFound)?;
    let seen = portal_scope_if_any(cx, kind.view())?.ok_or(ServiceError::NotFound)?;
    let found =
        seen.documents(kind).filter(document::Column::Id.eq(Uuid::from(id))).one(cx.db().pool()).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    if may(cx, kind, needed(kind), &found).await? { Ok(found) } else { Err(ServiceError::NotFound) }
}

/// What it takes to have a document paid without asking.
pub(super) fn needed(kind: DocumentKind) -> Permission {
    match kind {
        DocumentKind::Subscription => Permission::SubscriptionsChange,
        _ => Permission::InvoicesPay,
    }
}

/// Whether nothing of a document is going to be paid any more.
fn is_over(document: &document::Model) -> bool {
    if document.kind == DocumentKind::Subscription.code() {
        document.state == DocumentState::Ended.code()
    } else {
        document.attention.as_deref() != Some("pay")
    }
}

/// Forgets what was planned by consents of a document before, other than what was paid or is being paid: it is announced
/// by the new consent, with its card and its limit.
async fn plan_anew(transaction: &Transaction, document: Uuid) -> ServiceResult<()> {
    use entities::{automatic_charge as planned, payment};
    let before = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::DocumentId.eq(document))
        .into_query();
    let kept = payment::Entity::find()
        .select_only()
        .column(payment::Column::Id)
        .filter(
            payment::Column::State
                .is_in([PaymentState::Pending, PaymentState::Succeeded].map(PaymentState::code)),
        )
        .into_query();
    planned::Entity::delete_many()
        .filter(planned::Column::AutomaticId.in_subquery(before))
        .filter(planned::Column::Id.not_in_subquery(kept))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The consent that is in force for a document, and its card.
async fn in_force(
    connection: &impl ConnectionTrait,
    document: Uuid,
) -> ServiceResult<Option<(row::Model, Option<payment_method::Model>)>> {
    let live = row::Entity::find()
        .filter(row::Column::DocumentId.eq(document))
        .filter(row::Column::EndedAt.is_null())
        .find_also_related(payment_method::Entity);
    Ok(live.one(connection).await?)
}

/// Whether an invoice is going to be paid without asking: by its own consent, or by that of what it comes from. Not any more
/// where that was given up.
pub(in crate::payments) async fn is_automatic(
    connection: &impl ConnectionTrait,
    invoice: &document::Model,
) -> ServiceResult<bool> {
    use entities::{automatic_charge as planned, document_origin as origin};
    let plan =
        planned::Entity::find().filter(planned::Column::InvoiceId.eq(invoice.id)).one(connection).await?;
    if let Some(plan) = plan {
        let consent = row::Entity::find_by_id(plan.automatic_id).one(connection).await?;
        return Ok(
            plan.state == state::ANNOUNCED && consent.is_some_and(|consent| consent.ended_at.is_none())
        );
    }
    let numbers = origin::Entity::find()
        .select_only()
        .column(origin::Column::Number)
        .filter(origin::Column::DocumentId.eq(invoice.id))
        .into_query();
    let from = Condition::all()
        .add(document::Column::Kind.eq(DocumentKind::Subscription.code()))
        .add(document::Column::EntityId.eq(invoice.entity_id))
        .add(document::Column::Number.in_subquery(numbers));
    let sources = document::Entity::find()
        .select_only()
        .column(document::Column::Id)
        .filter(Condition::any().add(document::Column::Id.eq(invoice.id)).add(from))
        .into_query();
    let live = row::Entity::find()
        .filter(row::Column::DocumentId.in_subquery(sources))
        .filter(row::Column::EndedAt.is_null());
    Ok(live.one(connection).await?.is_some())
}

/// The card that pays a document without asking, in words.
pub(crate) async fn automatic_card(cx: &Cx, document: Uuid) -> ServiceResult<Option<String>> {
    let consent = in_force(cx.db().pool(), document).await?;
    Ok(consent.and_then(|(_, method)| method).map(|method| cards::card_of(&method).label()))
}

/// What a card pays without asking, by name.
pub(in crate::payments) async fn pays_automatically(
    connection: &impl ConnectionTrait,
    method: Uuid,
) -> ServiceResult<Option<String>> {
    let live = row::Entity::find()
        .filter(row::Column::MethodId.eq(method))
        .filter(row::Column::EndedAt.is_null())
        .all(connection)
        .await?;
    for consent in live {
        let found = document::Entity::find_by_id(consent.document_id).one(connection).await?;
        if let Some(document) = found.filter(|document| !is_over(document)) {
            return Ok(Some(name_of(&document).to_owned()));
        }
    }
    Ok(None)
}

/// Ends the consent that is in force, if there is one.
pub(crate) async fn end_automatic(cx: &Cx, transaction: &Transaction, document: Uuid) -> ServiceResult<()> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Expr::value(Some(cx.now().millis())))
        .filter(row::Column::DocumentId.eq(document))
        .filter(row::Column::EndedAt.is_null())
        .exec(transaction)
        .await?;
    if done.rows_affected == 0 {
        return Ok(());
    }
    let found =
        document::Entity::find_by_id(document).one(transaction).await?.ok_or(ServiceError::NotFound)?;
    record(cx, transaction, "payment.automatic_off", &found, json!({})).await
}

async fn record(
    cx: &Cx,
    transaction: &Transaction,
    action: &'static str,
    document: &document::Model,
    data: serde_json::Value,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: name_of(document),
        subject_id: Some(document.id),
        entity_id: document.entity_id,
        data,
    };
    audit::record(cx, transaction, event).await
}
