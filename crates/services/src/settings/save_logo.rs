use domain::access::Right;
use entities::logo;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    picture,
    snapshot::{self, LOGO, LogoInUse},
    store,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
};

/// The largest logo, in bytes. It travels with every mail.
pub const MAX_LOGO: usize = 512 * 1024;

/// Makes a picture the business's logo, on every page and in every mail.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::Invalid`] on `logo` for what is no PNG, JPEG or WebP picture, or too large.
pub async fn save_logo(cx: &Cx, content: Vec<u8>) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let refuse = |text: &str| Err(ServiceError::field("logo", text));
    if content.is_empty() {
        return refuse("Choose a picture.");
    }
    if content.len() > MAX_LOGO {
        return refuse(
            "The picture is larger than 512 kB. Make it smaller, or save it with more compression.",
        );
    }
    let Some(media) = picture::media_of(&content) else {
        return refuse("This is no PNG, JPEG or WebP picture. Other formats, SVG among them, are not taken.");
    };
    let digest = Sha256::digest(&content);
    let hash: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let transaction = cx.begin().await?;
    let exists = store::lock(&transaction, LOGO).await?;
    let size = content.len();
    let row = logo::ActiveModel {
        hash: Set(hash.clone()),
        media: Set(media.to_owned()),
        content: Set(content),
        created_at: Set(cx.now().millis()),
    };
    logo::Entity::insert(row)
        .on_conflict(OnConflict::column(logo::Column::Hash).do_nothing().to_owned())
        .exec_without_returning(&transaction)
        .await?;
    let file = picture::file_name(&hash, media);
    store::put(&transaction, LOGO, exists, json!(LogoInUse { hash })).await?;
    note(cx, &transaction, "settings.logo_changed", json!({ "file": file, "bytes": size })).await?;
    transaction.commit().await?;
    snapshot::refresh(&cx.portico).await
}

/// Goes back to the original mark.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn remove_logo(cx: &Cx) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let transaction = cx.begin().await?;
    if store::lock(&transaction, LOGO).await? {
        store::remove(&transaction, LOGO).await?;
        note(cx, &transaction, "settings.logo_removed", json!({})).await?;
        transaction.commit().await?;
    }
    snapshot::refresh(&cx.portico).await
}

async fn note(
    cx: &Cx,
    transaction: &crate::Transaction,
    action: &'static str,
    data: serde_json::Value,
) -> ServiceResult<()> {
    let event = Event { action, subject: "Logo", subject_id: None, entity_id: None, data };
    audit::record(cx, transaction, event).await
}
