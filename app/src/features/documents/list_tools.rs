//! Above a list: searching, filtering, sorting, putting together, and taking it along.

use domain::{
    access::Permission,
    documents::{DocumentFilter, DocumentKind, DocumentList, DocumentOrder, DocumentStatus, Grouping},
};
use leptos::prelude::*;

use super::list_address::{address, export_address};
use crate::{
    session::use_session,
    ui::{
        Button, ButtonKind, ButtonLink, Field, FilterBar, Glyph, Icon, Menu, MenuLink, SearchBox, SelectField,
    },
};

/// The row of tools, and below it what is chosen.
#[component]
pub(super) fn ListTools(kind: DocumentKind, filter: DocumentFilter, list: DocumentList) -> impl IntoView {
    let owned = |pairs: Vec<(&'static str, String)>| {
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Vec<_>>()
    };
    let mut keep = owned(filter.narrowing());
    keep.extend(owned(filter.arranging()));
    let (export, search) = (export_address(kind, &filter), filter.search.clone());
    let (sort, group) = (sort_menu(kind, &filter), group_menu(kind, &filter));
    let chosen = chosen(kind, &filter, &list);
    let papers = has_papers(kind).then(|| papers(kind, &filter));
    view! {
        <FilterBar>
            <SearchBox label="Search" action=format!("/my/{}", kind.plural()) value=search keep=keep />
            <FilterPanel kind=kind filter=filter list=list />
            {sort}
            {group}
            <ButtonLink href=export external=true kind=ButtonKind::Quiet glyph=Glyph::Download>
                "Export as CSV"
            </ButtonLink>
            {papers}
        </FilterBar>
        {chosen}
    }
    .into_any()
}

/// Whether the reader may take PDFs of this list along.
pub(super) fn has_papers(kind: DocumentKind) -> bool {
    let needed = if kind == DocumentKind::Invoice { Permission::InvoicesDownload } else { kind.view() };
    kind.has_paper() && use_session().may_in_portal(needed)
}

/// Takes the PDFs of the list along: of its ticked rows, whose boxes belong to this form, or else of all.
fn papers(kind: DocumentKind, filter: &DocumentFilter) -> impl IntoView + use<> {
    let mut pairs = filter.to_pairs();
    pairs.insert(0, ("kind", kind.plural().to_owned()));
    let fields = pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form id="papers" method="get" action="/my/documents.zip">
            {fields}
            <Button kind=ButtonKind::Quiet submit=true glyph=Glyph::Download>
                "Download PDFs"
            </Button>
        </form>
    }
}

fn sort_menu(kind: DocumentKind, filter: &DocumentFilter) -> impl IntoView + use<> {
    let links = DocumentOrder::choices(kind)
        .into_iter()
        .map(|order| {
            let href = address(kind, &DocumentFilter { order, ..filter.clone() });
            view! { <MenuLink label=order.label(kind) href=href current=order == filter.order /> }
        })
        .collect_view();
    view! {
        <Menu id="sort" label="Sort" glyph=Glyph::List>
            {links}
        </Menu>
    }
}

fn group_menu(kind: DocumentKind, filter: &DocumentFilter) -> Option<impl IntoView + use<>> {
    let choices = Grouping::choices(kind);
    let link = |grouping: Option<Grouping>| {
        let label = grouping.map_or("Not grouped", |grouping| grouping.label(kind));
        let href = address(kind, &DocumentFilter { grouping, ..filter.clone() });
        view! { <MenuLink label=label href=href current=grouping == filter.grouping /> }
    };
    let links = [None].into_iter().chain(choices.iter().copied().map(Some)).map(link).collect_view();
    (!choices.is_empty()).then(|| {
        view! {
            <Menu id="group" label="Group" glyph=Glyph::Folder>
                {links}
            </Menu>
        }
    })
}

/// The fields of the filter, behind a button; with mistakes in them they stand open.
#[component]
fn FilterPanel(kind: DocumentKind, filter: DocumentFilter, list: DocumentList) -> impl IntoView {
    let problems = filter.problems();
    let is_open = !problems.is_empty();
    let panel = filter_form(kind, &filter, list, &problems);
    view! {
        <div class="menu filter-menu">
            <button
                type="button"
                class=ButtonKind::Secondary.class()
                id="filter-button"
                popovertarget=(!is_open).then_some("filter-panel")
                aria-haspopup="dialog"
            >
                <Icon glyph=Glyph::Filter />
                <span>"Filter"</span>
            </button>
            <div
                class=if is_open { "filter-panel open" } else { "filter-panel" }
                id="filter-panel"
                popover=(!is_open).then_some("auto")
                role="dialog"
                aria-labelledby="filter-button"
            >
                {panel}
            </div>
        </div>
    }
    .into_any()
}

fn filter_form(
    kind: DocumentKind,
    filter: &DocumentFilter,
    list: DocumentList,
    problems: &[(&'static str, &'static str)],
) -> AnyView {
    let pairs = filter.to_pairs();
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let error = |name: &str| {
        problems.iter().find(|(field, _)| *field == name).map(|(_, problem)| (*problem).to_owned())
    };
    let mut kept = filter.arranging();
    kept.push(("q", filter.search.clone()));
    let kept = kept
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let statuses = DocumentStatus::choices(kind);
    let status = (!statuses.is_empty()).then(|| {
        let options =
            statuses.iter().map(|status| (status.code().to_owned(), status.label(kind).to_owned())).collect();
        select("Status", "status", options, value("status"))
    });
    let people = list.people.into_iter().map(|(id, name)| (id.to_string(), name)).collect::<Vec<_>>();
    let people = (!people.is_empty()).then(|| select("Person", "person", people, value("person")));
    let projects = list.projects.into_iter().map(|(id, name)| (id.to_string(), name)).collect::<Vec<_>>();
    let projects = (!projects.is_empty()).then(|| select("Project", "project", projects, value("project")));
    let amounts = DocumentOrder::choices(kind).contains(&DocumentOrder::Largest).then(|| {
        view! {
            <Field
                label="Amount from"
                name="least"
                inputmode="decimal"
                autocomplete="off"
                value=value("least")
                error=error("least")
            />
            <Field
                label="Amount up to"
                name="most"
                inputmode="decimal"
                autocomplete="off"
                value=value("most")
                error=error("most")
            />
        }
    });
    view! {
        <form method="get" action=format!("/my/{}", kind.plural())>
            {kept}
            {status}
            <Field label="From date" name="from" kind="date" value=value("from") error=error("from") />
            <Field label="Until date" name="until" kind="date" value=value("until") error=error("until") />
            {amounts}
            {people}
            {projects}
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true>
                    "Apply"
                </Button>
            </div>
        </form>
    }
    .into_any()
}

fn select(label: &'static str, name: &'static str, options: Vec<(String, String)>, value: String) -> AnyView {
    let options = [(String::new(), "Any".to_owned())].into_iter().chain(options).collect();
    view! { <SelectField label=label name=name options=options value=value /> }.into_any()
}

/// What the filter says, in words, and the way out of it.
fn chosen(kind: DocumentKind, filter: &DocumentFilter, list: &DocumentList) -> Option<AnyView> {
    let mut words = Vec::new();
    if !filter.search.is_empty() {
        words.push(format!("“{}”", filter.search));
    }
    words.extend(filter.status.map(|status| status.label(kind).to_owned()));
    let day = domain::instant::display_date;
    words.extend(filter.from.map(|from| format!("from {}", day(from))));
    words.extend(filter.until.map(|until| format!("until {}", day(until))));
    if filter.problems().is_empty() {
        words.extend((!filter.least.is_empty()).then(|| format!("at least {}", filter.least)));
        words.extend((!filter.most.is_empty()).then(|| format!("at most {}", filter.most)));
    }
    let person = list.people.iter().find(|(id, _)| Some(*id) == filter.person);
    words.extend(person.map(|(_, name)| format!("for {name}")));
    let project = list.projects.iter().find(|(id, _)| Some(*id) == filter.project);
    words.extend(project.map(|(_, name)| format!("in {name}")));
    if !filter.is_narrow() {
        return None;
    }
    let everything =
        DocumentFilter { order: filter.order, grouping: filter.grouping, ..DocumentFilter::default() };
    Some(
        view! {
            <p class="chosen">
                <span>"Shown: " {words.join(" · ")}</span>
                <a href=address(kind, &everything)>"Clear"</a>
            </p>
        }
        .into_any(),
    )
}
