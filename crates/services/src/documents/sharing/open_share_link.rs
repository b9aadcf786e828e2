use domain::ids::ShareLinkId;
use entities::share_link;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Cx, ServiceError, ServiceResult, access::shared, secret};

/// The link that a secret opens; nothing when it opens none, whatever the reason. Changes nothing: programs that look
/// through mails open links too.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// When the database fails.
pub async fn open_share_link(cx: &Cx, typed: &str) -> ServiceResult<Option<ShareLinkId>> {
    let found = share_link::Entity::find().filter(share_link::Column::TokenHash.eq(secret::hash(typed)));
    let Some(link) = found.one(cx.db().pool()).await? else { return Ok(None) };
    match shared(cx, ShareLinkId(link.id), typed).await {
        Ok(pass) => Ok(Some(ShareLinkId(pass.link.id))),
        Err(ServiceError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
