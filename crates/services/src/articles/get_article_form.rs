use domain::{
    Instant,
    access::Right,
    articles::{ArticleForm, ArticleFormPage},
    ids::{ArticleId, GroupId},
};
use entities::{article, article_group};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{all_groups, staff},
    ids,
};

/// Categories that a form suggests.
const MOST_CATEGORIES: u64 = 100;

/// The form of an article, or of a new one.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such article or the actor lacks the right.
pub async fn get_article_form(cx: &Cx, id: Option<ArticleId>) -> ServiceResult<ArticleFormPage> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let pool = cx.db().pool();
    let found = match id {
        Some(id) => Some(pass.article(id).one(pool).await?.ok_or(ServiceError::NotFound)?),
        None => None,
    };
    let when = |millis: i64| cx.settings().zone.display(Instant::from_millis(millis));
    let published = found.as_ref().and_then(|found| found.published_at).map(when);
    let form = match found {
        Some(found) => {
            let groups = groups_of(pool, found.id).await?;
            to_form(found, groups)
        }
        None => ArticleForm { key: ids::mint(cx.now()).to_string(), ..ArticleForm::default() },
    };
    let categories: Vec<String> = pass
        .articles()
        .select_only()
        .column(article::Column::Category)
        .distinct()
        .order_by_asc(article::Column::Category)
        .limit(MOST_CATEGORIES)
        .into_tuple()
        .all(pool)
        .await?;
    Ok(ArticleFormPage { id, form, published, choices: all_groups(pool).await?, categories })
}

pub(super) fn to_form(article: article::Model, groups: Vec<GroupId>) -> ArticleForm {
    ArticleForm {
        title: article.title,
        category: article.category,
        summary: article.summary,
        place: if article.place == 0 { String::new() } else { article.place.to_string() },
        body: article.body,
        is_for_groups: !article.is_for_all,
        groups,
        version: article.version,
        key: String::new(),
    }
}

/// The groups that an article is for.
pub(super) async fn groups_of(
    connection: &impl ConnectionTrait,
    article: Uuid,
) -> ServiceResult<Vec<GroupId>> {
    let found = article_group::Entity::find()
        .filter(article_group::Column::ArticleId.eq(article))
        .order_by_asc(article_group::Column::GroupId)
        .all(connection)
        .await?;
    Ok(found.into_iter().map(|row| GroupId(row.group_id)).collect())
}
