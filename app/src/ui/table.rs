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

    /// A column of tick boxes, its title only read out.
    #[must_use]
    pub fn tick(title: impl Into<String>) -> Self {
        Self { title: title.into(), class: "tick quiet" }
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
            let hidden = if class.ends_with("quiet") { "visually-hidden" } else { "" };
            view! {
                <th role="columnheader" scope="col" class=class>
                    <span class=hidden>{title}</span>
                </th>
            }
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
    .into_any()
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
    .into_any()
}

/// What a table's cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    #[default]
    Text,
    /// A figure, aligned at its end.
    Figure,
    /// What names the row: the card's title on narrow screens.
    Title,
    /// A tick box.
    Tick,
    /// Buttons.
    Actions,
}

impl CellKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Text => "",
            Self::Figure => "end",
            Self::Title => "row-title",
            Self::Tick => "tick",
            Self::Actions => "row-actions",
        }
    }
}

/// A table's cell.
#[component]
pub fn Cell(
    /// What it holds.
    #[prop(optional)]
    kind: CellKind,
    /// The column's title, shown before the value on narrow screens: for texts and figures.
    #[prop(into, optional)]
    label: Option<String>,
    /// How many columns it spans.
    #[prop(optional)]
    span: Option<u32>,
    /// Class names beside the kind's own, such as `grant-email`.
    #[prop(into, optional)]
    class: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    let class = format!("{} {class}", kind.class());
    view! {
        <td role="cell" class=class.trim().to_owned() data-label=label colspan=span>
            {children()}
        </td>
    }
    .into_any()
}
