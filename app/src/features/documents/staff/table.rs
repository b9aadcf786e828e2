//! The documents of a page of the list.

use domain::{
    documents::{DocumentRow, StaffDocumentRow},
    instant::display_date,
};
use leptos::prelude::*;

use super::{
    super::{figures::signed, name_of, state_badge::StateBadge},
    LIST,
    exposure::ExposureBadge,
};
use crate::ui::{Button, Cell, CellKind, CheckboxField, Column, Money, Row, Table};

/// The documents, to be ticked and published; the form posts to the address of the page that is shown.
pub(super) fn table(rows: Vec<StaffDocumentRow>, query: &str) -> impl IntoView + use<> {
    let columns = vec![
        Column::tick("Choose"),
        Column::new("Document"),
        Column::new("Customer"),
        Column::new("Date"),
        Column::new("Status"),
        Column::end("Total"),
        Column::new("Customers"),
    ];
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <form method="post" action=format!("{LIST}{query}")>
            <Table label="Documents" columns=columns class="staff-doc-list">
                {rows}
            </Table>
            <div class="bulk-bar">
                <span class="bulk-count"></span>
                <Button submit=true name="do" value="publish">
                    "Publish"
                </Button>
                <Button submit=true name="do" value="unpublish">
                    "Unpublish"
                </Button>
            </div>
        </form>
    }
}

fn row(StaffDocumentRow { row, exposure }: StaffDocumentRow) -> impl IntoView {
    let id = row.id;
    let name = name_of(&row);
    let choose = format!("Choose {} {name}", row.noun);
    let below = below_name(&row, &name);
    let (customer, date) = (row.contact.clone(), row.dated.map(display_date));
    let viewed = exposure.first_viewed.clone().map(|when| {
        let by = exposure.first_viewed_by.as_ref().map(|by| format!("{by}, ")).unwrap_or_default();
        view! { <span class="sub">{format!("First viewed by {by}{when}")}</span> }
    });
    let total = row.total.map(|total| signed(total, row.is_credit));
    let total = total.map(|total| view! { <Money amount=total /> });
    view! {
        <Row>
            <Cell kind=CellKind::Tick>
                <CheckboxField
                    label=choose
                    label_hidden=true
                    name="document"
                    id=format!("tick-{id}")
                    value=id.to_string()
                />
            </Cell>
            <Cell kind=CellKind::Title>
                <a href=format!("{LIST}/{id}")>{name}</a>
                <span class="sub">{below}</span>
            </Cell>
            <Cell label="Customer">{customer}</Cell>
            <Cell label="Date">{date}</Cell>
            <Cell class="state" label="Status">
                <StateBadge row=row />
            </Cell>
            <Cell kind=CellKind::Figure label="Total">
                {total}
            </Cell>
            <Cell label="Customers">
                <span>
                    <ExposureBadge exposure=exposure />
                    {viewed}
                </span>
            </Cell>
        </Row>
    }
}

/// What it is, and what about.
fn below_name(row: &DocumentRow, name: &str) -> String {
    let title = Some(row.title.trim()).filter(|title| !title.is_empty() && *title != name);
    std::iter::once(row.noun.as_str()).chain(title).collect::<Vec<_>>().join(" · ")
}
