use domain::access::{AccessExplained, AccessQuestion, Permission};

use super::{
    super::{
        gate::{portal, portal_scope, portal_scope_if_any},
        live_where,
        members::within,
    },
    question::{Asked, answer, person},
    subject::Subject,
};
use crate::{Cx, ServiceResult};

/// More people are not offered at once.
const MOST_PEOPLE: u64 = 500;

/// Why a colleague may see something, or not; without a question, what can be asked.
///
/// Only documents that the reader may see can be asked about: any other one is answered as one that does not
/// exist.
///
/// # Permissions
/// `members.view`, in its scope.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] when the actor lacks the permission, or for somebody out of its scope.
pub async fn explain_member_access(cx: &Cx, question: AccessQuestion) -> ServiceResult<AccessExplained> {
    let scope = portal_scope(cx, Permission::MembersView)?;
    let name = portal(cx)?.company.clone();
    let found = live_where(cx.db().pool(), within(&scope), MOST_PEOPLE).await?;
    let asked = Asked { name, people: found.iter().map(person).collect(), note: None };
    answer(cx, asked, question, |subject| {
        let Subject::Kind(kind) = subject else { return Ok(None) };
        let scope = portal_scope_if_any(cx, kind.view())?;
        Ok(scope.map(|scope| scope.documents(kind)))
    })
    .await
}
