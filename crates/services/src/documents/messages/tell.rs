//! Who is told of a message, or of what became of a ticket: whoever follows the document, may still see it, and wants such mails.

use domain::{
    Email,
    account::MailArea,
    documents::DocumentKind,
    ids::{DocumentId, MembershipId, UserId},
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
pub(crate) struct Said<'a> {
    pub document: &'a document::Model,
    pub kind: DocumentKind,
    pub what: Happening,
    pub author: &'a Author,
    pub text: &'a str,
    pub files: &'a [Attached],
    /// Who of the customer's side may know.
    pub audience: &'a Audience,
}

/// Those who follow a document from the customer's side and see it, by their memberships.
#[derive(Default)]
pub(crate) struct Audience(Vec<Uuid>);

/// Asks what each follower sees. It reads by connections of its own, so it comes before the transaction begins: many at once
/// who waited for one document's lock would hold every connection, and whoever has the lock would get none.
pub(crate) async fn audience(cx: &Cx, id: DocumentId) -> ServiceResult<Audience> {
    let pool = cx.db().pool();
    let followers = follow::Entity::find()
        .filter(follow::Column::DocumentId.eq(Uuid::from(id)))
        .filter(follow::Column::MembershipId.is_not_null())
        .all(pool)
        .await?;
    let mut audience = Audience::default();
    if followers.is_empty() {
        return Ok(audience);
    }
    let found = document::Entity::find_by_id(Uuid::from(id)).one(pool).await?;
    let Some(kind) = found.and_then(|document| DocumentKind::parse(&document.kind)) else {
        return Ok(audience);
    };
    for membership in followers.into_iter().filter_map(|follow| follow.membership_id) {
        if member_sees(cx, MembershipId(membership), kind, id.into()).await? {
            audience.0.push(membership);
        }
    }
    Ok(audience)
}

/// Writes mails to everybody who follows the document, other than who wrote. What a customer writes goes to the
/// business's address for questions while no staff user follows.
pub(crate) async fn tell_followers(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    said: &Said<'_>,
) -> ServiceResult<()> {
    let mut followers = follow::Entity::find().filter(follow::Column::DocumentId.eq(said.document.id));
    if let (Some(user), _) = said.author.by.keys() {
        followers = followers.filter(follow::Column::UserId.ne(user));
    }
    let followers = followers.find_also_related(user::Entity).all(transaction).await?;
    let mut is_heard = said.author.is_staff;
    for (follow, user) in followers {
        let Some(user) = user else { continue };
        let is_staff = follow.membership_id.is_none();
        let may_know = match follow.membership_id {
            Some(membership) => {
                !said.author.is_internal
                    && said.audience.0.contains(&membership)
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
