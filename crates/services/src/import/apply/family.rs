//! Who hangs under whom once the file is imported: found out before anything is written.

use std::collections::{HashMap, HashSet};

use domain::contacts::ContactKind;
use uuid::Uuid;

use super::lookup::{self, StoredContact};
use crate::{
    ServiceResult, Transaction,
    contacts::commercial_entity::Link,
    import::{
        file_kind::FileKind,
        notes::{Tally, quote},
        read::ContactRecord,
    },
};

/// The column that is to blame.
const PARENT: &str = "parent_id/id";

/// A record of the file with the key that it has or gets.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    pub record: &'a ContactRecord,
    pub id: Uuid,
    /// The contact as it is now, unless it is new.
    pub stored: Option<&'a StoredContact>,
    /// Whether the file says the same as the last time. Then what staff changed meanwhile stays.
    pub is_same: bool,
    pub fingerprint: String,
}

/// The tree as it is to be.
#[derive(Debug)]
pub(super) struct Family<'a> {
    /// Those that are kept.
    pub members: Vec<Member<'a>>,
    /// The place of every member and of all above them.
    pub links: HashMap<Uuid, Link>,
}

impl<'a> Family<'a> {
    /// Finds every place. Members with an unknown parent, or in a loop of parents, are left out with a reason.
    pub(super) async fn settle(
        transaction: &Transaction,
        members: Vec<Member<'a>>,
        stored: &HashMap<String, StoredContact>,
        tally: &mut Tally,
    ) -> ServiceResult<Self> {
        let mut base: HashMap<Uuid, Link> =
            stored.values().map(|contact| (contact.id, contact.link())).collect();
        load_ancestors(transaction, &mut base).await?;
        let mut family = Self { members, links: HashMap::new() };
        // Leaving one out may leave others without their parent, or put it back into a loop.
        loop {
            let orphans = family.place(&base, stored);
            if family
                .leave_out(&orphans, tally, |parent| format!("{} is no contact that is known", quote(parent)))
            {
                continue;
            }
            let looping = family.in_loops();
            let reason =
                |parent: &str| format!("{} leads back to this contact: a loop of parents", quote(parent));
            if !family.leave_out(&looping, tally, reason) {
                return Ok(family);
            }
        }
    }

    /// Works out all places anew; answers the members whose parent is unknown.
    fn place(
        &mut self,
        base: &HashMap<Uuid, Link>,
        stored: &HashMap<String, StoredContact>,
    ) -> HashSet<Uuid> {
        let ids: HashMap<&str, Uuid> =
            self.members.iter().map(|member| (member.record.head.external_id.as_str(), member.id)).collect();
        let mut orphans = HashSet::new();
        self.links.clone_from(base);
        for member in self.members.iter().filter(|member| !member.is_same) {
            let before = member.stored.map(StoredContact::link);
            let parent = match member.record.parent.as_deref() {
                None => before.and_then(|link| link.parent),
                Some("") => None,
                Some(external_id) => {
                    let known = ids.get(external_id).copied();
                    let known = known.or_else(|| stored.get(external_id).map(|contact| contact.id));
                    if known.is_none() {
                        orphans.insert(member.id);
                    }
                    known
                }
            };
            let kind = member.record.kind.or(before.map(|link| link.kind)).unwrap_or(ContactKind::Person);
            self.links.insert(member.id, Link { kind, parent });
        }
        orphans
    }

    /// Every contact that can be reached from itself by going up.
    fn in_loops(&self) -> HashSet<Uuid> {
        let mut done: HashSet<Uuid> = HashSet::new();
        let mut looping = HashSet::new();
        for member in &self.members {
            let mut path: Vec<Uuid> = Vec::new();
            let mut on_path: HashSet<Uuid> = HashSet::new();
            let mut at = Some(member.id);
            while let Some(id) = at.filter(|id| !done.contains(id)) {
                if !on_path.insert(id) {
                    looping.extend(path.iter().copied().skip_while(|other| *other != id));
                    break;
                }
                path.push(id);
                at = self.links.get(&id).and_then(|link| link.parent);
            }
            done.extend(path);
        }
        looping
    }

    /// Leaves out the members that are not as before among some contacts; answers whether there were any.
    fn leave_out(
        &mut self,
        contacts: &HashSet<Uuid>,
        tally: &mut Tally,
        reason: impl Fn(&str) -> String,
    ) -> bool {
        let before = self.members.len();
        self.members.retain(|member| {
            let stays = member.is_same || !contacts.contains(&member.id);
            if !stays {
                let parent = member.record.parent.as_deref().unwrap_or_default();
                tally
                    .fail(FileKind::Contacts, [member.record.head.place.error(Some(PARENT), reason(parent))]);
            }
            stays
        });
        self.members.len() < before
    }
}

/// Adds the places of all contacts above those that are given, a level at a time.
async fn load_ancestors(transaction: &Transaction, links: &mut HashMap<Uuid, Link>) -> ServiceResult<()> {
    loop {
        let missing: HashSet<Uuid> = links
            .values()
            .filter_map(|link| link.parent)
            .filter(|parent| !links.contains_key(parent))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let missing: Vec<Uuid> = missing.into_iter().collect();
        links.extend(lookup::links(transaction, &missing).await?);
    }
}
