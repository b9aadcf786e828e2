use std::{time::Duration, vec};

use domain::{
    documents::{DocumentKind, DocumentRequest},
    ids::DocumentId,
};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use tokio::time::sleep;
use uuid::Uuid;

use super::{
    list_choices::choices,
    list_documents::matching,
    paper::{PaperFile, file_of, takable},
    search_plan::SearchPlan,
    sorting::Sorting,
};
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope, archive::Archive, page::Seek};

/// Most PDFs in one ZIP: some may have to be printed for it, about ten a second.
pub const MOST_PAPERS: usize = 200;

/// How often, and after how long, a full press is asked again.
const TRIES: usize = 50;
const PAUSE: Duration = Duration::from_millis(200);

/// A ZIP of PDFs under way.
pub struct PaperExport {
    kind: DocumentKind,
    archive: Archive,
    /// The documents that are left; nothing once it is finished.
    left: Option<vec::IntoIter<Uuid>>,
}

/// Begins a ZIP with the PDFs of the documents that are ticked, or else of all that a list's filter leaves, in its order.
///
/// # Permissions
/// As [`super::list_documents`] and [`super::get_paper`].
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission, for a kind that has no paper, or where nothing of what is ticked is
/// there; [`ServiceError::Refused`] where the list is empty, or has more than [`MOST_PAPERS`].
pub async fn begin_paper_export(
    cx: &Cx,
    request: &DocumentRequest,
    ticked: &[DocumentId],
) -> ServiceResult<PaperExport> {
    let kind = request.kind;
    takable(cx, kind)?;
    let scope = portal_scope(cx, kind.view())?;
    let plan = SearchPlan::of(&request.filter.search);
    let is_rare = match &plan {
        Some(_) => choices(cx, &scope, kind, plan.as_ref()).await?.is_rare,
        None => false,
    };
    let mut query = matching(cx, &scope, request, plan.as_ref(), is_rare);
    if !ticked.is_empty() {
        query = query.filter(document::Column::Id.is_in(ticked.iter().copied().map(Uuid::from)));
    }
    let most = u64::try_from(MOST_PAPERS).unwrap_or(u64::MAX);
    let query = Sorting::of(kind, &request.filter).apply(query, Seek::Forward, None).limit(most + 1);
    let found: Vec<Uuid> = query.all(cx.db().pool()).await?.into_iter().map(|document| document.id).collect();
    if found.is_empty() && !ticked.is_empty() {
        return Err(ServiceError::NotFound);
    }
    if found.is_empty() {
        return Err(ServiceError::refused("There is nothing to download: no document matches."));
    }
    if found.len() > MOST_PAPERS {
        let told = format!(
            "At most {MOST_PAPERS} PDFs can be downloaded at once. Filter the list, or tick those that you need."
        );
        return Err(ServiceError::refused(told));
    }
    Ok(PaperExport { kind, archive: Archive::new(cx.now()), left: Some(found.into_iter()) })
}

/// The next part of a ZIP of PDFs, and what is left; nothing at its end. A document that somebody may not see any more by
/// then is left out.
///
/// # Permissions
/// As [`begin_paper_export`]; asked again for each document.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission; [`ServiceError::Busy`] when too much is being printed for ten seconds.
pub async fn export_paper(cx: &Cx, mut export: PaperExport) -> ServiceResult<Option<(Vec<u8>, PaperExport)>> {
    let Some(left) = &mut export.left else { return Ok(None) };
    match left.next() {
        Some(id) => {
            let query = takable(cx, export.kind)?.filter(document::Column::Id.eq(id));
            if let Some(document) = query.one(cx.db().pool()).await? {
                let file = printed(cx, document).await?;
                export.archive.add(&file.name, &file.bytes)?;
            }
        }
        None => {
            export.archive.finish()?;
            export.left = None;
        }
    }
    Ok(Some((export.archive.take(), export)))
}

/// A ZIP has begun: it waits for the press rather than breaking off.
async fn printed(cx: &Cx, document: document::Model) -> ServiceResult<PaperFile> {
    for _ in 0..TRIES {
        match file_of(cx, document.clone()).await {
            Err(ServiceError::Busy) => sleep(PAUSE).await,
            other => return other,
        }
    }
    Err(ServiceError::Busy)
}
