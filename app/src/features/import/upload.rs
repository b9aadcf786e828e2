//! Choosing files and sending them.

use leptos::prelude::*;

use crate::{
    form::FormReply,
    ui::{Alert, Button, ButtonKind, FileDrop, Glyph, Panel, Tone},
};

/// The form: *Check files* changes nothing, *Import* does.
#[component]
pub(super) fn UploadForm(reply: FormReply) -> impl IntoView {
    let error = reply.error("files");
    let problem = reply.problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    view! {
        <Panel title="Upload files" id="upload">
            <form method="post" action="/staff/import" enctype="multipart/form-data" class="form">
                {problem}
                <FileDrop
                    label="CSV files"
                    name="files"
                    multiple=true
                    required=true
                    accept=".csv,text/csv"
                    hint="Odoo's own exports of contacts, leads, orders, purchases, invoices, projects, tasks and \
                    timesheets, in any order, all at once or some of them. What each file holds is seen by its columns."
                    error=error
                />
                <div class="actions">
                    <Button submit=true name="mode" value="check">
                        "Check files"
                    </Button>
                    <Button kind=ButtonKind::Primary submit=true name="mode" value="import" glyph=Glyph::Upload>
                        "Start import"
                    </Button>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}
