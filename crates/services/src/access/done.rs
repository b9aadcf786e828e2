/// What became of one row, before its new state is looked up.
pub(super) enum Done {
    Changed { message: String, can_undo: bool },
    Unchanged(String),
    Refused(String),
}

impl Done {
    pub(super) fn changed(message: impl Into<String>) -> Self {
        Self::Changed { message: message.into(), can_undo: false }
    }

    pub(super) fn unchanged(message: impl Into<String>) -> Self {
        Self::Unchanged(message.into())
    }

    pub(super) fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into())
    }
}
