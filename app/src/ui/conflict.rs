//! Two people changed one thing.

use leptos::prelude::*;

use super::{Alert, Cell, CellKind, Column, Row, Table, Tone};

/// What somebody else saved and what was typed here, field by field; nothing was saved yet.
#[component]
pub fn Conflict(
    /// The fields that differ: name, what is saved, what was typed.
    differences: Vec<(String, String, String)>,
) -> impl IntoView {
    let columns = ["Field", "Saved now", "Typed by you"].map(Column::new).to_vec();
    let rows = differences
        .into_iter()
        .map(|(field, theirs, mine)| {
            view! {
                <Row>
                    <Cell kind=CellKind::Title>{field}</Cell>
                    <Cell label="Saved now">{theirs}</Cell>
                    <Cell label="Typed by you">{mine}</Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <Alert tone=Tone::Bad title="Somebody else changed this meanwhile.">
            "Nothing of yours was saved yet. Change the fields below to what they should be and save again, or \
             discard to keep what is saved now."
        </Alert>
        <Table label="What differs" columns=columns>
            {rows}
        </Table>
    }
    .into_any()
}
