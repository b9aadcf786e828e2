use domain::{documents::OriginalPage as Page, ids::DocumentId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{super::name_of, LIST};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{Alert, Button, ButtonKind, ButtonLink, Crumb, FileDrop, Glyph, PageHeader, Panel, Tone},
};

/// `/staff/documents/{id}/original`: a PDF from elsewhere in place of the one that is printed here. A plain page.
#[component]
pub fn OriginalPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get_str("id")?.parse::<DocumentId>().ok());
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let reply = use_form_reply().unwrap_or_default();
    let page = Resource::new(
        || (),
        move |()| async move {
            let id = id.ok_or(PortalError::NotFound)?;
            let cx = cx()?;
            answer(&cx, services::documents::get_original(&cx, id).await)
        },
    );
    view! {
        <Suspense>
            {move || {
                let (reply, done) = (reply.clone(), done.clone());
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => show(page, reply, done),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn show(page: Page, reply: FormReply, done: Option<String>) -> AnyView {
    let row = page.row;
    let name = format!("{} {}", row.noun, name_of(&row));
    let back = format!("{LIST}/{}", row.id);
    let crumbs = vec![Crumb::link("All documents", LIST), Crumb::link(name, back.clone())];
    let told = match done.as_deref() {
        Some("uploaded") => Some("Uploaded: customers download and sign this PDF from now on."),
        Some("removed") => Some("Removed: customers get the PDF that is printed here."),
        _ => None,
    }
    .filter(|_| reply.problem.is_none() && reply.errors.is_empty());
    let problem = reply.problem.clone();
    let action = format!("{back}/original");
    let is_there = page.uploaded.is_some();
    let standing = match page.uploaded {
        Some((name, size, sha256)) => view! {
            <p>
                "Customers get the PDF that was uploaded: "
                <a href=format!("{back}/pdf?download")>{name}</a>
                {format!(", {} kB.", (size + 512) / 1024)}
            </p>
            <p class="hint file-hash">"SHA-256 " <code>{sha256}</code></p>
        }
        .into_any(),
        None => view! { <p>"Customers get the PDF that is printed here."</p> }.into_any(),
    };
    view! {
        <Title text="Original PDF" />
        <div class="page narrow">
            <PageHeader title="Original PDF" crumbs=crumbs />
            {told.map(|told| view! { <Alert tone=Tone::Good title=told /> })}
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            <Panel title="What customers download and sign" id="original-panel">
                <div class="stack">
                    {standing}
                    <form method="post" action=action.clone() enctype="multipart/form-data" class="form">
                        <FileDrop
                            label="PDF"
                            name="original"
                            accept=".pdf,application/pdf"
                            required=true
                            most=services::documents::MAX_ORIGINAL
                            hint="At most 10 MB, without a password. It takes the place of the printed one."
                            error=reply.error("original")
                        />
                        <div class="actions">
                            <Button kind=ButtonKind::Primary submit=true glyph=Glyph::Upload>
                                "Upload"
                            </Button>
                            <ButtonLink href=back>"Back to the document"</ButtonLink>
                        </div>
                    </form>
                    {is_there
                        .then(|| {
                            view! {
                                <form method="post" action=format!("{action}/remove")>
                                    <Button submit=true glyph=Glyph::Trash>
                                        "Remove uploaded PDF"
                                    </Button>
                                </form>
                            }
                        })}
                </div>
            </Panel>
        </div>
    }
    .into_any()
}
