//! The latest runs.

use domain::import::{ImportRun, ImportSummary};
use leptos::prelude::*;

use crate::ui::{Badge, Cell, CellKind, Column, EmptyState, Glyph, Panel, Row, Table, Tone};

/// The latest runs, each with what it did.
pub(super) fn runs_panel(runs: Vec<ImportRun>) -> AnyView {
    view! {
        <div data-live="runs">
            <Panel title="Latest runs" id="runs" flush=true>
                {table(runs)}
            </Panel>
        </div>
    }
    .into_any()
}

fn table(runs: Vec<ImportRun>) -> AnyView {
    if runs.is_empty() {
        return view! {
            <EmptyState
                title="Nothing was imported yet"
                text="Each check and each import is listed here, with who started it."
                glyph=Glyph::Upload
            />
        }
        .into_any();
    }
    let columns = ["Started", "What", "By", "State", "Outcome"].map(Column::new).to_vec();
    let rows = runs.into_iter().map(run).collect_view();
    view! { <Table label="Latest runs" columns=columns>{rows}</Table> }.into_any()
}

fn run(ImportRun { id, dry_run, started_by, started_at, summary }: ImportRun) -> impl IntoView {
    let (tone, state, outcome) = match summary {
        ImportSummary::Running { of: 0, .. } => (Tone::Info, "Running", "Reading the files".to_owned()),
        ImportSummary::Running { done, of } => (Tone::Info, "Running", format!("{done} of {of}")),
        ImportSummary::Finished { created, changed, unchanged, failed } => {
            let state = if failed > 0 { Tone::Warn } else { Tone::Good };
            (
                state,
                "Done",
                format!("{created} new, {changed} changed, {unchanged} as before, {failed} left out"),
            )
        }
        // Why, is told on the run's own page.
        ImportSummary::Failed(_) => (Tone::Bad, "Stopped", "Nothing was changed".to_owned()),
    };
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <a href=format!("/staff/import?run={id}")>{started_at.display_exact()}</a>
            </Cell>
            <Cell label="What">{if dry_run { "Check" } else { "Import" }}</Cell>
            <Cell label="By">{started_by}</Cell>
            <Cell class="state" label="State">
                <Badge tone=tone text=state />
            </Cell>
            <Cell label="Outcome">{outcome}</Cell>
        </Row>
    }
}
