use domain::access::{BulkChange, BulkRow, GrantRow, RowRequest};
use leptos::{prelude::*, task::spawn_local};

use super::{api::change_access, bulk_results::to_row};

/// Rows a request: enough to be quick, few enough that the progress moves.
const BATCH: usize = 50;

/// A change of many contacts while it runs in the browser.
#[derive(Clone, Copy, Debug)]
pub(super) struct BulkRun {
    /// Contacts done and contacts in all.
    pub progress: RwSignal<Option<(u64, u64)>>,
    /// What became of each, once all are done.
    pub done: RwSignal<Option<Vec<BulkRow>>>,
    /// Why it stopped early.
    pub problem: RwSignal<Option<String>>,
}

impl BulkRun {
    pub(super) fn new() -> Self {
        Self { progress: RwSignal::new(None), done: RwSignal::new(None), problem: RwSignal::new(None) }
    }

    /// Changes the contacts, some at a time. Asking again while it runs does nothing.
    pub(super) fn start(self, rows: Vec<GrantRow>, change: BulkChange) {
        if self.progress.with_untracked(Option::is_some) {
            return;
        }
        let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        self.progress.set(Some((0, total)));
        self.problem.set(None);
        spawn_local(async move {
            let mut done = Vec::with_capacity(rows.len());
            for batch in rows.chunks(BATCH) {
                let requests = batch.iter().map(|row| request(row, &change)).collect();
                match change_access(requests, change.message.clone()).await {
                    Ok(outcomes) => {
                        let names = batch.iter().map(|row| row.name.clone());
                        done.extend(
                            outcomes.into_iter().zip(names).map(|(outcome, name)| to_row(outcome, name)),
                        );
                    }
                    Err(error) => {
                        let text =
                            format!("{error} What is listed below is done; applying again repeats nothing.");
                        self.problem.set(Some(text));
                        break;
                    }
                }
                self.progress.set(Some((u64::try_from(done.len()).unwrap_or(u64::MAX), total)));
            }
            done.sort_by_key(|row| match row.result {
                domain::access::BulkResult::Refused => 0,
                domain::access::BulkResult::Unchanged => 1,
                domain::access::BulkResult::Changed => 2,
            });
            self.progress.set(None);
            self.done.set(Some(done));
        });
    }
}

fn request(row: &GrantRow, change: &BulkChange) -> RowRequest {
    RowRequest { contact: row.contact, email: row.email.clone(), change: change.change, group: change.group }
}
