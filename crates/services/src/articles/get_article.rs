use domain::{Instant, articles::Article, ids::ArticleId, instant::display_date};
use entities::article;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::markdown::to_html;
use crate::{Cx, ServiceError, ServiceResult, access::readership};

/// An article as a customer reads it. One statement.
///
/// # Permissions
/// [`domain::access::Permission::DocumentationViewPublic`]; an article for groups is for their members.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such article, or not for this person.
pub async fn get_article(cx: &Cx, id: ArticleId) -> ServiceResult<Article> {
    let readership = readership(cx)?;
    let found = readership
        .articles()
        .filter(article::Column::Id.eq(Uuid::from(id)))
        .one(cx.db().pool())
        .await?
        .ok_or(ServiceError::NotFound)?;
    let updated = cx.settings().zone.day_of(Instant::from_millis(found.updated_at));
    Ok(Article {
        html: to_html(&found.body),
        title: found.title,
        category: found.category,
        summary: found.summary,
        updated: display_date(updated),
    })
}
