//! What falls due is planned, and announced to whoever consented.

use domain::{documents::DocumentKind, payments::NOTICE_DAYS};
use entities::{automatic_charge as planned, automatic_payment, document, document_origin};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::OnConflict,
};
use time::Duration;

use super::{
    plan::{News, sees, stands, tell},
    state,
};
use crate::{Cx, ServiceResult, ids, mail::AutomaticNews, payments::open::Open};

/// Invoices of a consent that are planned in one go.
const MOST: u64 = 200;

/// Plans the payments of invoices that fall due, and tells whoever consented.
pub(super) async fn announce_due(cx: &Cx) -> ServiceResult<()> {
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
        tell(cx, &transaction, consent, &open, News::of(news, charge_on)).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}
