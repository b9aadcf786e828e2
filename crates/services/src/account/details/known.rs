//! The records behind somebody's details, and what of them is not theirs to change.

use domain::{
    access::Permission,
    contacts::ContactKind,
    details::AddressOf,
    documents::DocumentKind,
    ids::{ContactId, MembershipId},
};
use entities::{contact, document};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{AccountHolder, account_holder, portal, portal_scope_if_any},
    places::PostalAddress,
};

/// Why something is not changed by whoever has no right to.
pub(super) const MANAGED: &str = "Managed on your company account.";
/// Why something is not changed any more.
pub(super) const ISSUED: &str =
    "Cannot be changed here, because documents were issued with it. Request a change below.";

/// Documents that a customer's name, VAT number and country stand on.
const ISSUED_KINDS: [DocumentKind; 4] =
    [DocumentKind::Sale, DocumentKind::Purchase, DocumentKind::Invoice, DocumentKind::Subscription];

/// Whoever is signed in, with their own record and the company's above it.
#[derive(Debug)]
pub(super) struct Known {
    pub holder: AccountHolder,
    pub membership: Uuid,
    pub contact: contact::Model,
    /// The commercial entity, unless that is the contact itself.
    pub company: Option<contact::Model>,
    may_edit_company: bool,
    has_documents: bool,
}

impl Known {
    /// Reads both records.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for everybody but portal users who signed in.
    pub(super) async fn read(cx: &Cx, connection: &impl ConnectionTrait) -> ServiceResult<Self> {
        let holder = account_holder(cx)?;
        let actor = portal(cx)?;
        let membership = actor.membership.map(|MembershipId(id)| id).ok_or(ServiceError::NotFound)?;
        let (ContactId(contact), ContactId(entity)) = (actor.contact, actor.entity);
        let found: Vec<contact::Model> = contact::Entity::find()
            .filter(contact::Column::Id.is_in([contact, entity]))
            .all(connection)
            .await?;
        let (own, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.id == contact);
        let may_edit_company =
            portal_scope_if_any(cx, Permission::CompanyEdit)?.is_some_and(|scope| scope.reaches_entity());
        let issued = document::Entity::find()
            .filter(document::Column::EntityId.eq(entity))
            .filter(document::Column::Kind.is_in(ISSUED_KINDS.map(DocumentKind::code)))
            .filter(document::Column::IsVisible.eq(true))
            .one(connection)
            .await?;
        Ok(Self {
            holder,
            membership,
            contact: own.into_iter().next().ok_or(ServiceError::NotFound)?,
            company: others.into_iter().next(),
            may_edit_company,
            has_documents: issued.is_some(),
        })
    }

    /// The commercial entity: what documents are issued to.
    pub(super) fn entity(&self) -> &contact::Model {
        self.company.as_ref().unwrap_or(&self.contact)
    }

    /// Whether the login is the company's own, so that every field is one that it shares.
    pub(super) fn is_company(&self) -> bool {
        self.company.is_none() && self.contact.kind == ContactKind::Company.code()
    }

    /// Whose address is meant: without one of their own, people have the company's.
    pub(super) fn address_of(&self, choice: AddressOf) -> AddressOf {
        match (self.company.is_some(), choice) {
            (false, _) => AddressOf::Own,
            (true, AddressOf::Recorded) if PostalAddress::from(&self.contact).is_empty() => {
                AddressOf::Company
            }
            (true, AddressOf::Recorded) => AddressOf::Own,
            (true, chosen) => chosen,
        }
    }

    /// The address of a choice.
    pub(super) fn address(&self, of: AddressOf) -> PostalAddress {
        PostalAddress::from(if of == AddressOf::Company { self.entity() } else { &self.contact })
    }

    /// Why what the company shares is not theirs to change.
    fn managed(&self) -> Option<&'static str> {
        let is_shared = self.company.is_some() || self.is_company();
        (is_shared && !self.may_edit_company).then_some(MANAGED)
    }

    fn issued(&self, recorded: &str) -> Option<&'static str> {
        (self.has_documents && !recorded.trim().is_empty()).then_some(ISSUED)
    }

    /// Why their own fields are not theirs to change: they are where the login is not the company's.
    pub(super) fn own(&self) -> Option<&'static str> {
        self.managed().filter(|_| self.is_company())
    }

    /// Why their name cannot be changed.
    pub(super) fn name(&self) -> Option<&'static str> {
        let issued = if self.company.is_none() { self.issued(&self.contact.name) } else { None };
        self.own().or(issued)
    }

    /// Why the company's name cannot be changed.
    pub(super) fn company_name(&self) -> Option<&'static str> {
        self.managed().or_else(|| self.issued(&self.entity().name))
    }

    /// Why the VAT number cannot be changed.
    pub(super) fn vat(&self) -> Option<&'static str> {
        self.managed().or_else(|| self.issued(&self.entity().vat))
    }

    /// Why an address cannot be changed.
    pub(super) fn postal(&self, of: AddressOf) -> Option<&'static str> {
        if of == AddressOf::Company { self.managed() } else { self.own() }
    }

    /// Why the country of an address cannot be changed.
    pub(super) fn country(&self, of: AddressOf) -> Option<&'static str> {
        let is_entitys = of == AddressOf::Company || self.company.is_none();
        let issued = if is_entitys { self.issued(&self.entity().country_code) } else { None };
        self.postal(of).or(issued)
    }

    /// Whether anything is locked by documents that they could change otherwise.
    pub(super) fn has_locks(&self) -> bool {
        self.has_documents
    }
}
