use entities::contact;
use sea_orm::ConnectionTrait;

use crate::{Cx, ServiceResult, links};

/// What `{{secure_link}}` becomes in a mail to somebody: the secure link of their customer, or nothing where it
/// has none that is on; the mail then names the sign-in page instead.
pub(crate) async fn secure_link_for(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    recipient: &contact::Model,
) -> ServiceResult<Option<String>> {
    links::secure_link_for(&cx.portico, connection, recipient).await
}
