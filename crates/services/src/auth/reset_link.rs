//! The mailed link that sets a new password.

use domain::{Email, auth::RESET_LIFETIME};
use entities::{token as token_row, user};
use sea_orm::{ColumnTrait, Condition};

use super::token::{self, Bound, Purpose};
use crate::{
    Cx, ServiceResult, Transaction,
    mail::{self, Letter, UserLetters},
};

/// Who wants somebody to get a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// Staff; earlier links stop working.
    Staff,
    /// Whoever typed the login at the sign-in page, its owner it is to be hoped. Earlier links go on working: a
    /// stranger who asks again and again must not take the owner's from them.
    Owner,
}

/// Mails a user a link that sets a new password. After the commit, ring `Portico::mail_bell`.
pub(crate) async fn mail_reset_link(
    cx: &Cx,
    transaction: &Transaction,
    user: &user::Model,
    email: &Email,
    asker: Asker,
) -> ServiceResult<()> {
    if asker == Asker::Staff {
        let earlier = Condition::all()
            .add(token_row::Column::UserId.eq(user.id))
            .add(token_row::Column::Purpose.eq(Purpose::PasswordReset.code()));
        token::void(cx, transaction, earlier).await?;
    }
    let bound = Bound { user: Some(user.id), membership: None, email: Some(email.as_str()) };
    let secret = token::mint(cx, transaction, Purpose::PasswordReset, bound, RESET_LIFETIME).await?;
    let letters = UserLetters::new(cx, &user.name, &user.login);
    let link = cx.link(&format!("/reset/{secret}"));
    let expires = cx.now().plus(RESET_LIFETIME);
    let letter = Letter {
        template: "password_reset",
        to_email: email.as_str(),
        to_name: &user.name,
        rendered: letters.password_reset(asker, &link, expires)?,
        is_secret: true,
        membership: None,
    };
    mail::queue(cx, transaction, letter).await
}
