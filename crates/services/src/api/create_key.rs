use domain::{
    FieldErrors,
    access::Right,
    api::{ApiKeyForm, ApiScope, MAX_NAME},
    date::parse_iso,
    ids::ApiKeyId,
};
use entities::api_key;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use time::Duration;

use crate::{
    Cx, ServiceResult,
    access::staff,
    audit::{self, Event},
    auth::require_proof,
    ids, secret,
};

/// How every secret begins, so that one that got lost is recognised by whoever finds it.
pub(super) const PREFIX: &str = "ptk_";
/// How much of a secret is shown again: enough to tell keys apart, and 220 bits too few to use.
const HINT: usize = 10;

/// A key that was just made. Its secret is told this once.
#[derive(Debug)]
pub struct NewKey {
    /// Key.
    pub id: ApiKeyId,
    /// What the other program sends.
    pub secret: String,
}

/// Makes a key for another program.
///
/// # Permissions
/// [`Right::ManageSettings`], with the password given in this session within ten minutes, or now.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) for each field that is wrong, and for the password.
pub async fn create_key(cx: &Cx, form: &ApiKeyForm, password: Option<&str>) -> ServiceResult<NewKey> {
    staff(cx, Right::ManageSettings)?;
    let mut errors = FieldErrors::default();
    let name = form.name.trim();
    if name.is_empty() {
        errors.add("name", "Say which program it is for.");
    } else if name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        errors.add("name", format!("Use one line of at most {MAX_NAME} characters."));
    }
    let scopes: Vec<ApiScope> = ApiScope::ALL
        .into_iter()
        .filter(|scope| form.scopes.iter().any(|code| code == scope.code()))
        .collect();
    if scopes.is_empty() {
        errors.add("scopes", "Choose at least one thing that it may do.");
    }
    let until = form.until.trim();
    let last_day = parse_iso(until).filter(|day| *day >= cx.today());
    if last_day.is_none() && !until.is_empty() {
        errors.add("until", "Enter a day from today on, such as 2027-11-22, or leave it empty.");
    }
    errors.into_result()?;
    require_proof(cx, password).await?;
    let now = cx.now();
    let zone = &cx.settings().zone;
    let expires_at = last_day.map(|day| zone.begin_of(day.saturating_add(Duration::DAY)).millis());
    let key_secret = format!("{PREFIX}{}", secret::mint());
    let id = ApiKeyId(ids::mint(now));
    let codes: Vec<&str> = scopes.iter().map(|scope| scope.code()).collect();
    let row = api_key::ActiveModel {
        id: Set(id.into()),
        name: Set(name.to_owned()),
        hint: Set(key_secret.chars().take(HINT).collect()),
        hash: Set(secret::hash(&key_secret)),
        scopes: Set(codes.join(" ")),
        created_by: Set(cx.actor().name().to_owned()),
        created_at: Set(now.millis()),
        expires_at: Set(expires_at),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    let transaction = cx.begin().await?;
    api_key::Entity::insert(row).exec_without_returning(&transaction).await?;
    let event = Event {
        action: "api_key.created",
        subject: name,
        subject_id: Some(id.into()),
        entity_id: None,
        data: json!({ "scopes": codes.join(", "), "until": until }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(NewKey { id, secret: key_secret })
}
