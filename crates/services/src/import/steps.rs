/// Tells how far an import is.
pub(super) struct Steps<'a> {
    done: u32,
    total: u32,
    tell: &'a (dyn Fn(u32, u32) + Send + Sync),
}

impl<'a> Steps<'a> {
    /// None of so many records is done.
    pub(super) fn start(total: u32, tell: &'a (dyn Fn(u32, u32) + Send + Sync)) -> Self {
        tell(0, total);
        Self { done: 0, total, tell }
    }

    /// So many more are done.
    pub(super) fn advance(&mut self, records: usize) {
        self.done = self.done.saturating_add(u32::try_from(records).unwrap_or(u32::MAX)).min(self.total);
        (self.tell)(self.done, self.total);
    }

    /// All are.
    pub(super) fn finish(&mut self) {
        self.done = self.total;
        (self.tell)(self.done, self.total);
    }
}
