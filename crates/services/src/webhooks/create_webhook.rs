use domain::{
    FieldErrors,
    access::Right,
    ids::WebhookId,
    webhooks::{WebhookEvent, WebhookForm},
};
use entities::webhook;
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{record, signature::Secret, target};
use crate::{Cx, ServiceError, ServiceResult, access::staff, auth::require_proof, ids};

/// A webhook that was just made. Its secret is told this once.
#[derive(Debug)]
pub struct NewWebhook {
    /// Webhook.
    pub id: WebhookId,
    /// What its receiver checks signatures with.
    pub secret: String,
}

/// Makes a webhook: from now on its address is told of the events that were chosen.
///
/// # Permissions
/// [`Right::ManageSettings`], with the password given in this session within ten minutes, or now.
///
/// # Errors
/// [`ServiceError::Invalid`] for each field that is wrong, an address to where nothing may be sent, and the password.
pub async fn create_webhook(
    cx: &Cx,
    form: &WebhookForm,
    password: Option<&str>,
) -> ServiceResult<NewWebhook> {
    staff(cx, Right::ManageSettings)?;
    let mut errors = FieldErrors::default();
    let url = target::parse(&form.url, &cx.config().public_url);
    if let Err(wrong) = url {
        errors.add("url", wrong);
    }
    let chosen: Vec<&str> = WebhookEvent::CHOICES
        .into_iter()
        .map(WebhookEvent::code)
        .filter(|code| form.events.iter().any(|typed| typed == code))
        .collect();
    if chosen.is_empty() {
        errors.add("events", "Choose at least one event.");
    }
    errors.into_result()?;
    let url = url.map_err(|wrong| ServiceError::field("url", wrong))?;
    require_proof(cx, password).await?;
    // Last, so that only who may make one learns which names are known here.
    cx.portico.postman()?.check(&url).await.map_err(|why| ServiceError::field("url", why))?;
    let (id, secret) = (ids::mint(cx.now()), Secret::random());
    let hook = webhook::Model {
        id,
        url,
        secret: secret.seal(&cx.config().secret_key, id)?,
        events: chosen.join(" "),
        created_by: cx.actor().name().to_owned(),
        created_at: cx.now().millis(),
        paused_at: None,
        last_success_at: None,
        failing_since: None,
        last_error: None,
    };
    let transaction = cx.begin().await?;
    record(cx, &transaction, "webhook.created", &hook).await?;
    webhook::Entity::insert(hook.into_active_model()).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(NewWebhook { id: WebhookId(id), secret: secret.told() })
}
