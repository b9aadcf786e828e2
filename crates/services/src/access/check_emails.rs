use std::collections::HashMap;

use domain::{
    Email,
    access::{EmailState, Right},
    ids::ContactId,
};
use entities::contact;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{email_index::EmailIndex, staff};
use crate::{Cx, ServiceResult};

/// What a grant would make of emails as they are typed, in the order asked.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn check_emails(cx: &Cx, typed: &[(ContactId, String)]) -> ServiceResult<Vec<EmailState>> {
    let pass = staff(cx, Right::ManageAccess)?;
    let emails = EmailIndex::load(cx.db().pool(), typed.iter().map(|(_, email)| email.as_str())).await?;
    let mut contacts: HashMap<Uuid, contact::Model> = HashMap::new();
    for part in typed.chunks(500) {
        let ids = part.iter().map(|(id, _)| Uuid::from(*id));
        let found = pass.contacts().filter(contact::Column::Id.is_in(ids)).all(cx.db().pool()).await?;
        contacts.extend(found.into_iter().map(|contact| (contact.id, contact)));
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for email in typed.iter().filter_map(|(_, email)| Email::parse(email).ok()) {
        *times.entry(email.into()).or_default() += 1;
    }
    let is_repeated = |email: &str| {
        Email::parse(email).is_ok_and(|email| times.get(email.as_str()).is_some_and(|times| *times > 1))
    };
    Ok(typed
        .iter()
        .map(|(id, email)| {
            let state = contacts
                .get(&Uuid::from(*id))
                .map_or(EmailState::Invalid, |contact| emails.state(contact, email));
            if state.is_grantable() && is_repeated(email) { EmailState::Repeated } else { state }
        })
        .collect())
}
