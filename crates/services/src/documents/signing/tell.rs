//! Who is told of an answer: staff, whoever follows the document, and the signer, who keeps what they agreed to.

use domain::{documents::DocumentKind, ids::UserId};
use entities::document;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::signer::Signer;
use crate::{
    Cx, ServiceResult,
    documents::{
        messages::{Audience, Author, By, Said, begin_to_follow, tell_followers},
        stored::name_of,
    },
    mail::{Happening, UserLetters, tell_user},
};

/// Writes the mails in the transaction of the answer. After the commit, ring `Portico::mail_bell`.
pub(super) async fn tell(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    (document, kind): (&document::Model, DocumentKind),
    signer: &Signer,
    name: &str,
    (what, reason, audience): (Happening, &str, &Audience),
) -> ServiceResult<()> {
    // Whoever came by a share link has no login to follow it with; the link shows them what became of it.
    if let Some(user) = signer.user() {
        begin_to_follow(cx, transaction, document.id, user, signer.membership).await?;
    }
    let by = match (signer.user(), signer.link) {
        (None, Some(link)) => By::Link(link.into()),
        (user, _) => By::User(user.unwrap_or(UserId(Uuid::nil()))),
    };
    let author = Author { by, name: name.to_owned(), is_staff: false, is_internal: false };
    let said = Said { document, kind, what, author: &author, text: reason, files: &[], audience };
    tell_followers(cx, transaction, &said).await?;
    if what == Happening::Accepted && signer.link.is_none() {
        let link = cx.link(&format!("/my/{}/{}", kind.plural(), document.id));
        let letters = UserLetters::new(cx, name, &signer.login);
        let rendered = letters.you_accepted(name_of(document), cx.now(), &link)?;
        tell_user(cx, transaction, (name, &signer.login), "accepted", rendered).await?;
    }
    Ok(())
}
