use domain::links::SecureLink;
use entities::contact;

use super::secure_link_of::{address, is_open};
use crate::Portico;

/// What staff who manage access see of a customer's secure link; `None` for a person under a company, whose link
/// is the company's, and for an archived customer.
pub(crate) fn shown(
    portico: &Portico,
    customer: &contact::Model,
    has_portal_user: bool,
) -> Option<SecureLink> {
    if customer.entity_id != customer.id || customer.archived_at.is_some() {
        return None;
    }
    Some(SecureLink {
        link: is_open(customer).then(|| address(portico, customer)),
        generation: customer.link_generation,
        has_portal_user,
        portal_address: format!("{}/login", portico.config.public_url),
        business: portico.settings().config.business.clone(),
    })
}
