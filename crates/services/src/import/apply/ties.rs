//! What documents are tied to: their contact, and a task's or timesheet's project and task.

use std::collections::{BTreeSet, HashMap};

use domain::{documents::DocumentKind, import::RowNote};
use uuid::Uuid;

use super::lookup;
use crate::{
    ServiceResult, Transaction,
    documents::write::Owner,
    import::{
        fingerprint,
        notes::quote,
        read::{DocumentRecord, Publish},
    },
};

/// A project or task that others belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parent {
    pub id: Uuid,
    pub owner: Option<Owner>,
    /// Whether the rules of the export publish it.
    pub is_published: bool,
}

/// What one document is tied to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    pub owner: Option<Owner>,
    pub parent: Option<Uuid>,
    pub is_published: bool,
}

/// Everything that documents can be tied to, by external id.
#[derive(Debug)]
pub(super) struct Ties {
    owners: HashMap<String, Owner>,
    projects: HashMap<String, Parent>,
    tasks: HashMap<String, Parent>,
}

impl Ties {
    pub(super) fn new(owners: HashMap<String, Owner>) -> Self {
        Self { owners, projects: HashMap::new(), tasks: HashMap::new() }
    }

    /// Makes a document known to those that belong to it.
    pub(super) fn remember(&mut self, kind: DocumentKind, external_id: &str, parent: Parent) {
        match kind {
            DocumentKind::Project => self.projects.insert(external_id.to_owned(), parent),
            DocumentKind::Task => self.tasks.insert(external_id.to_owned(), parent),
            _ => None,
        };
    }

    /// Finds the projects and tasks that came with an earlier import.
    pub(super) async fn load_parents(
        &mut self,
        transaction: &Transaction,
        records: &[DocumentRecord],
    ) -> ServiceResult<()> {
        let projects = records.iter().filter_map(|record| record.project.as_deref());
        load(transaction, DocumentKind::Project, projects, &mut self.projects).await?;
        let tasks = records.iter().filter_map(|record| record.task.as_deref());
        load(transaction, DocumentKind::Task, tasks, &mut self.tasks).await
    }

    /// What a document is tied to, or what of it is unknown.
    pub(super) fn of(&self, record: &DocumentRecord) -> Result<Tie, Vec<RowNote>> {
        let mut unknown = Vec::new();
        let own =
            find(record, "partner_id/id", "contact", record.partner.as_deref(), &self.owners, &mut unknown);
        let project =
            find(record, "project_id/id", "project", record.project.as_deref(), &self.projects, &mut unknown);
        let task = find(record, "task_id/id", "task", record.task.as_deref(), &self.tasks, &mut unknown);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        // A timesheet may name its task only.
        let above = project.or(task);
        let owner = own.or(above.and_then(|above| above.owner));
        let is_published = match record.publish {
            Publish::Yes => true,
            Publish::No => false,
            Publish::WithContact => owner.is_some(),
            Publish::WithProject => above.is_some_and(|above| above.is_published),
        };
        Ok(Tie { owner, parent: task.or(project).map(|parent| parent.id), is_published })
    }
}

fn find<T: Copy>(
    record: &DocumentRecord,
    column: &str,
    noun: &str,
    external_id: Option<&str>,
    known: &HashMap<String, T>,
    unknown: &mut Vec<RowNote>,
) -> Option<T> {
    let external_id = external_id?;
    let found = known.get(external_id).copied();
    if found.is_none() {
        let reason = format!("{} is no {noun} that is known", quote(external_id));
        unknown.push(record.head.place.error(Some(column), reason));
    }
    found
}

async fn load(
    transaction: &Transaction,
    kind: DocumentKind,
    wanted: impl Iterator<Item = &str>,
    known: &mut HashMap<String, Parent>,
) -> ServiceResult<()> {
    let wanted: BTreeSet<&str> = wanted.filter(|external_id| !known.contains_key(*external_id)).collect();
    let wanted: Vec<&str> = wanted.into_iter().collect();
    let stored = lookup::documents(transaction, kind, &wanted).await?;
    known.extend(stored.into_iter().map(|(external_id, stored)| {
        let is_published = stored.fingerprint.as_deref().is_some_and(fingerprint::says_published);
        (external_id, Parent { id: stored.id, owner: stored.owner(), is_published })
    }));
    Ok(())
}
