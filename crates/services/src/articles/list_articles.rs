use std::collections::HashMap;

use domain::{
    Instant,
    access::Right,
    articles::{ArticleFilter, StaffArticleRow},
    ids::ArticleId,
};
use entities::{article, article_group, group};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::{
    MOST,
    search::{having, in_order},
};
use crate::{Cx, ServiceResult, access::staff};

/// Every article, in the order of reading, published or not; and whether there are more than are listed.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_articles(cx: &Cx, filter: &ArticleFilter) -> ServiceResult<(Vec<StaffArticleRow>, bool)> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let query = in_order(having(pass.articles(), &filter.search));
    let mut found = query.limit(MOST + 1).all(cx.db().pool()).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let has_more = found.len() > most;
    found.truncate(most);
    let groups = group_names(cx, &found).await?;
    let when = |millis: i64| cx.settings().zone.display(Instant::from_millis(millis));
    let to_row = |article: article::Model| StaffArticleRow {
        readers: match (article.is_for_all, groups.get(&article.id)) {
            (true, _) => "Everybody in the portal".to_owned(),
            (false, Some(names)) => names.join(", "),
            (false, None) => "Nobody: its groups are gone".to_owned(),
        },
        id: ArticleId(article.id),
        title: article.title,
        category: article.category,
        summary: article.summary,
        published: article.published_at.map(when),
        updated: when(article.updated_at),
    };
    Ok((found.into_iter().map(to_row).collect(), has_more))
}

/// The names of the groups that articles are for: one statement for any number.
async fn group_names(cx: &Cx, articles: &[article::Model]) -> ServiceResult<HashMap<Uuid, Vec<String>>> {
    let ids: Vec<Uuid> =
        articles.iter().filter(|article| !article.is_for_all).map(|article| article.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, String)> = article_group::Entity::find()
        .select_only()
        .column(article_group::Column::ArticleId)
        .column(group::Column::Name)
        .join(JoinType::InnerJoin, article_group::Relation::Group.def())
        .filter(article_group::Column::ArticleId.is_in(ids))
        .order_by_asc(group::Column::Name)
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    let mut names: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (article, name) in found {
        names.entry(article).or_default().push(name);
    }
    Ok(names)
}
