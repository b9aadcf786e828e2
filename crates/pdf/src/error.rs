use typst::{WorldExt, diag::SourceDiagnostic};

use crate::desk::Desk;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PrintError(pub(crate) String);

impl PrintError {
    /// What typst found, each with the template's file and line.
    pub(crate) fn of(desk: &Desk<'_>, found: &[SourceDiagnostic]) -> Self {
        let told: Vec<String> = found.iter().map(|found| tell(desk, found)).collect();
        Self(told.join("; "))
    }
}

fn tell(desk: &Desk<'_>, found: &SourceDiagnostic) -> String {
    let hints: String = found.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
    format!("{}{}{hints}", place(desk, found).unwrap_or_default(), found.message)
}

/// `paper.typ:12: `, where the fault has a place.
fn place(desk: &Desk<'_>, found: &SourceDiagnostic) -> Option<String> {
    use typst::World;

    let file = found.span.id()?;
    let start = desk.range(found.span)?.start;
    let line = desk.source(file).ok()?.lines().byte_to_line(start)?;
    Some(format!("{}:{}: ", file.get().vpath().get_without_slash(), line + 1))
}
