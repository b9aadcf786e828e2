//! Tables that become cards on narrow screens.
//!
//! There each row is a card and each cell shows its column's name before its value. The roles are written out
//! because browsers forget those of tables that are displayed otherwise.

use leptos::prelude::*;

/// A table's column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    title: String,
    class: &'static str,
}

impl Column {
    /// A column of texts.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), class: "" }
    }

    /// A column of figures, aligned at their end.
    #[must_use]
    pub fn end(title: impl Into<String>) -> Self {
        Self { title: title.into(), class: "end" }
    }

    /// A column whose title is only read out, such as one of buttons.
    #[must_use]
    pub fn quiet(title: impl Into<String>) -> Self {
        Self { title: title.into(), class: "quiet" }
    }
}

/// A table with a name, columns and [`Row`]s.
#[component]
pub fn Table(
    /// Its name, read out.
    #[prop(into)]
    label: String,
    /// The columns.
    columns: Vec<Column>,
    /// Class names beside `table`, such as `contact-list`.
    #[prop(into, optional)]
    class: String,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let columns = columns
        .into_iter()
        .map(|Column { title, class }| {
            let title = match class {
                "quiet" => view! { <span class="visually-hidden">{title}</span> }.into_any(),
                _ => title.into_any(),
            };
            view! { <th role="columnheader" scope="col" class=class>{title}</th> }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class=format!("table {class}") role="table" aria-label=label>
                <thead role="rowgroup">
                    <tr role="row">{columns}</tr>
                </thead>
                <tbody role="rowgroup">{children()}</tbody>
            </table>
        </div>
    }
}

/// A table's row of [`Cell`]s.
#[component]
pub fn Row(
    /// Class names, such as `overdue`.
    #[prop(into, optional)]
    class: Signal<String>,
    /// The cells.
    children: Children,
) -> impl IntoView {
    view! {
        <tr role="row" class=move || class.get()>
            {children()}
        </tr>
    }
}

/// A table's cell.
#[component]
pub fn Cell(
    /// The column's title, shown before the value on narrow screens; leave it out for tick boxes, buttons and the
    /// value that names the row.
    #[prop(into, optional)]
    label: Option<String>,
    /// Holds a figure.
    #[prop(optional)]
    end: bool,
    /// Names the row; the card's title on narrow screens.
    #[prop(optional)]
    title: bool,
    /// The value.
    children: Children,
) -> impl IntoView {
    let class = match (title, end) {
        (true, _) => "row-title",
        (_, true) => "end",
        _ => "",
    };
    view! {
        <td role="cell" class=class data-label=label>
            {children()}
        </td>
    }
}
