//! Who is told of an answer: staff, whoever follows the document, and the signer, who keeps what they agreed to.

use domain::{documents::DocumentKind, ids::UserId};
use entities::document;
use sea_orm::ConnectionTrait;

use crate::{
    Cx, ServiceResult,
    access::PortalActor,
    documents::{
        messages::{Author, Said, begin_to_follow, tell_followers},
        stored::name_of,
    },
    mail::{Happening, UserLetters, tell_user},
};

/// Writes the mails in the transaction of the answer. After the commit, ring `Portico::mail_bell`.
pub(super) async fn tell(
    cx: &Cx,
    transaction: &impl ConnectionTrait,
    (document, kind): (&document::Model, DocumentKind),
    (actor, user): (&PortalActor, UserId),
    signer: &str,
    (what, reason): (Happening, &str),
) -> ServiceResult<()> {
    begin_to_follow(cx, transaction, document.id, user, actor.membership).await?;
    let author = Author { user, name: signer.to_owned(), is_staff: false, is_internal: false };
    let said = Said { document, kind, what, author: &author, text: reason, files: &[] };
    tell_followers(cx, transaction, &said).await?;
    if what == Happening::Accepted {
        let link = cx.link(&format!("/my/{}/{}", kind.plural(), document.id));
        let letters = UserLetters::new(cx, signer, &actor.login);
        let rendered = letters.you_accepted(name_of(document), cx.now(), &link)?;
        tell_user(cx, transaction, (signer, &actor.login), "accepted", rendered).await?;
    }
    Ok(())
}
