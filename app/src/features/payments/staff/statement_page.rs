use domain::payments::{BankLine, BankOutcome, StatementReport};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::cx,
    ui::{
        Alert, Badge, Button, ButtonKind, Cell, CellKind, Column, Crumb, Field, FileDrop, Money, PageHeader,
        Panel, Row, Table, Tone,
    },
};

/// Where statements are read.
const PAGE: &str = "/staff/payments/statement";

/// What became of a statement that was just sent: the page that answers the form shows it.
#[derive(Clone, Debug)]
pub struct ReadStatement(pub StatementReport);

/// `/staff/payments/statement`: a bank's statement is read, and booked. A plain page.
#[component]
pub fn BankStatementPage() -> impl IntoView {
    let is_allowed = cx().is_ok_and(|cx| services::payments::may_manage(&cx));
    if !is_allowed {
        crate::server::set_status(404);
        return view! { <ErrorPage error=PortalError::NotFound /> }.into_any();
    }
    let report = use_context::<ReadStatement>();
    let reply = use_form_reply().unwrap_or_default();
    show(report.map(|ReadStatement(report)| report), reply)
}

fn show(report: Option<StatementReport>, reply: FormReply) -> AnyView {
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    view! {
        <Title text="Bank statement" />
        <div class="page">
            <PageHeader
                title="Bank statement"
                subtitle="What came in is found by its reference and booked, once."
                crumbs=vec![Crumb::link("Payments", "/staff/payments")]
            />
            {problem}
            {report.map(report_view)}
            <Panel title="Read a statement" id="read">
                <form class="form" method="post" action=PAGE enctype="multipart/form-data">
                    <FileDrop
                        label="Statement"
                        name="file"
                        accept=".csv,text/csv"
                        hint="A table as banks give it (CSV): its first line names the columns, such as Date, Amount, Currency, \
                        Reference and Name."
                        error=reply.error("file")
                    />
                    <div class="actions">
                        <Button kind=ButtonKind::Primary submit=true>
                            "Read and book"
                        </Button>
                    </div>
                </form>
            </Panel>
        </div>
    }
    .into_any()
}

fn report_view(report: StatementReport) -> impl IntoView {
    let booked =
        report.lines.iter().filter(|(_, outcome)| matches!(outcome, BankOutcome::Booked { .. })).count();
    let before =
        report.lines.iter().filter(|(_, outcome)| matches!(outcome, BankOutcome::Before { .. })).count();
    let unknown = report.lines.len().saturating_sub(booked + before);
    let title = format!("{booked} booked, {before} booked before, {unknown} not found");
    let tone = if unknown == 0 && report.errors.is_empty() { Tone::Good } else { Tone::Warn };
    let passed = (report.passed_over > 0)
        .then(|| view! { <p>{format!("{} of what went out were passed over.", report.passed_over)}</p> });
    let errors = report
        .errors
        .into_iter()
        .map(|(line, why)| view! { <li>{format!("Line {line}: {why}")}</li> })
        .collect::<Vec<_>>();
    let errors = (!errors.is_empty()).then(|| view! { <ul class="plain-list">{errors}</ul> });
    let columns = vec![
        Column::new("Payer"),
        Column::new("Date"),
        Column::new("Reference"),
        Column::new("Outcome"),
        Column::end("Amount"),
    ];
    let rows = report.lines.into_iter().map(|(line, outcome)| row(line, outcome)).collect_view();
    view! {
        <Alert tone=tone title=title>
            {passed}
            {errors}
        </Alert>
        <Table label="Lines of the statement" columns=columns class="doc-list">
            {rows}
        </Table>
    }
}

fn row(line: BankLine, outcome: BankOutcome) -> impl IntoView {
    let told = match outcome {
        BankOutcome::Booked { payment, number, paid } => {
            let href = format!("/staff/payments/{payment}");
            view! {
                <Badge tone=Tone::Good text="Booked" />
                " "
                <a href=href>{number}</a>
                <span class="sub">{paid}</span>
            }
            .into_any()
        }
        BankOutcome::Before { payment, number } => {
            let href = format!("/staff/payments/{payment}");
            view! {
                <Badge tone=Tone::Neutral text="Booked before" />
                " "
                <a href=href>{number}</a>
            }
            .into_any()
        }
        BankOutcome::Unknown { why } => by_hand(&line, &why),
    };
    let (payer, day) = (line.payer.clone(), domain::instant::display_date(line.booked_on));
    view! {
        <Row>
            <Cell kind=CellKind::Title>{payer}</Cell>
            <Cell label="Date">{day}</Cell>
            <Cell label="Reference">{line.text}</Cell>
            <Cell label="Outcome">
                <div class="outcome">{told}</div>
            </Cell>
            <Cell kind=CellKind::Figure label="Amount">
                <Money amount=line.amount />
            </Cell>
        </Row>
    }
}

/// A line that was not found, with the form that books it.
fn by_hand(line: &BankLine, why: &str) -> AnyView {
    let kept = serde_json::to_string(line).unwrap_or_default();
    let id = format!("number-{}", line.line);
    view! {
        <span class="sub">{why.to_owned()}</span>
        <form class="by-hand" method="post" action=format!("{PAGE}/line")>
            <input type="hidden" name="line" value=kept />
            <Field label="Invoice or payment" name="number" id=id autocomplete="off" required=true />
            <Button submit=true attr:aria-label=format!("Book line {}", line.line)>
                "Book"
            </Button>
        </form>
    }
    .into_any()
}
