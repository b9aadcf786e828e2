use domain::{
    Page,
    documents::{DocumentRequest, DocumentRow},
};
use entities::document;
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder};
use time::Date;

use super::read::to_row;
use crate::{
    Cx, ServiceResult,
    access::portal_scope,
    page::{self, Seek},
};

/// The documents of a kind that a portal user may see, newest first, a page at a time. One statement.
///
/// # Permissions
/// `<kind>.view`, in its scope.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] without the permission.
pub async fn list_documents(cx: &Cx, request: &DocumentRequest) -> ServiceResult<Page<DocumentRow>> {
    let scope = portal_scope(cx, request.kind.view())?;
    let (way, start) = page::seek::<Date>(&request.page);
    let is_first = start.is_none();
    let mut query = scope.documents(request.kind);
    if let Some((day, id)) = start {
        let (day_column, id_column) = (document::Column::SortedOn, document::Column::Id);
        query = query.filter(match way {
            // The first bound lets the index start at the page, however deep it is.
            Seek::Forward => Condition::all()
                .add(day_column.lte(day))
                .add(Condition::any().add(day_column.lt(day)).add(id_column.lt(id))),
            Seek::Backward => Condition::all()
                .add(day_column.gte(day))
                .add(Condition::any().add(day_column.gt(day)).add(id_column.gt(id))),
        });
    }
    let order = if way == Seek::Forward { Order::Desc } else { Order::Asc };
    let query =
        query.order_by(document::Column::SortedOn, order.clone()).order_by(document::Column::Id, order);
    let found = page::read(cx, query, way, is_first, |row| (row.sorted_on, row.id)).await?;
    let today = cx.today();
    let items = found.items.into_iter().filter_map(|document| to_row(document.into(), today)).collect();
    Ok(Page { items, previous: found.previous, next: found.next })
}
