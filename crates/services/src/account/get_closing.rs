use domain::account::ClosingPage;

use super::{customer::customer, leaving::leaving};
use crate::{Cx, ServiceResult};

/// What would go and what would stay, should a customer close their account.
///
/// # Permissions
/// Every customer, for themselves.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for whoever has no account of their own, and for staff.
pub async fn get_closing(cx: &Cx) -> ServiceResult<ClosingPage> {
    let holder = customer(cx)?;
    let leaving = leaving(cx, cx.db().pool(), holder.id()).await?;
    Ok(ClosingPage {
        login: holder.login,
        companies: leaving.companies,
        forgotten: leaving.forgotten.into_iter().map(|contact| contact.name).collect(),
        refusal: leaving.refusal,
    })
}
