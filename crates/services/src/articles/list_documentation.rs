use domain::{
    articles::{ArticleRow, Documentation},
    ids::ArticleId,
};
use entities::article;
use sea_orm::QuerySelect;

use super::{
    MOST,
    search::{having, in_order},
};
use crate::{Cx, ServiceResult, access::readership};

/// The articles that a customer may read, category by category; with words, those that have them. One statement.
///
/// # Permissions
/// [`domain::access::Permission::DocumentationViewPublic`]; articles for groups are for their members.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] without the permission.
pub async fn list_documentation(cx: &Cx, search: &str) -> ServiceResult<Documentation> {
    let readership = readership(cx)?;
    let found: Vec<(uuid::Uuid, String, String, String)> = in_order(having(readership.articles(), search))
        .select_only()
        .columns([
            article::Column::Id,
            article::Column::Title,
            article::Column::Category,
            article::Column::Summary,
        ])
        .limit(MOST + 1)
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let has_more = found.len() > most;
    let mut categories: Vec<(String, Vec<ArticleRow>)> = Vec::new();
    for (id, title, category, summary) in found.into_iter().take(most) {
        let row = ArticleRow { id: ArticleId(id), title, summary };
        match categories.last_mut().filter(|(name, _)| *name == category) {
            Some((_, rows)) => rows.push(row),
            None => categories.push((category, vec![row])),
        }
    }
    Ok(Documentation { categories, has_more })
}
