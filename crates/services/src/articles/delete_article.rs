use domain::{access::Right, ids::ArticleId};
use entities::article;
use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;

use crate::{
    Cx, ServiceResult,
    access::staff,
    audit::{self, Event},
};

/// Deletes an article for good. One that is gone already is no error: a second click.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn delete_article(cx: &Cx, id: ArticleId) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let transaction = cx.begin().await?;
    let Some(found) = pass.article(id).lock_exclusive().one(&transaction).await? else { return Ok(()) };
    article::Entity::delete_by_id(found.id).exec(&transaction).await?;
    let event = Event {
        action: "article.deleted",
        subject: &found.title,
        subject_id: Some(found.id),
        entity_id: None,
        data: json!({ "category": found.category, "text": found.body.chars().take(300).collect::<String>() }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}
