use crate::{
    Cx, ServiceError, ServiceResult,
    access::{AccountHolder, account_holder},
};

/// Lets customers with an account of their own through. Staff accounts belong to the business: what it does with
/// them is for its administrators.
///
/// # Errors
/// As [`account_holder`]; [`ServiceError::NotFound`] for staff.
pub(super) fn customer(cx: &Cx) -> ServiceResult<AccountHolder> {
    let holder = account_holder(cx)?;
    if holder.is_staff { Err(ServiceError::NotFound) } else { Ok(holder) }
}
