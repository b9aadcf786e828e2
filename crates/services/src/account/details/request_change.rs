use domain::{Email, details::MAX_REQUEST};
use entities::audit_event;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use time::Duration;

use super::known::Known;
use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
    mail::{self, Letter, UserLetters},
};

/// The action in the audit trail.
const ACTION: &str = "contact.change_requested";
/// So many requests can be sent within an hour.
const MOST: usize = 5;

/// Asks staff for a change of what is locked. It is in the audit trail with the customer, and a mail goes to the
/// business's support address where there is one. Sent twice, it is one request.
///
/// # Permissions
/// Every portal user who signed in.
///
/// # Errors
/// [`ServiceError::Invalid`] for the field `request`.
pub async fn request_change(cx: &Cx, request: &str) -> ServiceResult<()> {
    let known = Known::read(cx, cx.db().pool()).await?;
    let request = request.trim().replace("\r\n", "\n");
    let refuse = |text: String| Err(ServiceError::field("request", text));
    if request.is_empty() {
        return refuse("Write what should be changed, and to what.".to_owned());
    }
    if request.chars().count() > MAX_REQUEST {
        return refuse(format!("Use at most {MAX_REQUEST} characters."));
    }
    if request.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return refuse("Use plain text.".to_owned());
    }
    let transaction = cx.begin().await?;
    let recent = audit_event::Entity::find()
        .filter(audit_event::Column::EntityId.eq(known.entity().id))
        .filter(audit_event::Column::Action.eq(ACTION))
        .filter(audit_event::Column::ActorId.eq(known.holder.user.0))
        .filter(audit_event::Column::At.gt(cx.now().plus(-Duration::hours(1)).millis()))
        .all(&transaction)
        .await?;
    if recent.iter().any(|event| event.data.get("request").and_then(|said| said.as_str()) == Some(&request)) {
        return Ok(());
    }
    if recent.len() >= MOST {
        return refuse(
            "We got several requests from you and will answer them. Wait an hour to send another.".to_owned(),
        );
    }
    let customer = known.entity();
    let event = Event {
        action: ACTION,
        subject: &customer.name,
        subject_id: Some(customer.id),
        entity_id: Some(customer.id),
        data: json!({ "request": request }),
    };
    audit::record(cx, &transaction, event).await?;
    let config = cx.config();
    if let Ok(support) = Email::parse(&config.support_email) {
        let letters = UserLetters::new(cx, "", &known.holder.login);
        let link = cx.link(&format!("/staff/contacts/{}", customer.id));
        let letter = Letter {
            template: "change_requested",
            to_email: support.as_str(),
            to_name: &config.business,
            rendered: letters.change_requested(&known.contact.name, &customer.name, &request, &link)?,
            is_secret: false,
            membership: None,
        };
        mail::queue(cx, &transaction, letter).await?;
    }
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}
