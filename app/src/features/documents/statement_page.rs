use domain::{
    Money,
    date::to_iso,
    documents::{Statement, StatementFilter, StatementPart, StatementRow},
    instant::display_date,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{OpenByAge, api::get_statement, href, list_address::query_of, name_of};
use crate::{
    form::use_form_reply,
    layout::ErrorPage,
    ui::{
        self, Alert, Button, ButtonKind, ButtonLink, Cell, CellKind, Column, Crumb, EmptyState, Field, Glyph,
        PageHeader, Row, SelectField, Skeleton, Table, Tone,
    },
};

const ADDRESS: &str = "/my/statement";

/// `/my/statement`: what is open, by day and currency.
#[component]
pub fn StatementPage() -> impl IntoView {
    let query = use_query_map();
    let filter = move || query.with(|query| StatementFilter::from_query(|name| query.get(name)));
    let statement = Resource::new(filter, |filter| async move {
        get_statement(filter.clone()).await.map(|statement| (filter, statement))
    });
    view! {
        <Transition fallback=|| view! { <Skeleton rows=true lines=8 /> }>
            {move || Suspend::new(async move {
                match statement.await {
                    Ok((filter, statement)) => show(filter, statement),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(filter: StatementFilter, statement: Statement) -> AnyView {
    let as_of = statement.as_of.map(display_date).unwrap_or_default();
    let subtitle = format!("{}, as of {as_of}", statement.customer);
    let csv = format!("/my/statement.csv{}", query_of(filter.to_pairs()));
    let pdf = format!("/my/statement.pdf{}", query_of(filter.to_pairs()));
    let problem = use_form_reply().and_then(|reply| reply.problem);
    let cut = statement.is_cut.then(|| {
        view! { <p class="muted">"These are the oldest 500. The file has them all."</p> }
    });
    let parts = statement.parts;
    let content = if parts.is_empty() {
        empty(&filter)
    } else {
        let several = parts.len() > 1;
        parts.into_iter().map(|part| part_view(part, several)).collect_view().into_any()
    };
    view! {
        <Title text="Statement of account" />
        <div class="page">
            <PageHeader
                title="Statement of account"
                subtitle=subtitle
                crumbs=vec![Crumb::link("Overview", "/my")]
            >
                <ButtonLink href=pdf external=true glyph=Glyph::Download>
                    "Download PDF"
                </ButtonLink>
                <ButtonLink href=csv external=true glyph=Glyph::Download>
                    "Export as CSV"
                </ButtonLink>
            </PageHeader>
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {filter_form(&filter)}
            {cut}
            {content}
        </div>
    }
    .into_any()
}

fn filter_form(filter: &StatementFilter) -> impl IntoView + use<> {
    let day = |day: Option<time::Date>| day.map(to_iso).unwrap_or_default();
    let shown = vec![
        (String::new(), "What is open".to_owned()),
        ("all".to_owned(), "Everything, paid or not".to_owned()),
    ];
    let error = filter.is_turned().then(|| "This day is before the first one.".to_owned());
    let is_filtered = *filter != StatementFilter::default();
    view! {
        <form class="statement-filter" method="get" action=ADDRESS>
            <SelectField label="Show" name="show" options=shown value=if filter.all { "all" } else { "" } />
            <Field label="From date" name="from" kind="date" value=day(filter.from) />
            <Field label="Until date" name="until" kind="date" value=day(filter.until) error=error />
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true>
                    "Apply"
                </Button>
                {is_filtered.then(|| view! { <ButtonLink href=ADDRESS>"Clear"</ButtonLink> })}
            </div>
        </form>
    }
}

fn empty(filter: &StatementFilter) -> AnyView {
    let (title, text) = if *filter == StatementFilter::default() {
        ("Nothing is open", "All invoices are paid, and all credits are used.")
    } else {
        ("Nothing in this time", "Choose other days, or clear them.")
    };
    view! {
        <div class="card">
            <EmptyState title=title text=text glyph=Glyph::CheckCircle />
        </div>
    }
    .into_any()
}

fn part_view(part: StatementPart, several: bool) -> AnyView {
    let code = part.open.currency.code().to_owned();
    let heading = several.then(|| view! { <h2>{code.clone()}</h2> });
    let label = format!("Statement in {code}");
    let columns = vec![
        Column::new("Date"),
        Column::new("Document"),
        Column::new("Due"),
        Column::end("Total"),
        Column::end("Open"),
        Column::end("Balance"),
    ];
    let figure = |term: &'static str, amount: Money| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd>
                    <ui::Money amount=amount />
                </dd>
            </div>
        }
    };
    let rows = part.rows.into_iter().map(row).collect_view();
    view! {
        <section class="statement">
            {heading}
            <dl class="statement-sums">{figure("Balance due", part.open)} {figure("Overdue", part.overdue)}</dl>
            <OpenByAge ages=part.ages />
            <Table label=label columns=columns class="doc-list">
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

fn row(StatementRow { document, total, open, balance }: StatementRow) -> impl IntoView {
    let class = if document.is_overdue { "overdue" } else { "" };
    let (dated, due) = (document.dated.map(display_date), document.due.filter(|_| !document.is_credit));
    let sub = [Some(document.noun.clone()).filter(|noun| noun != "Invoice"), document.contact.clone()];
    let sub = sub.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (name, href) = (name_of(&document), href(document.kind, document.id));
    view! {
        <Row class=class.to_owned()>
            <Cell label="Date">{dated}</Cell>
            <Cell kind=CellKind::Title>
                <a href=href>{name}</a>
                {(!sub.is_empty()).then(|| view! { <span class="sub">{sub}</span> })}
            </Cell>
            <Cell label="Due" class="due">
                {due.map(display_date)}
            </Cell>
            <Cell kind=CellKind::Figure label="Total">
                <ui::Money amount=total />
            </Cell>
            <Cell kind=CellKind::Figure label="Open">
                <ui::Money amount=open />
            </Cell>
            <Cell kind=CellKind::Figure label="Balance">
                <ui::Money amount=balance />
            </Cell>
        </Row>
    }
}
