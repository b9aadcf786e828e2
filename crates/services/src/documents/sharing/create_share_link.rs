use domain::{
    Instant,
    documents::{MOST_LIVE_LINKS, ShareForm, ShareSide},
    ids::DocumentId,
};
use entities::{document, share_link};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::sharer::sharer;
use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
    documents::{read::to_row, stored::name_of},
    ids,
    mail::{self, Letter, ShareMail},
    secret,
};

/// What became of the form of a new link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewShareLink {
    /// The link. Its secret is kept as a hash: this is the one time that it is known.
    Made {
        /// The whole address.
        address: String,
        /// Where it was mailed to.
        mailed_to: Option<String>,
    },
    /// The same form was sent before.
    Already,
}

/// Makes a link to a document, and mails it if there is an address.
///
/// # Permissions
/// Staff: [`domain::access::Right::WorkOnDocuments`]. In the portal, by a user who signed in: `<kind>.view` and
/// `members.invite`; to let the recipient answer or write, what that takes.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, or not for this person; [`ServiceError::Invalid`] by field;
/// [`ServiceError::Refused`] when customers do not see the document, or it has too many links.
pub async fn create_share_link(
    cx: &Cx,
    side: ShareSide,
    id: DocumentId,
    form: &ShareForm,
) -> ServiceResult<NewShareLink> {
    let sharer = sharer(cx, side, id).await?;
    let terms = form.checked(sharer.can)?;
    let key = Uuid::parse_str(&form.key).unwrap_or_else(|_no_key| ids::mint(cx.now()));
    let transaction = cx.begin().await?;
    // Whoever makes links to the same document waits here, so that the limit holds.
    let document =
        document::Entity::find_by_id(sharer.document.id).lock_exclusive().one(&transaction).await?;
    let document = document.ok_or(ServiceError::NotFound)?;
    if let Some(before) = share_link::Entity::find_by_id(key).one(&transaction).await? {
        let is_its = before.document_id == document.id && before.membership_id == sharer.membership;
        return if is_its { Ok(NewShareLink::Already) } else { Err(ServiceError::NotFound) };
    }
    let entity = document.entity_id.filter(|_| document.is_visible);
    let Some(entity) = entity else {
        return Err(ServiceError::refused(
            "Customers do not see this document: publish it before you share it.",
        ));
    };
    let live = share_link::Entity::find()
        .filter(share_link::Column::DocumentId.eq(document.id))
        .filter(share_link::Column::RevokedAt.is_null())
        .filter(share_link::Column::ExpiresAt.gt(cx.now().millis()))
        .count(&transaction)
        .await?;
    if live >= MOST_LIVE_LINKS as u64 {
        return Err(ServiceError::refused(format!(
            "This document has {MOST_LIVE_LINKS} links that work. Revoke one first."
        )));
    }
    let token = secret::mint();
    let address = cx.link(&format!("/share/{token}"));
    let expires = cx.now().plus(Duration::days(terms.days));
    let row = share_link::ActiveModel {
        id: Set(key),
        document_id: Set(document.id),
        entity_id: Set(entity),
        token_hash: Set(secret::hash(&token)),
        recipient: Set(terms.recipient.clone()),
        email: Set(terms.email.as_ref().map(|email| email.as_str().to_owned()).unwrap_or_default()),
        may_comment: Set(terms.may_comment),
        may_sign: Set(terms.may_sign),
        may_pay: Set(terms.may_pay),
        membership_id: Set(sharer.membership),
        created_by: Set(maker(cx)),
        created_at: Set(cx.now().millis()),
        expires_at: Set(expires.millis()),
        revoked_at: Set(None),
        views: Set(0),
        last_opened_at: Set(None),
    };
    share_link::Entity::insert(row).exec_without_returning(&transaction).await?;
    if let Some(email) = &terms.email {
        let unreadable =
            || ServiceError::internal(anyhow::anyhow!("document {} cannot be read", document.id));
        let noun = to_row(document.clone().into(), cx.today()).ok_or_else(unreadable)?.noun;
        let mail = ShareMail {
            recipient: &terms.recipient,
            sharer: &maker(cx),
            document: &format!("{noun} {}", name_of(&document)),
            link: &address,
            until: &cx.settings().zone.display(Instant::from_millis(expires.millis())),
            may_comment: terms.may_comment,
            may_sign: terms.may_sign,
            may_pay: terms.may_pay,
        };
        let letter = Letter {
            template: "share-link",
            to_email: email.as_str(),
            to_name: &terms.recipient,
            rendered: mail.render(cx)?,
            is_secret: true,
            membership: None,
        };
        mail::queue(cx, &transaction, letter).await?;
    }
    let event = Event {
        action: "document.share_link_created",
        subject: name_of(&document),
        subject_id: Some(document.id),
        entity_id: Some(entity),
        data: json!({
            "link": key, "recipient": terms.recipient, "email": terms.email.as_ref().map(|email| email.as_str()),
            "may_comment": terms.may_comment, "may_sign": terms.may_sign, "may_pay": terms.may_pay, "days": terms.days,
        }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(NewShareLink::Made { address, mailed_to: terms.email.map(|email| email.as_str().to_owned()) })
}

/// Who makes it, in a name: staff without one write as the business.
fn maker(cx: &Cx) -> String {
    let name = cx.actor().name().trim();
    if name.is_empty() { cx.config().business.clone() } else { name.to_owned() }
}
