//! Which columns a kind's list has, and what stands in them.

use domain::{
    documents::{DocumentFilter, DocumentKind, DocumentRow, DocumentState, display_minutes},
    instant::display_date,
};
use leptos::prelude::*;

use super::{figures::signed, list_address::href_in, name_of, state_badge::StateBadge};
use crate::ui::{Cell, CellKind, Column, Money, Row};

/// A column, with its title where kinds differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Name(&'static str),
    Contact,
    Dated(&'static str),
    Due(&'static str),
    Time(&'static str),
    State,
    Total(&'static str),
    Open,
}

impl Field {
    const fn title(self) -> &'static str {
        match self {
            Self::Name(title)
            | Self::Dated(title)
            | Self::Due(title)
            | Self::Time(title)
            | Self::Total(title) => title,
            Self::Contact => "For",
            Self::State => "Status",
            Self::Open => "Open",
        }
    }
}

const fn fields(kind: DocumentKind) -> &'static [Field] {
    use Field::{Contact, Dated, Due, Name, Open, State, Time, Total};
    match kind {
        DocumentKind::Lead => &[Name("Subject"), Contact, Dated("Since"), State],
        DocumentKind::Sale => {
            &[Name("Number"), Contact, Dated("Date"), Due("Valid until"), State, Total("Total")]
        }
        DocumentKind::Purchase => {
            &[Name("Number"), Contact, Dated("Date"), Due("Expected"), State, Total("Total")]
        }
        DocumentKind::Invoice => {
            &[Name("Number"), Contact, Dated("Date"), Due("Due"), State, Total("Total"), Open]
        }
        DocumentKind::Project => &[Name("Project"), Contact, Dated("Starts"), Due("Ends"), State],
        DocumentKind::Task => &[Name("Task"), Due("Deadline"), State, Time("Time spent")],
        DocumentKind::Timesheet => &[Name("Work"), Dated("Date"), Time("Time")],
        DocumentKind::Ticket => &[Name("Ticket"), Contact, Dated("Opened"), State],
        DocumentKind::Signature => &[Name("Document"), Contact, Dated("Sent"), State],
        DocumentKind::Subscription => {
            &[Name("Subscription"), Contact, Dated("Since"), Due("Next invoice"), State, Total("Amount")]
        }
    }
}

/// The columns of a kind's list; with boxes to tick in front, where its PDFs can be taken along.
pub(super) fn columns(kind: DocumentKind, has_ticks: bool) -> Vec<Column> {
    let columns = fields(kind).iter().map(|field| match field {
        Field::Time(title) | Field::Total(title) => Column::end(*title),
        Field::Open => Column::end(field.title()),
        _ => Column::new(field.title()),
    });
    has_ticks.then(|| Column::tick("Select")).into_iter().chain(columns).collect()
}

/// A document's row in its kind's list, which is as a filter says.
pub(super) fn row(document: &DocumentRow, filter: &DocumentFilter, has_ticks: bool) -> impl IntoView + use<> {
    let class = if document.is_overdue { "overdue" } else { "" };
    let cells = fields(document.kind).iter().map(|field| cell(*field, document, filter)).collect_view();
    let tick = has_ticks.then(|| tick(document));
    view! {
        <Row class=class.to_owned()>
            {tick}
            {cells}
        </Row>
    }
}

/// A box of the form above the list.
fn tick(document: &DocumentRow) -> impl IntoView + use<> {
    let (id, label) = (document.id.to_string(), format!("Select {}", name_of(document)));
    view! {
        <Cell kind=CellKind::Tick>
            <input type="checkbox" name="tick" value=id form="papers" aria-label=label autocomplete="off" />
        </Cell>
    }
}

fn cell(field: Field, document: &DocumentRow, filter: &DocumentFilter) -> AnyView {
    let label = field.title();
    let (dated, due) = (document.dated.map(display_date), due(document).map(display_date));
    match field {
        Field::Name(_) => name(document, filter),
        Field::Contact => {
            let contact = document.contact.clone();
            view! { <Cell label=label>{contact}</Cell> }.into_any()
        }
        Field::Dated(_) => view! { <Cell label=label>{dated}</Cell> }.into_any(),
        Field::Due(_) => view! { <Cell label=label class="due">{due}</Cell> }.into_any(),
        Field::Time(_) => {
            let time = document.minutes.filter(|minutes| *minutes != 0).map(display_minutes);
            view! { <Cell kind=CellKind::Figure label=label>{time}</Cell> }.into_any()
        }
        Field::State => {
            let document = document.clone();
            view! { <Cell class="state" label=label><StateBadge row=document /></Cell> }.into_any()
        }
        Field::Total(_) => {
            let total = document.total.map(|total| signed(total, document.is_credit));
            view! {
                <Cell kind=CellKind::Figure label=label>
                    {total.map(|total| view! { <Money amount=total /> })}
                </Cell>
            }
            .into_any()
        }
        Field::Open => {
            let open = document.open.filter(|open| open.minor != 0);
            let open = open.map(|open| view! { <Money amount=open /> });
            view! { <Cell kind=CellKind::Figure label=label>{open}</Cell> }.into_any()
        }
    }
}

/// The day that still matters: an order is valid for good, and a credit never due.
fn due(document: &DocumentRow) -> Option<time::Date> {
    let is_agreed = document.kind == DocumentKind::Sale && document.state != DocumentState::Sent;
    document.due.filter(|_| !is_agreed && !document.is_credit)
}

fn name(document: &DocumentRow, filter: &DocumentFilter) -> AnyView {
    let sub = below_name(document);
    let href = href_in(document.kind, document.id, filter);
    let name = name_of(document);
    view! {
        <Cell kind=CellKind::Title>
            <a href=href>{name}</a>
            {(!sub.is_empty()).then(|| view! { <span class="sub">{sub}</span> })}
        </Cell>
    }
    .into_any()
}

/// What a number alone does not say: that it is a credit note, what it is about.
fn below_name(document: &DocumentRow) -> String {
    let is_told_apart = match document.kind {
        DocumentKind::Lead => true,
        DocumentKind::Invoice => document.noun != "Invoice",
        _ => false,
    };
    let noun = is_told_apart.then_some(document.noun.as_str());
    let title = document.title.trim();
    let title = (!title.is_empty() && title != name_of(document)).then_some(title);
    noun.into_iter().chain(title).collect::<Vec<_>>().join(" · ")
}
