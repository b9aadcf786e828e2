use domain::{
    access::Right,
    articles::ArticleForm,
    ids::{ArticleId, GroupId},
};
use entities::{article, article_group, group};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ActiveValue::Unchanged, ColumnTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    get_article_form::{groups_of, to_form},
    search::text_of,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
    ids,
};

/// The version of an article that nobody has changed.
const FIRST: i64 = 1;

/// Makes an article, or changes one. A new one that is sent twice is made once, and is not published. What somebody
/// changes in its form after going back in the browser is kept: it changes what was made, as long as nothing else did.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::Invalid`] with every wrong field; [`ServiceError::Stale`] when somebody else saved first;
/// [`ServiceError::NotFound`] when there is no such article or the actor lacks the right.
pub async fn save_article(cx: &Cx, id: Option<ArticleId>, form: &ArticleForm) -> ServiceResult<ArticleId> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    form.check()?;
    let transaction = cx.begin().await?;
    let mut key = match id {
        Some(id) => Uuid::from(id),
        None => Uuid::parse_str(&form.key).unwrap_or_else(|_no_key| ids::mint(cx.now())),
    };
    let mut before = pass.article(ArticleId(key)).lock_exclusive().one(&transaction).await?;
    match (&before, id) {
        (None, Some(_)) => return Err(ServiceError::NotFound),
        (Some(before), Some(_)) if before.version != form.version => return Err(ServiceError::Stale),
        // The form of a new one, after its article was changed elsewhere: another article, so that no text is lost.
        (Some(made), None) if made.version != FIRST && made.body != lines(&form.body) => {
            (key, before) = (ids::mint(cx.now()), None);
        }
        (Some(made), None) if made.version != FIRST => return Ok(ArticleId(made.id)),
        _ => {}
    }
    let groups =
        if form.is_for_groups { known_groups(&transaction, &form.groups).await? } else { Vec::new() };
    let after = row(cx, key, form, before.as_ref());
    let (told_before, action) = match &before {
        Some(before) => {
            let groups = groups_of(&transaction, key).await?;
            (told(&to_form(before.clone(), groups)), "article.changed")
        }
        None => (json!({}), "article.created"),
    };
    let told_after = told(&ArticleForm { groups: groups.clone(), ..form.clone() });
    if before.is_some() && told_before == told_after {
        return Ok(ArticleId(key));
    }
    match &before {
        Some(_) => {
            let mut model = after.clone().into_active_model().reset_all();
            model.id = Unchanged(key);
            model.update(&transaction).await?;
        }
        None => {
            article::Entity::insert(after.clone().into_active_model())
                .exec_without_returning(&transaction)
                .await?;
        }
    }
    write_groups(&transaction, key, &groups).await?;
    let data = if before.is_some() { audit::between(&told_before, &told_after) } else { json!({}) };
    let event = Event { action, subject: &after.title, subject_id: Some(key), entity_id: None, data };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(ArticleId(key))
}

fn row(cx: &Cx, id: Uuid, form: &ArticleForm, before: Option<&article::Model>) -> article::Model {
    let now = cx.now().millis();
    article::Model {
        id,
        title: form.title.trim().to_owned(),
        category: form.category().to_owned(),
        summary: form.summary.trim().to_owned(),
        body: lines(&form.body),
        search: text_of(form),
        place: form.place().unwrap_or(0),
        is_for_all: !form.is_for_groups,
        published_at: before.and_then(|before| before.published_at),
        version: before.map_or(FIRST, |before| before.version + 1),
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: now,
    }
}

/// Those of the chosen groups that there are.
async fn known_groups(transaction: &Transaction, chosen: &[GroupId]) -> ServiceResult<Vec<GroupId>> {
    let ids = chosen.iter().copied().map(Uuid::from);
    let found: Vec<Uuid> = group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(group::Column::Id.is_in(ids))
        .into_tuple()
        .all(transaction)
        .await?;
    if found.is_empty() {
        return Err(ServiceError::field("group", "Choose at least one group, or let everybody read it."));
    }
    let mut groups: Vec<GroupId> = found.into_iter().map(GroupId).collect();
    groups.sort_unstable();
    Ok(groups)
}

async fn write_groups(transaction: &Transaction, article: Uuid, groups: &[GroupId]) -> ServiceResult<()> {
    article_group::Entity::delete_many()
        .filter(article_group::Column::ArticleId.eq(article))
        .exec(transaction)
        .await?;
    if groups.is_empty() {
        return Ok(());
    }
    let rows = groups.iter().map(|group| article_group::ActiveModel {
        article_id: Set(article),
        group_id: Set(Uuid::from(*group)),
    });
    article_group::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}

/// Browsers send lines as `\r\n`.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// What the audit trail tells of an article.
fn told(form: &ArticleForm) -> Value {
    json!({
        "title": form.title.trim(),
        "category": form.category(),
        "summary": form.summary.trim(),
        "place": form.place(),
        "text": lines(&form.body),
        "for_groups_only": form.is_for_groups,
        "groups": form.groups,
    })
}
