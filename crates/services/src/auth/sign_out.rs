use serde_json::json;

use crate::{
    Cx, ServiceResult,
    audit::{self, Event},
};

/// Notes that somebody signed out; the caller ends the session.
///
/// # Permissions
/// Anybody; nothing happens for nobody.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(cx: &Cx) -> ServiceResult<()> {
    let Some(me) = cx.actor().me() else { return Ok(()) };
    let event = Event {
        action: "user.signed_out",
        subject: if me.login.is_empty() { &me.name } else { &me.login },
        subject_id: cx.actor().user_id(),
        entity_id: cx.actor().as_portal().map(|portal| portal.entity.into()),
        data: json!({}),
    };
    audit::record(cx, cx.db().pool(), event).await
}
