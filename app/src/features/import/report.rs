//! What a run did, or would do.

use domain::import::{ImportReport, KindCount, RowNote, Severity};
use leptos::prelude::*;

use crate::ui::{Alert, Badge, Cell, CellKind, Column, Panel, Row, Table, Tone};

/// How many notes are shown.
const MOST_NOTES: usize = 500;

/// A run that stopped.
#[component]
pub(super) fn Stopped(reason: String) -> impl IntoView {
    view! {
        <Alert tone=Tone::Bad title="The import stopped, and nothing was changed">
            {reason}
        </Alert>
    }
    .into_any()
}

/// A run that ended: in a sentence, in numbers, and row by row where something is odd.
#[component]
pub(super) fn Report(report: ImportReport) -> impl IntoView {
    view! {
        <div class="import-report">
            <Outcome report=report.clone() />
            <Counts counts=report.counts is_dry=report.dry_run />
            <Notes notes=report.notes />
        </div>
    }
    .into_any()
}

#[component]
fn Outcome(report: ImportReport) -> impl IntoView {
    let read = report.total(|count| count.read);
    let failed = report.total(|count| count.failed);
    let warnings = report.notes_of(Severity::Warning);
    let (new, changed) = (report.total(|count| count.created), report.total(|count| count.changed));
    let same = report.total(|count| count.unchanged);
    let tone = if failed > 0 { Tone::Warn } else { Tone::Good };
    let title = match (report.dry_run, failed) {
        (true, 0) => format!("The files can be imported: {}", records(read)),
        (true, _) => format!("{} of {} would be left out", failed, records(read)),
        (false, 0) => format!("The import is done: {new} new, {changed} changed, {same} as before"),
        (false, _) => format!("The import is done, but {} of {} were left out", failed, records(read)),
    };
    let text = match (report.dry_run, failed, warnings) {
        (true, 0, _) => "Nothing was changed yet. To import them, choose Start import with the same files.",
        (true, _, _) => {
            "Nothing was changed yet. Mend the rows below, or choose Start import with the same files: rows with errors are \
             left out, all others are imported."
        }
        (false, 0, 0) => "No record was left out.",
        (false, 0, _) => "No record was left out; the rows below are worth a look.",
        (false, _, _) => {
            "Mend the rows below and import the file again: what is there already stays as it is."
        }
    };
    view! {
        <Alert tone=tone title=title>
            {text}
        </Alert>
    }
    .into_any()
}

fn records(count: u32) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

#[component]
fn Counts(counts: Vec<KindCount>, is_dry: bool) -> impl IntoView {
    let title = if is_dry { "What would happen" } else { "What happened" };
    let figures = ["Read", "New", "Changed", "Unchanged", "Left out"].map(Column::end);
    let columns: Vec<Column> = std::iter::once(Column::new("Records")).chain(figures).collect();
    let rows = counts
        .into_iter()
        .map(|KindCount { name, read, created, changed, unchanged, failed }| {
            view! {
                <Row>
                    <Cell kind=CellKind::Title>{capitalized(&name)}</Cell>
                    {figure("Read", read)}
                    {figure("New", created)}
                    {figure("Changed", changed)}
                    {figure("Unchanged", unchanged)}
                    {figure("Left out", failed)}
                </Row>
            }
        })
        .collect_view();
    view! {
        <Panel title=title id="counts" flush=true>
            <Table label=title columns=columns class="import-counts">
                {rows}
            </Table>
        </Panel>
    }
    .into_any()
}

fn figure(label: &'static str, count: u32) -> impl IntoView {
    let class = if count == 0 { "zero" } else { "" };
    view! {
        <Cell kind=CellKind::Figure label=label class=class>
            {count}
        </Cell>
    }
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[component]
fn Notes(notes: Vec<RowNote>) -> impl IntoView {
    if notes.is_empty() {
        return ().into_any();
    }
    let more = notes.len().saturating_sub(MOST_NOTES);
    let columns = ["Result", "File", "Line", "Column", "Reason"].map(Column::new).to_vec();
    let rows = notes.into_iter().take(MOST_NOTES).map(note).collect_view();
    view! {
        <Panel title="Rows worth a look" id="notes" flush=true>
            <Table label="Rows worth a look" columns=columns class="import-problems">
                {rows}
            </Table>
            {(more > 0).then(|| view! { <p class="import-more">{format!("… and {more} more.")}</p> })}
        </Panel>
    }
    .into_any()
}

fn note(RowNote { severity, file, line, column, reason }: RowNote) -> impl IntoView {
    let (tone, text) = match severity {
        Severity::Error => (Tone::Bad, "Left out"),
        Severity::Warning => (Tone::Warn, "Kept"),
    };
    view! {
        <Row>
            <Cell class="state">
                <Badge tone=tone text=text />
            </Cell>
            <Cell kind=CellKind::Title>{file}</Cell>
            <Cell label="Line">{line}</Cell>
            <Cell label="Column">{column}</Cell>
            <Cell class="import-what">{reason}</Cell>
        </Row>
    }
}
