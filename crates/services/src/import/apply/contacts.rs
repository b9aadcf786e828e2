//! Contacts: found by their external ids, made or changed, and the people below those that moved.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::contacts::ContactKind;
use entities::{contact, membership};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    family::{Family, Member},
    lookup::{self, StoredContact},
};
use crate::{
    Cx, ServiceResult, Transaction,
    access::end_memberships_of_contact,
    contacts::commercial_entity::{self, Entities, Link},
    documents::write::Owner,
    ids,
    import::{file_kind::FileKind, fingerprint, notes::Tally, read::ContactRecord, steps::Steps},
};

/// Rows a statement: SQLite binds at most 32,766 values, and a contact has 30.
const ROWS: usize = 500;

/// Writes the contacts. Answers whom documents can be for, by external id: these contacts and the partners
/// that are here already.
pub(super) async fn apply<'p>(
    cx: &Cx,
    transaction: &Transaction,
    records: &'p [ContactRecord],
    partners: impl Iterator<Item = &'p str>,
    tally: &mut Tally,
    steps: &mut Steps<'_>,
) -> ServiceResult<HashMap<String, Owner>> {
    let own = records.iter().map(|record| record.head.external_id.as_str());
    let parents = records.iter().filter_map(|record| record.parent.as_deref()).filter(|id| !id.is_empty());
    let wanted: BTreeSet<&str> = own.chain(parents).chain(partners).collect();
    let wanted: Vec<&str> = wanted.into_iter().collect();
    let stored = lookup::contacts(transaction, &wanted).await?;
    let members = members(cx, records, &stored)?;
    let family = Family::settle(transaction, members, &stored, tally).await?;
    write(cx, transaction, &family, tally, steps).await?;
    let mut entities = Entities::of(&family.links);
    let mut owners: HashMap<String, Owner> = stored
        .iter()
        .map(|(id, contact)| (id.clone(), Owner { contact: contact.id, entity: entities.entity(contact.id) }))
        .collect();
    owners.extend(family.members.iter().map(|member| {
        let owner = Owner { contact: member.id, entity: entities.entity(member.id) };
        (member.record.head.external_id.clone(), owner)
    }));
    Ok(owners)
}

fn members<'a>(
    cx: &Cx,
    records: &'a [ContactRecord],
    stored: &'a HashMap<String, StoredContact>,
) -> ServiceResult<Vec<Member<'a>>> {
    let now = cx.now();
    let member = |record: &'a ContactRecord| {
        let stored = stored.get(&record.head.external_id);
        let fingerprint = fingerprint::of_contact(record)?;
        Ok(Member {
            record,
            id: stored.map_or_else(|| ids::mint(now), |contact| contact.id),
            stored,
            is_same: stored.is_some_and(|contact| contact.fingerprint.as_ref() == Some(&fingerprint)),
            fingerprint,
        })
    };
    records.iter().map(member).collect()
}

async fn write(
    cx: &Cx,
    transaction: &Transaction,
    family: &Family<'_>,
    tally: &mut Tally,
    steps: &mut Steps<'_>,
) -> ServiceResult<()> {
    let mut entities = Entities::of(&family.links);
    let (same, differing): (Vec<_>, Vec<_>) = family.members.iter().partition(|member| member.is_same);
    let count = tally.of(FileKind::Contacts);
    count.unchanged += size(same.len());
    steps.advance(same.len());
    let known: Vec<Uuid> =
        differing.iter().filter_map(|member| member.stored).map(|stored| stored.id).collect();
    let mut before = lookup::whole_contacts(transaction, &known, true).await?;
    let (mut new, mut changed, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for member in differing {
        let entity = entities.entity(member.id);
        let link = family.links.get(&member.id).copied();
        let link = link.unwrap_or(Link { kind: ContactKind::Person, parent: None });
        match before.remove(&member.id) {
            None => {
                count.created += 1;
                new.push(written_over(blank(cx, member), member, link, entity));
            }
            Some(before) => {
                let mut after = written_over(before.clone(), member, link, entity);
                if is_same_but_for_fingerprint(&before, &after) {
                    count.unchanged += 1;
                } else {
                    count.changed += 1;
                    after.version += 1;
                    after.updated_at = cx.now().millis();
                }
                if before.entity_id != after.entity_id || before.kind != after.kind {
                    moved.push((before, after.clone()));
                }
                changed.push(after);
            }
        }
    }
    parents_first(&mut new, &family.links);
    upsert(transaction, new, steps).await?;
    upsert(transaction, changed, steps).await?;
    end_access(cx, transaction, moved).await
}

/// A contact of which nothing is known yet.
fn blank(cx: &Cx, member: &Member<'_>) -> contact::Model {
    let now = cx.now().millis();
    let nothing = String::new;
    contact::Model {
        id: member.id,
        kind: nothing(),
        parent_id: None,
        entity_id: member.id,
        name: nothing(),
        name_key: nothing(),
        email: nothing(),
        email_key: None,
        phone: nothing(),
        street: nothing(),
        street2: nothing(),
        zip: nothing(),
        city: nothing(),
        state_code: nothing(),
        country_code: nothing(),
        vat: nothing(),
        reference: nothing(),
        lang: nothing(),
        time_zone: nothing(),
        website: nothing(),
        comment: nothing(),
        tags: nothing(),
        search: nothing(),
        external_id: Some(member.record.head.external_id.clone()),
        fingerprint: None,
        archived_at: None,
        link_generation: 0,
        link_is_off: false,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn written_over(mut row: contact::Model, member: &Member<'_>, link: Link, entity: Uuid) -> contact::Model {
    member.record.write_over(&mut row);
    row.kind = link.kind.code().to_owned();
    row.parent_id = link.parent;
    row.entity_id = entity;
    row.fingerprint = Some(member.fingerprint.clone());
    row
}

fn is_same_but_for_fingerprint(before: &contact::Model, after: &contact::Model) -> bool {
    contact::Model { fingerprint: None, ..before.clone() }
        == contact::Model { fingerprint: None, ..after.clone() }
}

/// Sorts contacts so that a statement never names a parent that only a later one makes.
fn parents_first(rows: &mut [contact::Model], links: &HashMap<Uuid, Link>) {
    let mut depths: HashMap<Uuid, usize> = HashMap::new();
    for row in rows.iter() {
        let mut path = Vec::new();
        let mut at = Some(row.id);
        while let Some(id) = at.filter(|id| !depths.contains_key(id)) {
            path.push(id);
            at = links.get(&id).and_then(|link| link.parent);
        }
        let depth = at.and_then(|id| depths.get(&id)).map_or(0, |above| above + 1);
        depths.extend(path.into_iter().rev().zip(depth..));
    }
    rows.sort_by_key(|row| depths.get(&row.id).copied().unwrap_or_default());
}

async fn upsert(
    transaction: &Transaction,
    rows: Vec<contact::Model>,
    steps: &mut Steps<'_>,
) -> ServiceResult<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(ROWS).map(IntoActiveModel::into_active_model).collect();
        let number = chunk.len();
        // By their keys they were found: these stay, so that rows which refer to them, such as payments, need not wait.
        let is_kept =
            |column: &contact::Column| matches!(column, contact::Column::Id | contact::Column::ExternalId);
        let over = OnConflict::column(contact::Column::Id)
            .update_columns(contact::Column::iter().filter(|column| !is_kept(column)))
            .to_owned();
        contact::Entity::insert_many(chunk).on_conflict(over).exec_without_returning(transaction).await?;
        steps.advance(number);
    }
    Ok(())
}

/// A contact that moves to another company loses its access, and so do the people below it. A company that
/// turns person moves nowhere itself, but leaves the people below it without their company.
async fn end_access(
    cx: &Cx,
    transaction: &Transaction,
    moved: Vec<(contact::Model, contact::Model)>,
) -> ServiceResult<()> {
    let (before, after): (Vec<_>, Vec<_>) = moved.into_iter().unzip();
    let mut leaving = commercial_entity::pass_down(transaction, &after).await?;
    let own = before.into_iter().zip(&after).filter(|(before, after)| before.entity_id != after.entity_id);
    leaving.extend(own.map(|(before, _)| before));
    let mut with_access: HashSet<Uuid> = HashSet::new();
    for some in leaving.chunks(ROWS) {
        let found: Vec<Uuid> = membership::Entity::find()
            .select_only()
            .column(membership::Column::ContactId)
            .filter(membership::Column::ContactId.is_in(some.iter().map(|contact| contact.id)))
            .filter(membership::Column::State.ne("ended"))
            .into_tuple()
            .all(transaction)
            .await?;
        with_access.extend(found);
    }
    for contact in leaving.iter().filter(|contact| with_access.contains(&contact.id)) {
        end_memberships_of_contact(cx, transaction, contact, "access.ended_by_move").await?;
    }
    Ok(())
}

fn size(records: usize) -> u32 {
    u32::try_from(records).unwrap_or(u32::MAX)
}
