use domain::webhooks::WebhookEvent;

use super::{
    back_off,
    lease::{self, Leased},
    postman::{Parcel, Undelivered},
    signature::Secret,
    target,
};
use crate::{Portico, ServiceResult};

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The receiver took it.
    Delivered,
    /// It will be tried again.
    Retried,
    /// It was given up.
    GivenUp,
}

/// Posts a delivery, and notes what became of it; answers that, and why it was not delivered. A test is tried once.
pub(super) async fn attempt(
    portico: &Portico,
    leased: &Leased,
) -> ServiceResult<(Outcome, Option<Undelivered>)> {
    let (delivery, webhook) = (leased.delivery.id, leased.hook.id);
    let posted = match parcel(portico, leased) {
        Ok(parcel) => portico.postman()?.post(parcel).await,
        Err(undelivered) => Err(undelivered),
    };
    let now = portico.clock.now();
    let why = match posted {
        Ok(status) => {
            tracing::info!(event = "webhook.delivered", %delivery, %webhook, status);
            lease::mark_delivered(&portico.db, leased, now, status).await?;
            return Ok((Outcome::Delivered, None));
        }
        Err(why) => why,
    };
    let attempts = leased.delivery.attempts.saturating_add(1);
    let is_test = leased.delivery.event == WebhookEvent::Test.code();
    let pause = back_off::pause(attempts).filter(|_| !is_test);
    tracing::info!(event = "webhook.not_delivered", %delivery, %webhook, attempts, why = why.words);
    lease::mark_failed(&portico.db, leased, now, pause.map(|pause| now.plus(pause)), &why).await?;
    Ok((if pause.is_some() { Outcome::Retried } else { Outcome::GivenUp }, Some(why)))
}

/// What is posted, signed as of now.
fn parcel(portico: &Portico, leased: &Leased) -> Result<Parcel, Undelivered> {
    let Leased { delivery, hook } = leased;
    // Once more: the portal may have moved to https since.
    let url = target::parse(&hook.url, &portico.config.public_url).map_err(Undelivered::unanswered)?;
    let secret = Secret::open(&hook.secret, &portico.config.secret_key, hook.id).map_err(|_sealed| {
        let words =
            "Its secret cannot be read with the secret key of this installation: make the webhook anew.";
        Undelivered::unanswered(words)
    })?;
    let (id, second) = (delivery.id.to_string(), portico.clock.now().millis().div_euclid(1_000));
    let signature = secret.sign(&id, second, &delivery.body);
    let headers =
        vec![("webhook-id", id), ("webhook-timestamp", second.to_string()), ("webhook-signature", signature)];
    Ok(Parcel { url, headers, body: delivery.body.clone() })
}
