use domain::{access::Right, settings::GeneralPage};

use super::{currencies::CURRENCIES, zone};
use crate::{Cx, ServiceResult, access::staff};

/// What is set for the whole installation, and what there is to choose from.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// When the actor lacks the right.
pub fn get_general(cx: &Cx) -> ServiceResult<GeneralPage> {
    staff(cx, Right::ManageSettings)?;
    let settings = cx.portico.settings();
    Ok(GeneralPage {
        form: settings.general.clone(),
        time_zones: zone::names(),
        currencies: CURRENCIES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect(),
        logo: settings.logo_path(),
    })
}
