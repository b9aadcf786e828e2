//! What falls due is planned, and announced to whoever consented.

use domain::{documents::DocumentKind, payments::NOTICE_DAYS};
use entities::{automatic_charge as planned, automatic_payment, document, document_origin};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationDef,
    sea_query::{Alias, Expr, ExprTrait, OnConflict, Query, SelectStatement},
};
use time::Duration;

use super::{
    plan::{News, sees, stands, tell},
    state,
};
use crate::{Cx, ServiceResult, ids, mail::AutomaticNews, payments::open::Open};

/// Invoices that are planned in one go.
const MOST: u64 = 200;

/// Plans the payments of invoices that fall due, and tells whoever consented. One statement where there are none.
pub(super) async fn announce_due(cx: &Cx) -> ServiceResult<()> {
    let mut ended = Vec::new();
    for (consent, invoice) in due(cx).await? {
        let Some(invoice) = invoice.filter(|_| !ended.contains(&consent.id)) else { continue };
        if stands(cx, &consent).await? {
            announce(cx, &consent, invoice).await?;
        } else {
            ended.push(consent.id);
        }
    }
    Ok(())
}

/// Open invoices that fall due soon and are not planned yet, each with a consent to pay it, or what it comes from.
async fn due(cx: &Cx) -> ServiceResult<Vec<(automatic_payment::Model, Option<document::Model>)>> {
    use automatic_payment::{Column, Entity};
    let soon = cx.today().saturating_add(Duration::days(NOTICE_DAYS));
    let planned = planned::Entity::find().select_only().column(planned::Column::InvoiceId).into_query();
    let of_consent = Expr::col((Entity, Column::DocumentId));
    let is_of_consent = Condition::any()
        .add(of_consent.clone().equals((document::Entity, document::Column::Id)))
        .add(of_consent.in_subquery(subscriptions_of_the_invoice()));
    let same_entity: RelationDef =
        Entity::belongs_to(document::Entity).from(Column::EntityId).to(document::Column::EntityId).into();
    let found = Entity::find()
        .join(JoinType::InnerJoin, same_entity)
        .select_also(document::Entity)
        .filter(Column::EndedAt.is_null())
        .filter(document::Column::Attention.eq("pay"))
        .filter(
            Condition::any().add(document::Column::DueOn.lte(soon)).add(document::Column::DueOn.is_null()),
        )
        .filter(document::Column::Id.not_in_subquery(planned))
        .filter(is_of_consent)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(cx.db().pool())
        .await?;
    Ok(found)
}

/// The subscriptions that an invoice of the query around it comes from.
fn subscriptions_of_the_invoice() -> SelectStatement {
    let of = |column: document::Column| Expr::col((Alias::new("of"), column));
    let origin = |column: document_origin::Column| Expr::col((document_origin::Entity, column));
    Query::select()
        .expr(of(document::Column::Id))
        .from_as(document::Entity, Alias::new("of"))
        .join(
            JoinType::InnerJoin,
            document_origin::Entity,
            origin(document_origin::Column::Number).equals((Alias::new("of"), document::Column::Number)),
        )
        .and_where(of(document::Column::Kind).eq(DocumentKind::Subscription.code()))
        .and_where(of(document::Column::EntityId).equals((document::Entity, document::Column::EntityId)))
        .and_where(
            origin(document_origin::Column::DocumentId).equals((document::Entity, document::Column::Id)),
        )
        .to_owned()
}

async fn announce(
    cx: &Cx,
    consent: &automatic_payment::Model,
    invoice: document::Model,
) -> ServiceResult<()> {
    let due = invoice.due_on;
    let Some(open) = Open::of(cx, invoice, false) else { return Ok(()) };
    let notice = cx.today().saturating_add(Duration::days(NOTICE_DAYS));
    let charge_on = due.map_or(notice, |due| Ord::max(due, notice));
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
