//! A document's lines.

use domain::documents::{DocumentLine, display_percent, display_quantity};
use leptos::prelude::*;

use crate::ui::{Cell, CellKind, Column, Money, Row, Table};

/// What a document is made of: what, how much of it, at which price.
#[component]
pub(super) fn Lines(lines: Vec<DocumentLine>) -> impl IntoView {
    let is_discounted = lines.iter().any(|line| line.discount != 0);
    let mut columns = vec![Column::new("Description"), Column::end("Quantity"), Column::end("Unit price")];
    if is_discounted {
        columns.push(Column::end("Discount"));
    }
    columns.push(Column::end("Amount"));
    let span = u32::try_from(columns.len()).unwrap_or(1);
    let rows = lines
        .into_iter()
        .map(|line| if is_remark(&line) { remark(line, span) } else { item(line, is_discounted) })
        .collect_view();
    view! { <Table label="Lines" columns=columns class="doc-lines">{rows}</Table> }.into_any()
}

/// A line that says something and costs nothing, as a section or a note does.
fn is_remark(line: &DocumentLine) -> bool {
    line.quantity == 0 && line.unit_price.minor == 0 && line.subtotal.minor == 0
}

fn remark(line: DocumentLine, span: u32) -> AnyView {
    view! {
        <Row class="note".to_owned()>
            <Cell span=span class="doc-line">{line.description}</Cell>
        </Row>
    }
    .into_any()
}

fn item(line: DocumentLine, is_discounted: bool) -> AnyView {
    let description = line.description.trim().to_owned();
    let (first, rest) = description.split_once('\n').unwrap_or((&description, ""));
    let (first, rest) = (first.trim().to_owned(), rest.trim().to_owned());
    let discount = is_discounted.then(|| {
        let discount = (line.discount != 0).then(|| display_percent(line.discount));
        view! { <Cell kind=CellKind::Figure label="Discount">{discount}</Cell> }
    });
    view! {
        <Row>
            <Cell kind=CellKind::Title class="doc-line">
                {first}
                {(!rest.is_empty()).then(|| view! { <span class="sub">{rest}</span> })}
            </Cell>
            <Cell kind=CellKind::Figure label="Quantity">{display_quantity(line.quantity)}</Cell>
            <Cell kind=CellKind::Figure label="Unit price">
                <Money amount=line.unit_price />
            </Cell>
            {discount}
            <Cell kind=CellKind::Figure label="Amount">
                <Money amount=line.subtotal />
            </Cell>
        </Row>
    }
    .into_any()
}
