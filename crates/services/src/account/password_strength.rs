use crate::{Cx, ServiceResult, access::account_holder, auth::rate_new_password, users::companies};

/// How good a password would be: from 0, refused, to 3, strong, and what there is to say about it. It is neither
/// kept nor logged.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub async fn password_strength(cx: &Cx, password: &str) -> ServiceResult<(u8, String)> {
    let holder = account_holder(cx)?;
    let companies = companies(cx.db().pool(), holder.id()).await?;
    let mut context = vec![holder.login.as_str(), cx.config().business.as_str()];
    context.extend(companies.iter().map(|(_, name)| name.as_str()));
    Ok(match rate_new_password(password, password, &context) {
        Err(errors) => (0, errors.iter().map(|(_, text)| text.to_owned()).next().unwrap_or_default()),
        Ok(zxcvbn::Score::Four) => (3, "Strong.".to_owned()),
        Ok(zxcvbn::Score::Three) => (2, "Good.".to_owned()),
        Ok(_) => (1, "Fair. One more word makes it much stronger.".to_owned()),
    })
}
