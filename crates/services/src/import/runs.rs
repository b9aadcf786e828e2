//! Rows that tell of imports.

use domain::import::ImportReport;
use entities::import_run as row;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
};

pub(super) const RUNNING: &str = "running";
pub(super) const FINISHED: &str = "finished";
const FAILED: &str = "failed";

/// Writes that an import starts.
pub(super) async fn insert(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    run: Uuid,
    dry_run: bool,
) -> ServiceResult<()> {
    let new = row::ActiveModel {
        id: Set(run),
        state: Set(RUNNING.to_owned()),
        dry_run: Set(dry_run),
        started_by: Set(cx.actor().name().to_owned()),
        done: Set(0),
        total: Set(0),
        report: Set(None),
        error: Set(None),
        created_at: Set(cx.now().millis()),
        finished_at: Set(None),
    };
    row::Entity::insert(new).exec_without_returning(connection).await?;
    Ok(())
}

/// Writes how far an import is, and that it lives: another instance that starts may have taken it for dead.
pub(super) async fn tell(
    connection: &impl ConnectionTrait,
    run: Uuid,
    done: u32,
    total: u32,
) -> ServiceResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(RUNNING))
        .col_expr(row::Column::Done, Expr::value(i32::try_from(done).unwrap_or(i32::MAX)))
        .col_expr(row::Column::Total, Expr::value(i32::try_from(total).unwrap_or(i32::MAX)))
        .filter(row::Column::Id.eq(run))
        .filter(row::Column::Report.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

/// Writes what an import did: in its own transaction, so that one that is kept is never told of as failed.
pub(super) async fn finish(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    run: Uuid,
    report: &ImportReport,
) -> ServiceResult<()> {
    let read = i32::try_from(report.total(|count| count.read)).unwrap_or(i32::MAX);
    let report_json = serde_json::to_value(report).map_err(ServiceError::internal)?;
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(FINISHED))
        .col_expr(row::Column::Done, Expr::value(read))
        .col_expr(row::Column::Total, Expr::value(read))
        .col_expr(row::Column::Report, Expr::value(report_json))
        .col_expr(row::Column::Error, Expr::value(Option::<String>::None))
        .col_expr(row::Column::FinishedAt, Expr::value(cx.now().millis()))
        .filter(row::Column::Id.eq(run))
        .exec(connection)
        .await?;
    Ok(())
}

/// Writes why imports stopped.
pub(super) async fn fail(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    runs: sea_orm::Condition,
    error: &str,
) -> ServiceResult<u64> {
    let result = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(FAILED))
        .col_expr(row::Column::Error, Expr::value(error))
        .col_expr(row::Column::FinishedAt, Expr::value(cx.now().millis()))
        .filter(row::Column::State.eq(RUNNING))
        .filter(runs)
        .exec(connection)
        .await?;
    Ok(result.rows_affected)
}

/// Writes into the audit trail what an import changed.
pub(super) async fn record(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    run: Uuid,
    report: &ImportReport,
) -> ServiceResult<()> {
    let event = Event {
        action: "import.applied",
        subject: "Import",
        subject_id: Some(run),
        entity_id: None,
        data: json!({ "counts": report.counts }),
    };
    audit::record(cx, connection, event).await
}
