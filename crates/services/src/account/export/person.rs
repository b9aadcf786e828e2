use domain::users::{browser, system};
use entities::{address, contact, group, membership, passkey, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::AccountHolder,
    account::{
        live_sessions::{devices, is_current, live_sessions},
        mail_choices::choices,
    },
    audit::iso,
};

/// What an export says first, name by name, and the contacts that are theirs.
pub(super) async fn facts(
    cx: &Cx,
    holder: &AccountHolder,
) -> ServiceResult<(Vec<(&'static str, Value)>, Vec<Uuid>)> {
    let pool = cx.db().pool();
    let user = user::Entity::find_by_id(holder.id()).one(pool).await?.ok_or(ServiceError::NotFound)?;
    let memberships = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.id))
        .order_by_asc(membership::Column::Id)
        .find_also_related(contact::Entity)
        .find_also(membership::Entity, group::Entity)
        .all(pool)
        .await?;
    let companies = companies(cx, memberships.iter().filter_map(|(_, contact, _)| contact.as_ref())).await?;
    let mut theirs = Vec::new();
    let mut details = Vec::new();
    let mut access = Vec::new();
    for (membership, contact, group) in memberships {
        let Some(contact) = contact else { continue };
        let company = companies.iter().find(|(id, _)| *id == contact.entity_id).map(|(_, name)| name);
        access.push(json!({
            "name": contact.name,
            "company": company,
            "permission_group": group.map(|group| group.name),
            "state": membership.state,
            "since": iso(membership.created_at),
            "valid_from": membership.valid_from.map(iso),
            "valid_until": membership.valid_until.map(iso),
            "ended": membership.ended_at.map(iso),
        }));
        // What was offered and not accepted, or is over, is not theirs to read.
        if membership.state == "active" {
            theirs.push(contact.id);
            details.push(to_details(contact, company));
        }
    }
    let facts = vec![
        ("made_at", json!(iso(cx.now().millis()))),
        ("business", json!(cx.config().business)),
        (
            "login",
            json!({
                "login": user.login,
                "name": user.name,
                "has_password": user.password_hash.is_some(),
                "two_factor_since": user.two_factor_since.map(iso),
                "last_logged_in": user.last_authenticated_at.map(iso),
                "created": iso(user.created_at),
            }),
        ),
        ("contacts", json!(details)),
        ("addresses", addresses(cx, &theirs).await?),
        ("memberships", json!(access)),
        ("sessions", sessions(cx, holder).await?),
        ("devices", known_devices(cx, user.id).await?),
        ("passkeys", passkeys(cx, user.id).await?),
        ("mails", mails(cx, user.id).await?),
    ];
    Ok((facts, theirs))
}

/// The addresses that they added, those that are removed left out.
async fn addresses(cx: &Cx, theirs: &[Uuid]) -> ServiceResult<Value> {
    let found = address::Entity::find()
        .filter(address::Column::ContactId.is_in(theirs.iter().copied()))
        .filter(address::Column::RemovedAt.is_null())
        .order_by_asc(address::Column::Id)
        .all(cx.db().pool())
        .await?;
    let of = |address: address::Model| {
        json!({
            "kind": address.kind,
            "name": address.name,
            "phone": address.phone,
            "street": address.street,
            "street2": address.street2,
            "zip": address.zip,
            "city": address.city,
            "state": address.state_code,
            "country": address.country_code,
            "added": iso(address.created_at),
        })
    };
    Ok(found.into_iter().map(of).collect())
}

/// Their passkeys by name; the keys themselves are nothing to take along.
async fn passkeys(cx: &Cx, user: Uuid) -> ServiceResult<Value> {
    let found = passkey::Entity::find()
        .filter(passkey::Column::UserId.eq(user))
        .order_by_asc(passkey::Column::Id)
        .all(cx.db().pool())
        .await?;
    let of = |passkey: passkey::Model| {
        json!({
            "name": passkey.name,
            "added": iso(passkey.created_at),
            "last_used": passkey.last_used_at.map(iso),
        })
    };
    Ok(found.into_iter().map(of).collect())
}

async fn companies(
    cx: &Cx,
    contacts: impl Iterator<Item = &contact::Model>,
) -> ServiceResult<Vec<(Uuid, String)>> {
    let ids: Vec<Uuid> = contacts.map(|contact| contact.entity_id).collect();
    let found = contact::Entity::find().filter(contact::Column::Id.is_in(ids)).all(cx.db().pool()).await?;
    Ok(found.into_iter().map(|company| (company.id, company.name)).collect())
}

/// A contact without what staff keep to themselves: comments, tags, references.
fn to_details(contact: contact::Model, company: Option<&String>) -> Value {
    json!({
        "name": contact.name,
        "company": company,
        "email": contact.email,
        "phone": contact.phone,
        "street": contact.street,
        "street2": contact.street2,
        "zip": contact.zip,
        "city": contact.city,
        "state": contact.state_code,
        "country": contact.country_code,
        "vat": contact.vat,
        "language": contact.lang,
        "time_zone": contact.time_zone,
        "website": contact.website,
    })
}

async fn sessions(cx: &Cx, holder: &AccountHolder) -> ServiceResult<Value> {
    let live = live_sessions(cx, holder).await?;
    let told = live.iter().map(|session| {
        json!({
            "browser": browser(&session.agent),
            "system": system(&session.agent),
            "user_agent": session.agent,
            "address": session.address,
            "since": iso(session.created_at),
            "last_seen": iso(session.last_seen_at),
            "is_this_one": is_current(cx, session),
        })
    });
    Ok(told.collect())
}

async fn known_devices(cx: &Cx, user: Uuid) -> ServiceResult<Value> {
    let devices = devices(cx, user).await?;
    let told = devices.iter().map(|device| {
        json!({
            "browser": browser(&device.agent),
            "system": system(&device.agent),
            "user_agent": device.agent,
            "address": device.address,
            "first_seen": iso(device.created_at),
            "last_seen": iso(device.last_seen_at),
            "trusted_until": device.trusted_until.filter(|until| *until > cx.now().millis()).map(iso),
        })
    });
    Ok(told.collect())
}

async fn mails(cx: &Cx, user: Uuid) -> ServiceResult<Value> {
    let chosen = choices(cx, cx.db().pool(), user).await?;
    let told = chosen.into_iter().map(|(area, is_wanted)| (area.label(), Value::Bool(is_wanted)));
    Ok(Value::Object(told.collect()))
}
