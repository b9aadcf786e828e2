use domain::{Login, account::PrivacyPage};

use super::{
    customer::customer,
    mail_choices::{choices, to_choice},
};
use crate::{Cx, ServiceResult, access::portal, auth::needs_proof};

/// Which mails a customer gets, and what they can do with their data.
///
/// # Permissions
/// Every customer, for themselves.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for whoever has no account of their own, and for staff.
pub async fn get_privacy(cx: &Cx) -> ServiceResult<PrivacyPage> {
    let holder = customer(cx)?;
    let choices = choices(cx, cx.db().pool(), holder.id()).await?;
    Ok(PrivacyPage {
        mails_to: Login::from_typed(&holder.login).email().map(String::from),
        choices: choices.into_iter().map(to_choice).collect(),
        company: portal(cx)?.company.clone(),
        needs_password: needs_proof(cx),
    })
}
