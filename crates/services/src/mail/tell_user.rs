use domain::Login;
use sea_orm::ConnectionTrait;

use super::{Letter, Rendered, queue};
use crate::{Cx, ServiceResult};

/// Writes a mail about somebody's account to the address that they log in with; a login that is none is told
/// nothing. After the commit, ring `Portico::mail_bell`.
pub(crate) async fn tell_user(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    (name, login): (&str, &str),
    template: &'static str,
    rendered: Rendered,
) -> ServiceResult<()> {
    let Some(email) = Login::from_typed(login).email() else { return Ok(()) };
    let letter = Letter {
        template,
        to_email: email.as_str(),
        to_name: name,
        rendered,
        is_secret: false,
        membership: None,
    };
    queue(cx, connection, letter).await
}
