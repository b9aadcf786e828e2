use domain::{Email, access::StaffRole, auth::INVITATION_LIFETIME};
use entities::{token as token_row, user};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};

use crate::{
    Cx, ServiceResult,
    auth::token::{self, Bound, Purpose},
    mail::{self, Letter, UserLetters},
};

/// Sends a staff user the link by which they choose a password; earlier ones stop working. After the commit,
/// ring `Portico::mail_bell`.
pub(crate) async fn invite_staff(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    user: &user::Model,
    email: &Email,
) -> ServiceResult<()> {
    let earlier = Condition::all().add(token_row::Column::UserId.eq(user.id));
    token::void(cx, connection, earlier).await?;
    mail::cancel_links_to(connection, email.as_str(), "Not sent: a newer link took its place.").await?;
    let bound = Bound { user: Some(user.id), membership: None, email: Some(email.as_str()) };
    let secret = token::mint(cx, connection, Purpose::StaffInvitation, bound, INVITATION_LIFETIME).await?;
    let role = user.role.as_deref().and_then(StaffRole::parse).unwrap_or(StaffRole::Staff);
    let letters = UserLetters::new(cx, &user.name, &user.login);
    let link = cx.link(&format!("/reset/{secret}"));
    let inviter = cx.actor().as_staff().map(|staff| staff.name.as_str());
    let rendered = letters.staff_invitation(inviter, role, &link, cx.now().plus(INVITATION_LIFETIME))?;
    let letter = Letter {
        template: "staff_invitation",
        to_email: email.as_str(),
        to_name: &user.name,
        rendered,
        is_secret: true,
        membership: None,
    };
    mail::queue(cx, connection, letter).await
}
