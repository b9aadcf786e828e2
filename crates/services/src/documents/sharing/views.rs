//! How often links are opened. Opening one writes nothing: it is taken down in memory, and written by the worker that
//! writes the first views of documents. Should the process be killed in between, those openings are not counted.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use domain::Instant;
use entities::share_link;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{Cx, Portico, ServiceResult};

/// Openings that are to be written.
#[derive(Debug, Default)]
pub(crate) struct ShareViews(Mutex<HashMap<Uuid, Openings>>);

#[derive(Clone, Copy, Debug)]
struct Openings {
    count: i64,
    last: Instant,
}

impl ShareViews {
    fn add(&self, link: Uuid, more: Openings) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let openings = waiting.entry(link).or_insert(Openings { count: 0, last: more.last });
        openings.count = openings.count.saturating_add(more.count);
        openings.last = openings.last.max(more.last);
    }
}

/// Takes down that somebody opened a link.
pub(super) fn note_opening(cx: &Cx, link: Uuid) {
    cx.portico.share_views.add(link, Openings { count: 1, last: cx.now() });
    cx.portico.first_views.bell.notify_one();
}

/// Writes what was taken down.
pub(in crate::documents) async fn write_share_views(portico: &Arc<Portico>) -> ServiceResult<()> {
    let noted = mem::take(&mut *portico.share_views.0.lock().unwrap_or_else(PoisonError::into_inner));
    if noted.is_empty() {
        return Ok(());
    }
    let mut openings: Vec<(Uuid, Openings)> = noted.into_iter().collect();
    openings.sort_unstable_by_key(|(link, _)| *link);
    let written = write(portico, &openings).await;
    if written.is_err() {
        for (link, openings) in openings {
            portico.share_views.add(link, openings);
        }
    }
    written
}

async fn write(portico: &Arc<Portico>, openings: &[(Uuid, Openings)]) -> ServiceResult<()> {
    let transaction = portico.db.begin().await?;
    for (link, openings) in openings {
        share_link::Entity::update_many()
            .col_expr(share_link::Column::Views, Expr::col(share_link::Column::Views).add(openings.count))
            .col_expr(share_link::Column::LastOpenedAt, Expr::value(Some(openings.last.millis())))
            .filter(share_link::Column::Id.eq(*link))
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}
