//! Whether customers see a document, and whether one has.

use domain::{Instant, documents::Exposure};
use entities::document;

use crate::Cx;

/// What staff read of it; `viewer` is the name of whoever opened it first.
pub(super) fn exposure_of(cx: &Cx, document: &document::Model, viewer: Option<String>) -> Exposure {
    let when = |millis: i64| cx.settings().zone.display(Instant::from_millis(millis));
    let by = match document.first_viewed_by {
        Some(_) => viewer,
        None => document.first_viewed_at.map(|_| "Somebody with the secure link".to_owned()),
    };
    Exposure {
        published: document.published_at.map(when),
        is_visible: document.is_visible,
        first_viewed: document.first_viewed_at.map(when),
        first_viewed_by: by,
    }
}
