use domain::{access::Right, ids::ArticleId};
use entities::article;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
};

/// Lets customers read an article, or no longer. One that is as it should be already is left alone.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such article or the actor lacks the right.
pub async fn publish_article(cx: &Cx, id: ArticleId, publish: bool) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let transaction = cx.begin().await?;
    let found = pass.article(id).lock_exclusive().one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    if found.published_at.is_some() == publish {
        return Ok(());
    }
    article::Entity::update_many()
        .col_expr(article::Column::PublishedAt, Expr::value(publish.then(|| cx.now().millis())))
        .col_expr(article::Column::Version, Expr::col(article::Column::Version).add(1))
        .filter(article::Column::Id.eq(found.id))
        .exec(&transaction)
        .await?;
    let event = Event {
        action: if publish { "article.published" } else { "article.unpublished" },
        subject: &found.title,
        subject_id: Some(found.id),
        entity_id: None,
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}
