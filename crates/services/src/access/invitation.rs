use domain::{auth::INVITATION_LIFETIME, webhooks::WebhookEvent};
use entities::{contact, token as token_row};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceResult,
    audit::{self, Event},
    auth::token::{self, Bound, Purpose},
    mail::{self, InvitationMail, Letter},
    webhooks::announce,
};

/// Why an invitation is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InvitationKind<'a> {
    /// Access was granted, with this permission group.
    Granted(&'a str),
    /// Staff sent it again.
    Reinvited,
    /// The invited person asked for a new link.
    AskedForAgain,
}

/// Who is invited, and to what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Invitee<'a> {
    pub user: Uuid,
    pub login: &'a str,
    pub has_password: bool,
    pub membership: Uuid,
    pub email: &'a str,
    pub contact: &'a contact::Model,
    pub company: &'a str,
}

/// Makes a new link, voids the membership's earlier ones, and writes the mail and the audit event: all in
/// the caller's transaction. After the commit, ring `Portico::mail_bell`, and `Portico::webhook_bell` of a grant.
pub(crate) async fn invite(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    invitee: &Invitee<'_>,
    kind: InvitationKind<'_>,
    message: &str,
) -> ServiceResult<()> {
    let earlier = Condition::all().add(token_row::Column::MembershipId.eq(invitee.membership));
    if !matches!(kind, InvitationKind::Granted(_)) {
        token::void(cx, connection, earlier).await?;
        mail::supersede_for_membership(connection, invitee.membership).await?;
    }
    let bound =
        Bound { user: Some(invitee.user), membership: Some(invitee.membership), email: Some(invitee.email) };
    let secret = token::mint(cx, connection, Purpose::Invitation, bound, INVITATION_LIFETIME).await?;
    let secure_link = mail::secure_link_for(cx, connection, invitee.contact).await?;
    let mail = InvitationMail {
        name: &invitee.contact.name,
        company: invitee.company,
        login: invitee.login,
        link: &cx.link(&format!("/accept/{secret}")),
        secure_link: secure_link.as_deref(),
        expires: cx.now().plus(INVITATION_LIFETIME),
        message,
        has_password: invitee.has_password,
    };
    let letter = Letter {
        template: "invitation",
        to_email: invitee.email,
        to_name: &invitee.contact.name,
        rendered: mail.render(cx.settings())?,
        is_secret: true,
        membership: Some(invitee.membership),
    };
    mail::queue(cx, connection, letter).await?;
    if matches!(kind, InvitationKind::Granted(_)) {
        announce(cx, connection, WebhookEvent::AccessGranted, invitee.contact.into()).await?;
    }
    let (action, group) = match kind {
        InvitationKind::Granted(group) => ("access.granted", Some(group)),
        InvitationKind::Reinvited => ("access.reinvited", None),
        InvitationKind::AskedForAgain => ("access.link_asked_for", None),
    };
    let data = match group {
        Some(group) => json!({ "login": invitee.login, "email": invitee.email, "group": group }),
        None => json!({ "login": invitee.login, "email": invitee.email }),
    };
    let event = Event {
        action,
        subject: &invitee.contact.name,
        subject_id: Some(invitee.contact.id),
        entity_id: Some(invitee.contact.entity_id),
        data,
    };
    audit::record(cx, connection, event).await
}
