use domain::account::SecurityPage;

use crate::{
    Cx, ServiceResult,
    access::account_holder,
    auth::{needs_proof, passkeys::list_passkeys, second_factor},
};

/// How one's own account is guarded.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub async fn get_security(cx: &Cx) -> ServiceResult<SecurityPage> {
    let holder = account_holder(cx)?;
    let two_factor = second_factor::standing(cx, &holder).await?;
    let passkeys = list_passkeys(cx).await?;
    Ok(SecurityPage { login: holder.login, needs_password: needs_proof(cx), two_factor, passkeys })
}
