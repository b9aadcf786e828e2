//! The commercial entity: the nearest company above a contact, or itself. A company is its own.
//!
//! It is stored with every contact, so that no request walks up a tree.

use std::collections::{HashMap, HashSet};

use domain::contacts::ContactKind;
use entities::{address, contact};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::ServiceResult;

/// Contacts a statement.
const CONTACTS: usize = 1_000;

/// A contact's place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Company or person.
    pub kind: ContactKind,
    /// What it hangs under.
    pub parent: Option<Uuid>,
}

/// Finds commercial entities in a tree that is in memory, each contact in constant time on average.
#[derive(Debug)]
pub(crate) struct Entities<'a> {
    links: &'a HashMap<Uuid, Link>,
    /// The nearest company at or above a contact, where that is known already.
    companies: HashMap<Uuid, Option<Uuid>>,
}

impl<'a> Entities<'a> {
    /// Of a tree that holds, with a contact, all above it.
    pub(crate) fn of(links: &'a HashMap<Uuid, Link>) -> Self {
        Self { links, companies: HashMap::new() }
    }

    /// The commercial entity of a contact.
    pub(crate) fn entity(&mut self, contact: Uuid) -> Uuid {
        self.company(contact).unwrap_or(contact)
    }

    fn company(&mut self, contact: Uuid) -> Option<Uuid> {
        let (mut path, mut seen) = (Vec::new(), HashSet::new());
        let mut at = Some(contact);
        let found = loop {
            let Some(id) = at else { break None };
            if let Some(known) = self.companies.get(&id) {
                break *known;
            }
            // Books could hold a loop; nobody above it is a company then.
            if !seen.insert(id) {
                break None;
            }
            path.push(id);
            match self.links.get(&id) {
                Some(link) if link.kind == ContactKind::Company => break Some(id),
                Some(link) => at = link.parent,
                None => break None,
            }
        };
        self.companies.extend(path.into_iter().map(|id| (id, found)));
        found
    }
}

/// The nearest company at or above a stored contact.
fn company_of(contact: &contact::Model) -> Option<Uuid> {
    let is_company = contact.kind == ContactKind::Company.code();
    (is_company || contact.entity_id != contact.id).then_some(contact.entity_id)
}

/// Hands the commercial entity of contacts that moved down to the people below them. Answers those who
/// changed it by that, as they were before.
pub(crate) async fn pass_down(
    connection: &impl ConnectionTrait,
    moved: &[contact::Model],
) -> ServiceResult<Vec<contact::Model>> {
    let mut seen: HashSet<Uuid> = moved.iter().map(|contact| contact.id).collect();
    let mut above: HashMap<Uuid, Option<Uuid>> =
        moved.iter().map(|contact| (contact.id, company_of(contact))).collect();
    let mut all = Vec::new();
    while !above.is_empty() {
        let mut next = HashMap::new();
        let mut by_entity: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for person in people_below(connection, above.keys().copied().collect()).await? {
            let company = person.parent_id.and_then(|parent| above.get(&parent).copied().flatten());
            let entity = company.unwrap_or(person.id);
            if entity != person.entity_id && seen.insert(person.id) {
                next.insert(person.id, company);
                by_entity.entry(entity).or_default().push(person.id);
                all.push(person);
            }
        }
        for (entity, people) in by_entity {
            for some in people.chunks(CONTACTS) {
                contact::Entity::update_many()
                    .col_expr(contact::Column::EntityId, Expr::value(entity))
                    .filter(contact::Column::Id.is_in(some.iter().copied()))
                    .exec(connection)
                    .await?;
            }
        }
        above = next;
    }
    bring_addresses(connection, moved).await?;
    Ok(all)
}

/// Whoever was a customer by themselves and comes under a company brings their addresses along; which of them are
/// the defaults is the company's choice.
async fn bring_addresses(connection: &impl ConnectionTrait, moved: &[contact::Model]) -> ServiceResult<()> {
    for contact in moved.iter().filter(|contact| contact.entity_id != contact.id) {
        address::Entity::update_many()
            .col_expr(address::Column::EntityId, Expr::value(contact.entity_id))
            .col_expr(address::Column::IsDefaultBilling, Expr::value(false))
            .col_expr(address::Column::IsDefaultDelivery, Expr::value(false))
            .filter(address::Column::EntityId.eq(contact.id))
            .exec(connection)
            .await?;
    }
    Ok(())
}

async fn people_below(
    connection: &impl ConnectionTrait,
    parents: Vec<Uuid>,
) -> ServiceResult<Vec<contact::Model>> {
    let mut people = Vec::new();
    for some in parents.chunks(CONTACTS) {
        let found = contact::Entity::find()
            .filter(contact::Column::ParentId.is_in(some.iter().copied()))
            .filter(contact::Column::Kind.eq(ContactKind::Person.code()))
            .all(connection)
            .await?;
        people.extend(found);
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPANY: ContactKind = ContactKind::Company;
    const PERSON: ContactKind = ContactKind::Person;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn tree(links: &[(u128, ContactKind, Option<u128>)]) -> HashMap<Uuid, Link> {
        links.iter().map(|&(n, kind, parent)| (id(n), Link { kind, parent: parent.map(id) })).collect()
    }

    #[test]
    fn is_the_nearest_company_above_or_itself() {
        let links = tree(&[
            (1, COMPANY, None),
            (2, COMPANY, Some(1)),
            (3, PERSON, Some(2)),
            (4, PERSON, Some(3)),
            (5, PERSON, None),
            (6, PERSON, Some(5)),
        ]);
        let mut entities = Entities::of(&links);
        for (contact, entity) in [(4, 2), (3, 2), (2, 2), (1, 1), (6, 6), (5, 5)] {
            assert_eq!(entities.entity(id(contact)), id(entity), "{contact}");
        }
    }

    #[test]
    fn a_loop_in_the_books_ends() {
        let links = tree(&[(1, PERSON, Some(2)), (2, PERSON, Some(1)), (3, PERSON, Some(1))]);
        let mut entities = Entities::of(&links);
        for contact in [1, 2, 3] {
            assert_eq!(entities.entity(id(contact)), id(contact));
        }
    }
}
