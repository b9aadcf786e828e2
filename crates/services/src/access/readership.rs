use domain::access::Permission;
use entities::{article, article_group};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::gate::{portal, portal_scope};
use crate::{Cx, ServiceResult};

/// Which articles somebody in the portal may read. Made by the gate only, and no customer's query of articles starts
/// without.
#[derive(Debug)]
pub(crate) struct Readership {
    group: Uuid,
}

/// Lets people in the portal through who may read documentation.
///
/// # Errors
/// [`crate::ServiceError::Unauthenticated`] for nobody, [`crate::ServiceError::NotFound`] for everybody else.
pub(crate) fn readership(cx: &Cx) -> ServiceResult<Readership> {
    portal_scope(cx, Permission::DocumentationViewPublic)?;
    Ok(Readership { group: portal(cx)?.group_id.into() })
}

impl Readership {
    /// The published articles that are for everybody, or for the person's permission group.
    pub(crate) fn articles(&self) -> Select<article::Entity> {
        let of_group = article_group::Entity::find()
            .select_only()
            .column(article_group::Column::ArticleId)
            .filter(article_group::Column::GroupId.eq(self.group))
            .into_query();
        let readers = Condition::any()
            .add(article::Column::IsForAll.eq(true))
            .add(article::Column::Id.in_subquery(of_group));
        article::Entity::find().filter(article::Column::PublishedAt.is_not_null()).filter(readers)
    }
}
