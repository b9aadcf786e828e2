use domain::{
    ids::{ImportRunId, ImportSheetId},
    import::{ImportRun, ImportStatus},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use services::import;

use super::{PAGE, SHEETS, progress::run_view, runs::runs_panel, upload::UploadForm};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{ButtonLink, PageHeader},
};

/// The run in the address, and the latest runs.
type Loaded = Result<(Option<ImportStatus>, Vec<ImportRun>), PortalError>;

/// `/staff/import`: uploading exports, and what became of them. A plain page; while a run is under way,
/// `public/refresh.js` looks again and again.
#[component]
pub fn ImportPage() -> impl IntoView {
    let (run, sheet) = use_query_map().with_untracked(|query| (query.get("run"), query.get("sheet")));
    let again = run.as_ref().map(|run| format!("{PAGE}?run={run}")).unwrap_or_default();
    let sheet = sheet.and_then(|sheet| sheet.parse::<ImportSheetId>().ok());
    let reply = use_form_reply().unwrap_or_default();
    let loaded = Resource::new(|| (), move |()| load(run.clone()));
    view! {
        <div class="page">
            <Suspense>
                {move || {
                    let (reply, again) = (reply.clone(), again.clone());
                    Suspend::new(async move {
                        match loaded.await {
                            Ok((run, runs)) => show(run, again, runs, reply, sheet),
                            Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </div>
    }
    .into_any()
}

async fn load(run: Option<String>) -> Loaded {
    let cx = cx()?;
    let run = match run {
        Some(run) => {
            let id: ImportRunId = run.parse().map_err(|_no_key| PortalError::NotFound)?;
            Some(answer(&cx, import::import_status(&cx, id).await)?)
        }
        None => None,
    };
    Ok((run, answer(&cx, import::list_imports(&cx).await)?))
}

fn show(
    run: Option<ImportStatus>,
    again: String,
    runs: Vec<ImportRun>,
    reply: FormReply,
    sheet: Option<ImportSheetId>,
) -> AnyView {
    let back = sheet.map(|sheet| {
        let href = format!("{SHEETS}/{sheet}");
        view! { <ButtonLink href=href>"Back to the columns"</ButtonLink> }
    });
    let again = sheet.map_or_else(|| again.clone(), |sheet| format!("{again}&sheet={sheet}"));
    view! {
        <Title text="Import" />
        <PageHeader
            title="Import"
            subtitle="Bring contacts and documents over from Odoo, as often as you like: what is there already is kept up \
            to date."
        >
            {back}
            <ButtonLink href=SHEETS>"Import a spreadsheet"</ButtonLink>
        </PageHeader>
        {run.map(|status| run_view(status, again))}
        <UploadForm reply=reply />
        {runs_panel(runs)}
    }
    .into_any()
}
