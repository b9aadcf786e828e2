use std::sync::Arc;

use super::snapshot::{Logo, find_logo};
use crate::{Portico, ServiceResult};

/// A logo by its file name; also one that was in use before, which pages that are still open ask for.
///
/// # Permissions
/// Anybody: it is on the sign-in page.
///
/// # Errors
/// When the database fails.
pub async fn get_logo(portico: &Portico, file: &str) -> ServiceResult<Option<Arc<Logo>>> {
    if let Some(logo) = portico.settings().logo.clone().filter(|logo| logo.file == file) {
        return Ok(Some(logo));
    }
    let hash = file.split('.').next().unwrap_or_default();
    let is_hash = hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hash {
        return Ok(None);
    }
    let found = find_logo(portico.db.pool(), hash).await?;
    Ok(found.filter(|logo| logo.file == file).map(Arc::new))
}
