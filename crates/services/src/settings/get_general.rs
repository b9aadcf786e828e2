use domain::{access::Right, settings::GeneralPage};

use super::{currencies::CURRENCIES, snapshot, zone};
use crate::{Cx, ServiceResult, access::staff};

/// What is set for the whole installation, and what there is to choose from.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn get_general(cx: &Cx) -> ServiceResult<GeneralPage> {
    staff(cx, Right::ManageSettings)?;
    // Not the cached ones: another instance may have saved since.
    let settings = snapshot::read(&cx.portico, cx.db().pool()).await?;
    Ok(GeneralPage {
        form: settings.general.clone(),
        time_zones: zone::names(),
        currencies: CURRENCIES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect(),
        logo: settings.logo_path(),
    })
}
