use serde::Serialize;

use super::Head;
use crate::documents::{lines::NewLine, write::Content};

/// A document as its file has it, not yet tied to others.
#[derive(Clone, Debug, Serialize)]
pub(in crate::import) struct DocumentRecord {
    pub head: Head,
    /// External id of the contact.
    pub partner: Option<String>,
    /// External id of a task's or timesheet's project.
    pub project: Option<String>,
    /// External id of a timesheet's task.
    pub task: Option<String>,
    /// Whether customers are shown it.
    pub publish: Publish,
    pub content: Content,
    /// `None` where the file has no columns of lines.
    pub lines: Option<Vec<NewLine>>,
}

/// The rules by which an export is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(in crate::import) enum Publish {
    /// Published.
    Yes,
    /// Not published.
    No,
    /// Published if it is somebody's.
    WithContact,
    /// As its project is.
    WithProject,
}

impl From<bool> for Publish {
    fn from(is_published: bool) -> Self {
        if is_published { Self::Yes } else { Self::No }
    }
}

/// The first of some texts that says anything.
pub(super) fn first_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let said = texts.into_iter().filter_map(|text| text.lines().map(str::trim).find(|line| !line.is_empty()));
    said.map(ToOwned::to_owned).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_line_that_says_anything() {
        assert_eq!(first_of(["", " \n", "\n a \nb", "c"]), "a");
    }
}
