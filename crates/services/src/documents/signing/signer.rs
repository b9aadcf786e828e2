//! Who answers a document.

use domain::ids::{MembershipId, UserId};
use entities::acceptance;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::open::Open;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{SharePass, portal},
};

/// What stands in place of the names of the customer's people, where they are not to be known.
const SOMEBODY: &str = "the customer";

/// Whoever answers, with what the evidence says of them.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    /// The user; nil behind a share link.
    user: Uuid,
    contact: Uuid,
    pub membership: Option<MembershipId>,
    /// What the form starts with.
    pub name: String,
    /// The login, or the link with its recipient.
    pub login: String,
    /// For whom they answer.
    pub company: String,
    /// The share link that they came by.
    pub link: Option<Uuid>,
}

impl Signer {
    /// A portal user who signed in.
    pub(super) fn of_portal(cx: &Cx) -> ServiceResult<Self> {
        let actor = portal(cx)?;
        let user = actor.user.filter(|_| !actor.is_view_as()).ok_or(ServiceError::NotFound)?;
        Ok(Self {
            user: user.into(),
            contact: actor.contact.into(),
            membership: actor.membership,
            name: actor.details.name.clone(),
            login: actor.login.clone(),
            company: actor.company.clone(),
            link: None,
        })
    }

    /// Whoever has a link.
    pub(super) fn of_link(pass: &SharePass) -> Self {
        let link = &pass.link;
        let recipient = match (link.recipient.as_str(), link.email.as_str()) {
            ("", "") => "nobody named".to_owned(),
            ("", email) => email.to_owned(),
            (name, "") => name.to_owned(),
            (name, email) => format!("{name} <{email}>"),
        };
        let party = crate::documents::read::bill_to_of(pass.document.bill_to.clone()).name;
        Self {
            user: Uuid::nil(),
            membership: None,
            contact: pass.document.contact_id.unwrap_or(link.entity_id),
            name: link.recipient.clone(),
            login: format!("share link {} for {recipient}, made by {}", link.id, link.created_by),
            company: if party.is_empty() { SOMEBODY.to_owned() } else { party },
            link: Some(link.id),
        }
    }

    /// The user, if they are one.
    pub(super) fn user(&self) -> Option<UserId> {
        self.link.is_none().then_some(UserId(self.user))
    }

    /// What they are called where no name is typed.
    pub(super) fn name(&self) -> &str {
        match (self.name.is_empty(), self.link) {
            (false, _) => &self.name,
            (true, None) => &self.login,
            (true, Some(_)) => "somebody with a share link",
        }
    }

    /// Whether an answer is theirs.
    pub(super) fn gave(&self, answer: &acceptance::Model) -> bool {
        answer.share_link_id == self.link && answer.user_id == self.user
    }

    /// An answer as they may know it.
    pub(super) fn may_know(&self, answer: &acceptance::Model) -> acceptance::Model {
        match self.link {
            Some(link) => without_names(answer.clone(), link),
            None => answer.clone(),
        }
    }

    /// The row of their answer to a version, with what is common to all answers.
    pub(super) fn row(&self, cx: &Cx, id: Uuid, open: &Open) -> acceptance::ActiveModel {
        acceptance::ActiveModel {
            id: Set(id),
            document_id: Set(open.sheet.document.id),
            terms: Set(open.terms.clone()),
            is_accepted: Set(false),
            signer: Set(self.name().to_owned()),
            strokes: Set(String::new()),
            reason: Set(String::new()),
            consent: Set(String::new()),
            shown: Set(String::new()),
            signed: Set(None),
            user_id: Set(self.user),
            contact_id: Set(self.contact),
            login: Set(self.login.clone()),
            address: Set(cx.origin().address.clone()),
            agent: Set(cx.origin().agent.clone()),
            request_id: Set(cx.origin().request_id.clone()),
            at: Set(cx.now().millis()),
            share_link_id: Set(self.link),
        }
    }
}

/// An answer as whoever came by a link may know it: who of the customer's gave it, and why, is not for them.
pub(in crate::documents) fn without_names(answer: acceptance::Model, link: Uuid) -> acceptance::Model {
    if answer.share_link_id == Some(link) {
        return answer;
    }
    acceptance::Model { signer: SOMEBODY.to_owned(), reason: String::new(), ..answer }
}
