//! What the dialog *Grant portal access* knows while it is open.

use std::{collections::HashMap, time::Duration};

use domain::{
    access::{EmailState, GrantRow, GroupChoice, PortalState, RowChange, RowOutcome, RowRequest},
    ids::{ContactId, GroupId},
};
use leptos::{prelude::*, task::spawn_local};

use super::api::{change_access, check_emails, list_grant_rows, list_group_choices};
use crate::ui::Tone;

/// How long after a key an email is judged.
const PAUSE: Duration = Duration::from_millis(250);
/// Rows a request: enough to be quick, few enough that the progress moves.
const BATCH: usize = 25;

/// A sentence below a row's buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub tone: Tone,
    pub text: String,
    pub can_undo: bool,
}

/// One contact in the dialog.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowState {
    pub contact: ContactId,
    pub row: RwSignal<GrantRow>,
    pub email: RwSignal<String>,
    pub email_state: RwSignal<EmailState>,
    pub in_portal: RwSignal<bool>,
    pub answer: RwSignal<Option<Answer>>,
    pub is_busy: RwSignal<bool>,
}

impl RowState {
    fn new(row: GrantRow) -> Self {
        Self {
            contact: row.contact,
            email: RwSignal::new(row.email.clone()),
            email_state: RwSignal::new(row.email_state.clone()),
            in_portal: RwSignal::new(row.state.is_in_portal()),
            answer: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            row: RwSignal::new(row),
        }
    }

    pub(super) fn state(&self) -> PortalState {
        self.row.with(|row| row.state)
    }

    fn request(&self, change: RowChange, group: Option<GroupId>) -> RowRequest {
        RowRequest { contact: self.contact, email: self.email.get_untracked(), change, group }
    }

    fn show(&self, outcome: RowOutcome) {
        match outcome {
            RowOutcome::Done { row, message, can_undo, .. } => {
                self.email.set(row.email.clone());
                self.email_state.set(row.email_state.clone());
                self.in_portal.set(row.state.is_in_portal());
                self.answer.set(Some(Answer { tone: Tone::Good, text: message, can_undo }));
                self.row.set(row);
            }
            RowOutcome::Refused { reason, .. } => {
                self.in_portal.set(self.row.with_untracked(|row| row.state.is_in_portal()));
                self.answer.set(Some(Answer { tone: Tone::Bad, text: reason, can_undo: false }));
            }
        }
    }
}

/// The dialog.
#[derive(Clone, Copy, Debug)]
pub(super) struct DialogState {
    pub is_open: RwSignal<bool>,
    pub rows: RwSignal<Vec<RowState>>,
    pub is_loading: RwSignal<bool>,
    pub problem: RwSignal<Option<String>>,
    pub message: RwSignal<String>,
    /// The permission groups to choose from.
    pub groups: RwSignal<Vec<GroupChoice>>,
    /// Key of the chosen one, or empty for the one that fits each contact.
    pub group: RwSignal<String>,
    /// Rows done and rows in all, while *Apply* works.
    pub progress: RwSignal<Option<(u64, u64)>>,
    /// What *Apply* did, beside it.
    pub summary: RwSignal<Option<String>>,
    pending_check: StoredValue<Option<TimeoutHandle>>,
}

impl DialogState {
    pub(super) fn new() -> Self {
        let pending_check = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(Some(pending)) = pending_check.try_get_value() {
                pending.clear();
            }
        });
        Self {
            is_open: RwSignal::new(false),
            rows: RwSignal::new(Vec::new()),
            is_loading: RwSignal::new(false),
            problem: RwSignal::new(None),
            message: RwSignal::new(String::new()),
            groups: RwSignal::new(Vec::new()),
            group: RwSignal::new(String::new()),
            progress: RwSignal::new(None),
            pending_check,
            summary: RwSignal::new(None),
        }
    }

    /// Opens the dialog on some contacts.
    pub(super) fn open(self, contacts: Vec<ContactId>) {
        self.rows.set(Vec::new());
        self.problem.set(None);
        self.summary.set(None);
        self.is_loading.set(true);
        self.is_open.set(true);
        if self.groups.with_untracked(Vec::is_empty) {
            spawn_local(async move {
                if let Ok(groups) = list_group_choices().await {
                    self.groups.set(groups);
                }
            });
        }
        spawn_local(async move {
            match list_grant_rows(contacts).await {
                Ok(table) => self.rows.set(table.rows.into_iter().map(RowState::new).collect()),
                Err(error) => self.problem.set(Some(error.to_string())),
            }
            self.is_loading.set(false);
        });
    }

    /// Judges an email after a pause in typing, and those that it now repeats or no longer does.
    pub(super) fn email_typed(self, row: RowState) {
        row.answer.set(None);
        if let Some(pending) = self.pending_check.get_value() {
            pending.clear();
        }
        let check = move || self.check(row);
        self.pending_check.set_value(set_timeout_with_handle(check, PAUSE).ok());
    }

    fn check(self, edited: RowState) {
        let key = |row: &RowState| row.email.get_untracked().trim().to_lowercase();
        let typed = key(&edited);
        let rows: Vec<RowState> = self.rows.with_untracked(|rows| {
            let concerned = |row: &&RowState| {
                row.contact == edited.contact
                    || row.email_state.with_untracked(|state| *state == EmailState::Repeated)
                    || (!row.row.with_untracked(|row| row.state.is_in_portal()) && key(row) == typed)
            };
            rows.iter().filter(concerned).copied().collect()
        });
        let asked: Vec<(ContactId, String)> =
            rows.iter().map(|row| (row.contact, row.email.get_untracked())).collect();
        spawn_local(async move {
            let Ok(states) = check_emails(asked.clone()).await else { return };
            for ((row, (_, asked)), state) in rows.into_iter().zip(asked).zip(states) {
                // What was typed meanwhile is judged by its own request.
                if row.email.get_untracked() == asked {
                    row.email_state.set(state);
                }
            }
        });
    }

    fn chosen_group(self) -> Option<GroupId> {
        self.group.with_untracked(|group| group.parse().ok())
    }

    /// Changes one row at once.
    pub(super) fn change(self, row: RowState, change: RowChange) {
        if row.is_busy.get_untracked() {
            return;
        }
        row.is_busy.set(true);
        let message = self.message.get_untracked();
        spawn_local(async move {
            match change_access(vec![row.request(change, self.chosen_group())], message).await {
                Ok(outcomes) => outcomes.into_iter().for_each(|outcome| row.show(outcome)),
                Err(error) => {
                    row.answer.set(Some(Answer {
                        tone: Tone::Bad,
                        text: error.to_string(),
                        can_undo: false,
                    }));
                }
            }
            row.is_busy.set(false);
        });
    }

    /// Brings every row to what its tick says.
    pub(super) fn apply(self) {
        if self.progress.with_untracked(Option::is_some) {
            return;
        }
        let changed: Vec<(RowState, RowChange)> = self.rows.with_untracked(|rows| {
            rows.iter()
                .filter_map(|row| {
                    let is_in = row.row.with_untracked(|row| row.state.is_in_portal());
                    match (is_in, row.in_portal.get_untracked()) {
                        (false, true) => Some((*row, RowChange::Grant)),
                        (true, false) => Some((*row, RowChange::Revoke)),
                        _ => None,
                    }
                })
                .collect()
        });
        if changed.is_empty() {
            self.summary.set(Some("Nothing to apply: tick or untick In Portal first.".to_owned()));
            return;
        }
        let total = u64::try_from(changed.len()).unwrap_or(u64::MAX);
        self.problem.set(None);
        self.summary.set(None);
        self.progress.set(Some((0, total)));
        let (message, group) = (self.message.get_untracked(), self.chosen_group());
        spawn_local(async move {
            let (mut done, mut refused) = (0_u64, 0_u64);
            for batch in changed.chunks(BATCH) {
                let requests = batch.iter().map(|(row, change)| row.request(*change, group)).collect();
                let outcomes = match change_access(requests, message.clone()).await {
                    Ok(outcomes) => outcomes,
                    Err(error) => {
                        self.problem.set(Some(error.to_string()));
                        break;
                    }
                };
                let rows: HashMap<ContactId, RowState> =
                    batch.iter().map(|(row, _)| (row.contact, *row)).collect();
                for outcome in outcomes {
                    let contact = match &outcome {
                        RowOutcome::Done { row, .. } => row.contact,
                        RowOutcome::Refused { contact, .. } => *contact,
                    };
                    match outcome {
                        RowOutcome::Done { .. } => done += 1,
                        RowOutcome::Refused { .. } => refused += 1,
                    }
                    if let Some(row) = rows.get(&contact) {
                        row.show(outcome);
                    }
                }
                self.progress.set(Some((done + refused, total)));
            }
            self.progress.set(None);
            self.summary.set(match (done, refused) {
                (0, 0) => None,
                (done, 0) => Some(format!("{done} changed.")),
                (done, refused) => Some(format!("{done} changed, {refused} refused: each row says why.")),
            });
        });
    }
}
