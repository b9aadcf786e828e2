//! Passkeys: K1 to K6 of `odoo-portal-behaviour.md` 2.5, and what else has to hold.

mod keeping;
mod signing_in;

use domain::ids::PasskeyId;
use entities::{audit_event, passkey};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{
    Cx, ServiceError, ServiceResult,
    auth::{
        SignedIn,
        passkeys::{begin_registration, begin_sign_in, finish_registration, finish_sign_in},
    },
};
use uuid::Uuid;

use crate::support::{Portal, authenticator::Authenticator};

/// Ann of Acme, signed in.
async fn ann(portal: &Portal) -> Cx {
    let acme = portal.company("Acme").await;
    let ann = portal.person(acme, "Ann", "ann@acme.example").await;
    portal.customer(ann, "ann@acme.example").await
}

/// Adds a passkey to an account.
async fn add(cx: &Cx, device: &mut Authenticator, name: &str) -> PasskeyId {
    let begun = begin_registration(cx, name, None).await.expect("begins");
    let answer = device.create(&begun.options).expect("a new key");
    finish_registration(cx, &begun.secret, &answer).await.expect("adds")
}

/// Signs in with a device's newest key; the session's hash is new.
async fn sign_in(portal: &Portal, device: &mut Authenticator) -> ServiceResult<SignedIn> {
    let cx = portal.anonymous();
    let begun = begin_sign_in(&cx).await.expect("begins");
    let answer = device.get(&begun.options);
    finish_sign_in(&cx, &begun.secret, &answer, &Uuid::now_v7().to_string()).await
}

fn refusal<T: std::fmt::Debug>(result: ServiceResult<T>) -> String {
    match result {
        Err(ServiceError::Refused(text)) => text,
        other => panic!("not refused: {other:?}"),
    }
}

fn wrong_field<T: std::fmt::Debug>(result: ServiceResult<T>, field: &str) -> String {
    match result {
        Err(ServiceError::Invalid(errors)) => errors.get(field).expect("that field").to_owned(),
        other => panic!("not invalid: {other:?}"),
    }
}

async fn stored(portal: &Portal) -> Vec<passkey::Model> {
    let all = passkey::Entity::find().order_by_asc(passkey::Column::Id).all(portal.portico.db.pool());
    all.await.expect("passkeys")
}

/// The counter within a stored key.
fn counter(key: &passkey::Model) -> u64 {
    let json: serde_json::Value = serde_json::from_str(&key.credential).expect("JSON");
    json.pointer("/cred/counter").and_then(serde_json::Value::as_u64).expect("a counter")
}

async fn events(portal: &Portal, action: &str) -> Vec<audit_event::Model> {
    audit_event::Entity::find()
        .filter(audit_event::Column::Action.eq(action))
        .order_by_asc(audit_event::Column::Id)
        .all(portal.portico.db.pool())
        .await
        .expect("events")
}
