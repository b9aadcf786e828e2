use std::collections::HashMap;

use domain::{
    Page,
    access::Right,
    documents::{StaffDocumentFilter, StaffDocumentList, StaffDocumentRow, Standing},
};
use entities::{contact, document, user};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func},
};
use time::Date;
use uuid::Uuid;

use super::{super::read::to_row, exposure::exposure_of};
use crate::{
    Cx, ServiceResult,
    access::staff,
    contacts,
    like::containing,
    page::{self, Seek},
};

/// Words that a search looks for.
const WORDS: usize = 8;

/// Documents of every kind, newest first, filtered, a page at a time.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_staff_documents(cx: &Cx, filter: &StaffDocumentFilter) -> ServiceResult<StaffDocumentList> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let (way, start) = page::seek::<Date>(&filter.page);
    let is_first = start.is_none();
    let mut query = filtered(pass.documents(), filter);
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
    let viewers = viewers(cx, found.items.iter().filter_map(|row| row.first_viewed_by)).await?;
    let of = match filter.of {
        Some(of) => contacts::names(cx, std::iter::once(of.into())).await?.remove(&of.into()),
        None => None,
    };
    let today = cx.today();
    let to_staff_row = |document: document::Model| {
        let viewer = document.first_viewed_by.and_then(|user| viewers.get(&user).cloned());
        let exposure = exposure_of(cx, &document, viewer);
        Some(StaffDocumentRow { row: to_row(document.into(), today)?, exposure })
    };
    let items = found.items.into_iter().filter_map(to_staff_row).collect();
    Ok(StaffDocumentList { page: Page { items, previous: found.previous, next: found.next }, of })
}

fn filtered(mut query: Select<document::Entity>, filter: &StaffDocumentFilter) -> Select<document::Entity> {
    use document::Column;
    for word in filter.search.split_whitespace().take(WORDS) {
        query = query.filter(about(&word.to_lowercase()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(Column::Kind.eq(kind.code()));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state.code()));
    }
    if let Some(of) = filter.of {
        let of = Uuid::from(of);
        query = query.filter(Condition::any().add(Column::ContactId.eq(of)).add(Column::EntityId.eq(of)));
    }
    query = match filter.standing {
        None => query,
        Some(Standing::Published) => query.filter(Column::PublishedAt.is_not_null()),
        Some(Standing::Unpublished) => query.filter(Column::PublishedAt.is_null()),
        Some(Standing::Opened) => query.filter(Column::FirstViewedAt.is_not_null()),
        Some(Standing::Unopened) => {
            query.filter(Column::FirstViewedAt.is_null()).filter(Column::IsVisible.eq(true))
        }
        Some(Standing::Ownerless) => query.filter(Column::ContactId.is_null()),
    };
    if let Some(from) = filter.from {
        query = query.filter(Column::SortedOn.gte(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(Column::SortedOn.lte(until));
    }
    query
}

/// Documents with a word in their number or title, or of a customer with it.
fn about(word: &str) -> Condition {
    let says = |column: document::Column| {
        Expr::expr(Func::lower(Expr::col((document::Entity, column)))).like(containing(word))
    };
    let customers = || {
        contact::Entity::find()
            .select_only()
            .column(contact::Column::Id)
            .filter(Expr::col(contact::Column::Search).like(containing(word)))
            .into_query()
    };
    Condition::any()
        .add(says(document::Column::Number))
        .add(says(document::Column::Title))
        .add(document::Column::ContactId.in_subquery(customers()))
        .add(document::Column::EntityId.in_subquery(customers()))
}

/// The names of users: one statement for any number.
async fn viewers(cx: &Cx, ids: impl Iterator<Item = Uuid>) -> ServiceResult<HashMap<Uuid, String>> {
    let ids: Vec<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, String, String)> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::Name, user::Column::Login])
        .filter(user::Column::Id.is_in(ids))
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    let named = |(id, name, login): (Uuid, String, String)| (id, if name.is_empty() { login } else { name });
    Ok(found.into_iter().map(named).collect())
}
