use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use services::payments;

use crate::{
    router::AppState,
    stripe::webhook::{WebhookError, charge_of},
};

/// `POST /hooks/stripe`: Stripe tells that something happened to a charge. Nothing of it is believed but that: how the charge
/// stands is asked of Stripe. What is not taken is told again by Stripe for three days.
pub(crate) async fn stripe_hook(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let now = state.portico.clock.now().millis().div_euclid(1_000);
    let charge = match charge_of(state.stripe_webhook.reveal(), signature, &body, now) {
        Ok(charge) => charge,
        Err(error) => {
            tracing::warn!(event = "stripe.hook_refused", %error);
            return match error {
                WebhookError::Unsigned | WebhookError::Forged | WebhookError::Stale => {
                    StatusCode::UNAUTHORIZED
                }
                WebhookError::Unreadable => StatusCode::BAD_REQUEST,
            };
        }
    };
    let Some(charge) = charge else { return StatusCode::NO_CONTENT };
    match payments::check_by_reference(&state.portico, &charge).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(error) => {
            tracing::error!(event = "stripe.hook_failed", %error);
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
