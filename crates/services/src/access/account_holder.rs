use domain::ids::UserId;
use uuid::Uuid;

use super::{Via, portal};
use crate::{Cx, ServiceError, ServiceResult};

/// Whoever is signed in with an account of their own, customer or staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccountHolder {
    /// The user.
    pub user: UserId,
    /// What they sign in with.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Whether they are on the staff side.
    pub is_staff: bool,
}

impl AccountHolder {
    /// The user's key.
    pub fn id(&self) -> Uuid {
        self.user.into()
    }
}

/// Lets whoever is signed in as themselves through, to what is theirs alone: profile, password, second factor,
/// sessions. Not whoever came by a secure link, who has no account, and not staff who look at what a customer sees.
///
/// # Errors
/// [`ServiceError::Unauthenticated`] for nobody and for whoever is signed in halfway, [`ServiceError::NotFound`]
/// for everybody else.
pub(crate) fn account_holder(cx: &Cx) -> ServiceResult<AccountHolder> {
    if let Some(staff) = cx.actor().as_staff() {
        let (login, name) = (staff.login.clone(), staff.name.clone());
        return Ok(AccountHolder { user: staff.user, login, name, is_staff: true });
    }
    let actor = portal(cx)?;
    match (actor.user, &actor.via) {
        (Some(user), Via::SignIn) => Ok(AccountHolder {
            user,
            login: actor.login.clone(),
            name: actor.details.name.clone(),
            is_staff: false,
        }),
        _ => Err(ServiceError::NotFound),
    }
}
