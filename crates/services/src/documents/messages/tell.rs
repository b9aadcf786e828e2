//! Who is told of a message, or of what became of a ticket: whoever follows the document, may still see it, and wants such mails.

use domain::{
    Email,
    account::MailArea,
    documents::DocumentKind,
    ids::{MembershipId, UserId},
};
use entities::{document, follow, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{attachments::Attached, write::Author};
use crate::{
    Cx, ServiceResult,
    access::{member_sees, staff_works},
    documents::stored::name_of,
    mail::{self, Happening, Letter, NewMessage, UserLetters, tell_user, wants},
};

/// What was said or done.
pub(in crate::documents) struct Said<'a> {
    pub document: &'a document::Model,
    pub kind: DocumentKind,
    pub what: Happening,
    pub author: &'a Author,
    pub text: &'a str,
    pub files: &'a [Attached],
}

/// Writes mails to everybody who follows the document, other than who wrote. What a customer writes goes to the
/// business's address for questions while no staff user follows.
pub(in crate::documents) async fn tell_followers(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    said: &Said<'_>,
) -> ServiceResult<()> {
    let followers = follow::Entity::find()
        .filter(follow::Column::DocumentId.eq(said.document.id))
        .filter(follow::Column::UserId.ne(Uuid::from(said.author.user)))
        .find_also_related(user::Entity)
        .all(transaction)
        .await?;
    let mut is_heard = said.author.is_staff;
    for (follow, user) in followers {
        let Some(user) = user else { continue };
        let is_staff = follow.membership_id.is_none();
        let may_know = match follow.membership_id {
            Some(membership) => {
                !said.author.is_internal
                    && member_sees(cx, MembershipId(membership), said.kind, said.document.id).await?
                    && wants(transaction, UserId(user.id), area(said.kind)).await?
            }
            None => staff_works(&user),
        };
        if may_know {
            let rendered =
                UserLetters::new(cx, &user.name, &user.login).new_message(&news(cx, said, is_staff))?;
            tell_user(cx, transaction, (&user.name, &user.login), "message", rendered).await?;
            is_heard |= is_staff;
        }
    }
    if !is_heard {
        let config = cx.config();
        if let Ok(support) = Email::parse(&config.support_email) {
            let letter = Letter {
                template: "message",
                to_email: support.as_str(),
                to_name: &config.business,
                rendered: UserLetters::new(cx, "", "").new_message(&news(cx, said, true))?,
                is_secret: false,
                membership: None,
            };
            mail::queue(cx, transaction, letter).await?;
        }
    }
    Ok(())
}

fn area(kind: DocumentKind) -> MailArea {
    if kind == DocumentKind::Ticket { MailArea::TicketReplies } else { MailArea::News(kind) }
}

fn news<'a>(cx: &Cx, said: &'a Said<'_>, is_staff: bool) -> NewMessage<'a> {
    let path = if is_staff {
        format!("/staff/documents/{}#messages", said.document.id)
    } else {
        format!("/my/{}/{}#messages", said.kind.plural(), said.document.id)
    };
    NewMessage {
        author: &said.author.name,
        document: name_of(said.document),
        what: said.what,
        text: said.text,
        files: said.files.iter().map(|file| file.name.as_str()).collect(),
        link: cx.link(&path),
        is_staff,
    }
}
