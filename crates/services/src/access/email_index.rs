use std::collections::HashMap;

use domain::{Email, access::EmailState, email::EmailError};
use entities::{contact, membership, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::check::{Check, passes};
use crate::ServiceResult;

/// The users behind a set of emails, with their live memberships, to decide what a grant would make of each.
#[derive(Debug, Default)]
pub(super) struct EmailIndex {
    users: HashMap<String, Known>,
}

#[derive(Debug)]
pub(super) struct Known {
    pub user: user::Model,
    /// Live memberships with their contacts.
    pub memberships: Vec<(membership::Model, contact::Model)>,
}

impl EmailIndex {
    /// Looks up every email that is an address; the others need no look-up.
    pub(super) async fn load<'a>(
        connection: &impl ConnectionTrait,
        emails: impl Iterator<Item = &'a str>,
    ) -> ServiceResult<Self> {
        let logins: Vec<String> =
            emails.filter_map(|email| Email::parse(email).ok()).map(String::from).collect();
        if logins.is_empty() {
            return Ok(Self::default());
        }
        let mut users = HashMap::new();
        for logins in logins.chunks(500) {
            let found =
                user::Entity::find().filter(user::Column::Login.is_in(logins)).all(connection).await?;
            users.extend(
                found.into_iter().map(|user| (user.login.clone(), Known { user, memberships: Vec::new() })),
            );
        }
        let mut index = Self { users };
        index.load_memberships(connection).await?;
        Ok(index)
    }

    async fn load_memberships(&mut self, connection: &impl ConnectionTrait) -> ServiceResult<()> {
        let by_id: HashMap<Uuid, String> =
            self.users.values().map(|known| (known.user.id, known.user.login.clone())).collect();
        let ids: Vec<Uuid> = by_id.keys().copied().collect();
        for ids in ids.chunks(500) {
            let live = membership::Entity::find()
                .filter(membership::Column::UserId.is_in(ids.iter().copied()))
                .filter(membership::Column::State.ne("ended"))
                .find_also_related(contact::Entity)
                .all(connection)
                .await?;
            for (membership, contact) in live {
                let known = by_id.get(&membership.user_id).and_then(|login| self.users.get_mut(login));
                if let (Some(known), Some(contact)) = (known, contact) {
                    known.memberships.push((membership, contact));
                }
            }
        }
        Ok(())
    }

    /// The user behind an email.
    pub(super) fn known(&self, email: &Email) -> Option<&Known> {
        self.users.get(email.as_str())
    }

    /// What a grant to a contact would make of an email.
    pub(super) fn state(&self, contact: &contact::Model, email: &str) -> EmailState {
        let email = match Email::parse(email) {
            Ok(email) => email,
            Err(EmailError::Missing) => return EmailState::Missing,
            Err(EmailError::Invalid) => return EmailState::Invalid,
        };
        let Some(known) = self.known(&email) else { return EmailState::Good };
        if !passes(Check::NotStaff, known.user.kind != "staff") {
            return EmailState::Staff;
        }
        if known.user.status == "disabled" {
            return EmailState::Disabled;
        }
        let here = known.memberships.iter().find(|(_, other)| other.entity_id == contact.entity_id);
        match here {
            Some((_, other)) if other.id != contact.id => EmailState::TakenInCompany(other.name.clone()),
            Some(_) => EmailState::Good,
            None if known.memberships.is_empty() => EmailState::Good,
            None => EmailState::KnownElsewhere,
        }
    }
}
