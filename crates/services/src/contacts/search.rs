use entities::contact;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend,
    sea_query::{Expr, ExprTrait, Query},
};

use crate::{
    ServiceResult,
    like::containing,
    trigrams::{FEW, Trigrams},
};

/// Of so many contacts one is found where reading along the list is quicker than the index.
const DENSE: i64 = 100;
/// More words than these are not looked for.
const MOST_WORDS: usize = 8;

/// The condition for contacts that all words of a search are found in; none for a search without words. On SQLite one
/// statement, where the words are long enough for its index.
pub(crate) async fn searched(
    connection: &impl ConnectionTrait,
    search: &str,
) -> ServiceResult<Option<Condition>> {
    let search = search.to_lowercase();
    let words: Vec<String> = search.split_whitespace().take(MOST_WORDS).map(ToOwned::to_owned).collect();
    if words.is_empty() {
        return Ok(None);
    }
    let mut all = Condition::all();
    for word in &words {
        all = all.add(Expr::col((contact::Entity, contact::Column::Search)).like(containing(word)));
    }
    if connection.get_database_backend() == DbBackend::Sqlite
        && let Some(trigrams) = Trigrams::of("contact_search_index", &words)
        && is_rare(connection, &trigrams).await?
    {
        let keys = Query::select()
            .expr(Expr::cust("contact_id"))
            .from("contact_search_key")
            .and_where(Expr::cust("id").in_subquery(trigrams.rows()))
            .take();
        all = all.add(contact::Column::Id.in_subquery(keys));
    }
    Ok(Some(all))
}

async fn is_rare(connection: &impl ConnectionTrait, trigrams: &Trigrams) -> ServiceResult<bool> {
    let Some(row) = connection.query_one_raw(DbBackend::Sqlite.build(&trigrams.spread())).await? else {
        return Ok(true);
    };
    let (found, last): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    // Letters that many have, such as those of a number, may make up a text that hardly anybody has: only where every
    // hundredth contact has the letters does reading along the list soon fill a page.
    Ok(found <= FEW || found.saturating_mul(DENSE) < last)
}
