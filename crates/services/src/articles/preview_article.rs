use domain::access::Right;

use super::markdown::to_html;
use crate::{Cx, ServiceResult, access::staff};

/// What a text in Markdown would look like to a customer.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// When the actor lacks the right.
pub fn preview_article(cx: &Cx, body: &str) -> ServiceResult<String> {
    staff(cx, Right::WorkOnDocuments)?;
    let end = body.char_indices().nth(domain::articles::MAX_BODY).map_or(body.len(), |(end, _)| end);
    Ok(to_html(body.get(..end).unwrap_or_default()))
}
