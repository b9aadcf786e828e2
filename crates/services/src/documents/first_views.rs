//! Who of a customer opened a document first. Reading a page writes nothing: what was seen is taken down in memory,
//! and written by a worker. Should the process be killed in between, the next look counts as the first.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use domain::Instant;
use entities::document;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use tokio::sync::Notify;
use uuid::Uuid;

use super::sharing::write_share_views;
use crate::{Cx, Portico, ServiceResult};

/// First looks that are to be written.
#[derive(Debug, Default)]
pub struct FirstViews {
    waiting: Mutex<HashMap<Uuid, View>>,
    /// Rung when there is something to write.
    pub bell: Notify,
}

#[derive(Clone, Copy, Debug)]
struct View {
    at: Instant,
    by: Option<Uuid>,
}

/// Takes down that a customer looks at a document, if nobody did before. Staff who view the portal as a customer
/// leave no trace.
pub(crate) fn note_view(cx: &Cx, document: &document::Model) {
    if document.first_viewed_at.is_some() || cx.actor().as_portal().is_none() || cx.actor().is_view_as() {
        return;
    }
    let views = &cx.portico.first_views;
    let view = View { at: cx.now(), by: cx.actor().user_id() };
    views.waiting.lock().unwrap_or_else(PoisonError::into_inner).entry(document.id).or_insert(view);
    views.bell.notify_one();
}

/// Writes what was taken down, openings of share links too; how many first looks that were.
///
/// # Permissions
/// None: this is the installation's own work.
///
/// # Errors
/// When the database fails; what is left is written at the next call.
pub async fn write_first_views(portico: &Arc<Portico>) -> ServiceResult<usize> {
    write_share_views(portico).await?;
    let views = &portico.first_views;
    let noted = mem::take(&mut *views.waiting.lock().unwrap_or_else(PoisonError::into_inner));
    if noted.is_empty() {
        return Ok(0);
    }
    let written = write(portico, &noted).await;
    if written.is_err() {
        let mut waiting = views.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(noted);
    }
    written
}

/// Forgets who looked first: the document is another customer's now.
pub(crate) async fn forget_first_view(
    connection: &impl ConnectionTrait,
    document: Uuid,
) -> ServiceResult<()> {
    document::Entity::update_many()
        .col_expr(document::Column::FirstViewedAt, Expr::value(None::<i64>))
        .col_expr(document::Column::FirstViewedBy, Expr::value(None::<Uuid>))
        .filter(document::Column::Id.eq(document))
        .exec(connection)
        .await?;
    Ok(())
}

async fn write(portico: &Arc<Portico>, noted: &HashMap<Uuid, View>) -> ServiceResult<usize> {
    // In the order of the keys, so that two instances that write the same ones never wait for each other.
    let mut views: Vec<(Uuid, View)> = noted.iter().map(|(document, view)| (*document, *view)).collect();
    views.sort_unstable_by_key(|(document, _)| *document);
    let transaction = portico.db.begin().await?;
    for (document, view) in &views {
        document::Entity::update_many()
            .col_expr(document::Column::FirstViewedAt, Expr::value(Some(view.at.millis())))
            .col_expr(document::Column::FirstViewedBy, Expr::value(view.by))
            .filter(document::Column::Id.eq(*document))
            .filter(document::Column::FirstViewedAt.is_null())
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(views.len())
}
