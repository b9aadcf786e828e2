use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

/// The import that this process runs, if it does, and how far it is.
///
/// It is kept here because the import's own transaction holds SQLite's only write lock: nobody could write
/// to the run's row meanwhile, and what the transaction wrote nobody could read.
#[derive(Debug, Default)]
pub(crate) struct RunningImport(Mutex<Option<Progress>>);

#[derive(Clone, Copy, Debug)]
struct Progress {
    run: Uuid,
    done: u32,
    of: u32,
}

/// Holds the one place for a running import; dropping it makes room for the next.
#[derive(Debug)]
pub(super) struct Slot {
    running: Arc<RunningImport>,
    run: Uuid,
}

impl RunningImport {
    /// Takes the one place; `None` while another import runs.
    pub(super) fn start(self: &Arc<Self>, run: Uuid) -> Option<Slot> {
        let mut progress = self.lock();
        if progress.is_some() {
            return None;
        }
        *progress = Some(Progress { run, done: 0, of: 0 });
        Some(Slot { running: Arc::clone(self), run })
    }

    /// Records done, and in all, of a run that this process is at.
    pub(super) fn progress(&self, run: Uuid) -> Option<(u32, u32)> {
        self.lock().filter(|progress| progress.run == run).map(|progress| (progress.done, progress.of))
    }

    /// The run that this process is at.
    pub(super) fn run(&self) -> Option<Uuid> {
        self.lock().map(|progress| progress.run)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Progress>> {
        // Nothing can be half-written in it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// How far it is.
    pub(super) fn tell(&self, done: u32, of: u32) {
        *self.running.lock() = Some(Progress { run: self.run, done, of });
    }

    /// Records done, and in all.
    pub(super) fn progress(&self) -> (u32, u32) {
        self.running.progress(self.run).unwrap_or_default()
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *self.running.lock() = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_runs_at_a_time() {
        let running = Arc::new(RunningImport::default());
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let slot = running.start(first).expect("room");
        assert!(running.start(second).is_none());
        slot.tell(3, 9);
        assert_eq!(running.progress(first), Some((3, 9)));
        assert_eq!(running.progress(second), None);
        drop(slot);
        assert!(running.start(second).is_some());
    }
}
