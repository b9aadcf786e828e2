use domain::{
    ids::ImportSheetId,
    import::{SheetColumn, SheetField, SheetForm, SheetPage as Sheet},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{PAGE, SHEETS, sheet_new_page::kind_label};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{
        Alert, Button, ButtonKind, Cell, CellKind, CheckboxField, Column, Crumb, Field, Glyph, PageHeader,
        Panel, Row, SelectField, Table, Tone,
    },
};

/// `/staff/import/spreadsheet/{id}`: what the columns of a spreadsheet are. A plain page.
#[component]
pub fn SheetPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get_str("id")?.parse::<ImportSheetId>().ok());
    let reply = use_form_reply().unwrap_or_default();
    let sheet = Resource::new(
        || (),
        move |()| async move {
            let id = id.ok_or(PortalError::NotFound)?;
            let cx = cx()?;
            answer(&cx, services::import::get_sheet(&cx, id).await)
        },
    );
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match sheet.await {
                        Ok(sheet) => show(sheet, &reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn show(mut sheet: Sheet, reply: &FormReply) -> AnyView {
    if !reply.values.is_empty() {
        as_typed(&mut sheet, &SheetForm::read(&reply.values));
    }
    let problem = reply
        .problem
        .clone()
        .or_else(|| (!reply.errors.is_empty()).then(|| "Some fields need your attention.".to_owned()));
    let problem = problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let missing = reply
        .error("columns")
        .map(|told| view! { <p class="field-error panel-note" id="columns-error">{told}</p> });
    let rows = if sheet.rows == 1 { "1 row".to_owned() } else { format!("{} rows", sheet.rows) };
    let subtitle = format!("{}: {rows} of {}", kind_label(&sheet.kind), sheet.name);
    let action = format!("{SHEETS}/{}", sheet.id);
    let (reading, columns) = (reading(&sheet, reply), columns(&sheet, reply));
    let same_for_all = same_for_all(&sheet.fields, reply);
    view! {
        <Title text="Columns of the spreadsheet" />
        <div class="page">
            <PageHeader
                title="Columns of the spreadsheet"
                subtitle=subtitle
                crumbs=vec![Crumb::link("Import", PAGE), Crumb::link("Spreadsheet", SHEETS)]
            />
            {problem}
            <form method="post" action=action class="stack">
                <Panel title="How the file is read" id="reading">
                    {reading}
                </Panel>
                <Panel title="What each column is" id="columns" flush=true>
                    {missing}
                    {columns}
                </Panel>
                {same_for_all}
                <div class="actions">
                    <Button submit=true name="mode" value="check">
                        "Check file"
                    </Button>
                    <Button kind=ButtonKind::Primary submit=true name="mode" value="import" glyph=Glyph::Upload>
                        "Start import"
                    </Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// What was typed, in place of what is kept.
fn as_typed(sheet: &mut Sheet, form: &SheetForm) {
    for (column, field) in sheet.columns.iter_mut().zip(&form.columns) {
        column.field.clone_from(field);
    }
    for field in &mut sheet.fields {
        let told = form.set.iter().find(|(name, _)| *name == field.name);
        field.value = told.map(|(_, value)| value.clone()).unwrap_or_default();
    }
    sheet.id_heading.clone_from(&form.id_heading);
    sheet.decimal_comma = form.decimal_comma;
}

fn reading(sheet: &Sheet, reply: &FormReply) -> impl IntoView + use<> {
    let pair = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    let separators = vec![pair("comma", "Commas"), pair("semicolon", "Semicolons"), pair("tab", "Tabs")];
    let mut ids = vec![pair("", "Choose a column")];
    ids.extend(sheet.columns.iter().map(|column| pair(&column.heading, &column.heading)));
    view! {
        <div class="form">
            <SelectField
                label="Recognise records by"
                name="id_heading"
                options=ids
                value=sheet.id_heading.clone()
                hint="A column that is different for each record, such as a customer number. By it, the next import finds the \
                same record again, and other files name it."
                error=reply.error("id_heading")
            />
            <div class="field-grid">
                <SelectField
                    label="Between cells"
                    name="separator"
                    options=separators
                    value=sheet.separator.clone()
                    hint="After a change, press Read again."
                />
                <CheckboxField
                    label="Decimal comma"
                    name="decimal_comma"
                    checked=sheet.decimal_comma
                    hint="1.234,50 is a little more than a thousand."
                />
            </div>
            <div class="actions">
                <Button submit=true name="mode" value="read" glyph=Glyph::Refresh>
                    "Read again"
                </Button>
            </div>
        </div>
    }
}

fn columns(sheet: &Sheet, reply: &FormReply) -> impl IntoView + use<> {
    let mut options = vec![(String::new(), "Passed over".to_owned())];
    options.extend(sheet.fields.iter().map(|field| {
        let star = if field.is_required { " *" } else { "" };
        (field.name.clone(), format!("{}{star}", field.label))
    }));
    let rows = sheet
        .columns
        .iter()
        .enumerate()
        .map(|(place, SheetColumn { heading, samples, field })| {
            let name = format!("column.{place}");
            let (error, options) = (reply.error(&name), options.clone());
            let (label, samples) = (format!("Field of {heading}"), samples.join(" · "));
            let (heading, field) = (heading.clone(), field.clone());
            view! {
                <Row>
                    <Cell kind=CellKind::Title>{heading}</Cell>
                    <Cell label="First cells">{samples}</Cell>
                    <Cell label="Field">
                        <SelectField
                            label=label
                            label_hidden=true
                            error=error
                            name=name
                            options=options
                            value=field
                        />
                    </Cell>
                </Row>
            }
        })
        .collect_view();
    let columns = ["Column", "First cells", "Field (* must be there)"].map(Column::new).to_vec();
    view! { <Table label="Columns" columns=columns>{rows}</Table> }
}

fn same_for_all(fields: &[SheetField], reply: &FormReply) -> AnyView {
    let fields: Vec<AnyView> = fields
        .iter()
        .filter(|field| field.is_same_for_all || !field.value.is_empty())
        .map(|field| {
            let name = format!("set.{}", field.name);
            let error = reply.error(&name);
            if field.words.is_empty() {
                return view! {
                    <Field label=field.label.clone() name=name value=field.value.clone() error=error autocomplete="off" />
                }
                .into_any();
            }
            let mut options = vec![(String::new(), "Not set".to_owned())];
            options.extend(field.words.iter().map(|word| (word.clone(), word.clone())));
            view! {
                <SelectField label=field.label.clone() name=name options=options value=field.value.clone() error=error />
            }
            .into_any()
        })
        .collect();
    if fields.is_empty() {
        return ().into_any();
    }
    view! {
        <Panel title="The same for every record" id="same-for-all">
            <div class="form">
                <p class="hint">"What the file has no column for. Leave empty what a column tells."</p>
                <div class="field-grid">{fields}</div>
            </div>
        </Panel>
    }
    .into_any()
}
