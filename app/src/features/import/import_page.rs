use domain::{
    ids::{ImportRunId, ImportSheetId},
    import::{ImportRun, ImportStatus},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    SHEETS,
    api::{get_import_status, list_imports},
    progress::RunView,
    runs::Runs,
    upload::UploadForm,
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{ButtonLink, PageHeader, Skeleton},
};

/// The run in the address, and the latest runs.
type Loaded = Result<(Option<(ImportRunId, ImportStatus)>, Vec<ImportRun>), PortalError>;

/// `/staff/import`: uploading exports, and what became of them.
#[component]
pub fn ImportPage() -> impl IntoView {
    let query = use_query_map();
    let reply = use_form_reply().unwrap_or_default();
    let wanted = move || query.with(|query| query.get("run"));
    let loaded = Resource::new(wanted, load);
    let form = StoredValue::new(reply);
    let sheet = move || {
        query
            .with_untracked(|query| query.get("sheet"))
            .filter(|sheet| sheet.parse::<ImportSheetId>().is_ok())
    };
    view! {
        <div class="page">
            <Transition fallback=|| view! { <Skeleton lines=8 /> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok((run, runs)) => show(run, runs, form.get_value(), sheet()),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

async fn load(run: Option<String>) -> Loaded {
    let run = match run {
        Some(run) => {
            let id: ImportRunId = run.parse().map_err(|_no_key| PortalError::NotFound)?;
            Some((id, get_import_status(id).await?))
        }
        None => None,
    };
    Ok((run, list_imports().await?))
}

fn show(
    run: Option<(ImportRunId, ImportStatus)>,
    runs: Vec<ImportRun>,
    reply: FormReply,
    sheet: Option<String>,
) -> AnyView {
    let runs = RwSignal::new(runs);
    // The form stays as it is when a run ends: files may have been chosen meanwhile.
    let on_end = Callback::new(move |()| {
        spawn_local(async move {
            if let Ok(now) = list_imports().await {
                runs.try_set(now);
            }
        });
    });
    let run = run.map(|(id, status)| view! { <RunView id=id status=status on_end=on_end /> });
    view! {
        <Title text="Import" />
        <PageHeader
            title="Import"
            subtitle="Bring contacts and documents over from Odoo, as often as you like: what is there already is kept up \
            to date."
        >
            {sheet
                .map(|sheet| {
                    let href = format!("{SHEETS}/{sheet}");
                    view! { <ButtonLink href=href external=true>"Back to the columns"</ButtonLink> }
                })}
            <ButtonLink href=SHEETS external=true>
                "Import a spreadsheet"
            </ButtonLink>
        </PageHeader>
        {run}
        <UploadForm reply=reply />
        <Runs runs=runs />
    }
    .into_any()
}
