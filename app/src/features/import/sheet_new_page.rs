use leptos::prelude::*;
use leptos_meta::Title;

use super::{PAGE, SHEETS};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{Alert, Button, ButtonKind, Crumb, FileDrop, Glyph, PageHeader, Panel, SelectField, Tone},
};

/// What the rows of a spreadsheet can be: the import's word, and the words on screen.
const KINDS: [(&str, &str); 8] = [
    ("contacts", "Contacts"),
    ("leads", "Leads and opportunities"),
    ("orders", "Quotations and sales orders"),
    ("purchases", "Purchase orders"),
    ("invoices", "Invoices and credit notes"),
    ("projects", "Projects"),
    ("tasks", "Tasks"),
    ("timesheets", "Timesheets"),
];

/// What a kind is called on screen.
pub(super) fn kind_label(kind: &str) -> &'static str {
    KINDS.iter().find(|(code, _)| *code == kind).map_or("Records", |(_, label)| label)
}

/// `/staff/import/spreadsheet`: choosing a spreadsheet, and saying what its rows are. A plain page.
#[component]
pub fn SheetNewPage() -> impl IntoView {
    let reply = use_form_reply().unwrap_or_default();
    let allowed = Resource::new(
        || (),
        |()| async {
            let cx = cx()?;
            answer(&cx, services::import::may_import(&cx))
        },
    );
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match allowed.await {
                        Ok(()) => show(&reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn show(reply: &FormReply) -> AnyView {
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let (kind_error, file_error) = (reply.error("kind"), reply.error("files"));
    let kind = reply.value("kind");
    let kinds: Vec<_> = KINDS.map(|(code, label)| (code.to_owned(), label.to_owned())).into();
    view! {
        <Title text="Import a spreadsheet" />
        <div class="page narrow">
            <PageHeader
                title="Import a spreadsheet"
                subtitle="Any table, saved as CSV. Its first line names the columns; what each of them is, you say in the next step."
                crumbs=vec![Crumb::link("Import", PAGE)]
            />
            {problem}
            <Panel title="File" id="file">
                <form method="post" action=SHEETS enctype="multipart/form-data" class="form">
                    <SelectField
                        label="Each row is one of"
                        name="kind"
                        options=kinds
                        value=kind
                        error=kind_error
                    />
                    <FileDrop
                        label="CSV file"
                        name="files"
                        required=true
                        most=services::import::MAX_SHEET
                        accept=".csv,.txt,text/csv"
                        hint="UTF-8, at most 16 MB. Commas, semicolons or tabs between the cells."
                        error=file_error
                    />
                    <div class="actions">
                        <Button kind=ButtonKind::Primary submit=true glyph=Glyph::Upload>
                            "Continue"
                        </Button>
                    </div>
                </form>
            </Panel>
        </div>
    }
    .into_any()
}
