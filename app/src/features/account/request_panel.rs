use leptos::prelude::*;

use super::details_page::PAGE;
use crate::{
    form::FormReply,
    ui::{Button, Panel, TextArea},
};

/// Section *Request a change*: what is locked is changed by staff.
#[component]
pub(super) fn RequestPanel(reply: FormReply) -> impl IntoView {
    view! {
        <Panel title="Request a change" id="request-change">
            <div class="stack">
            <p class="aside-text">
                "Name, VAT number and country stay as they are on documents that we issued. Tell us what should be \
                 different, and why."
            </p>
            <form method="post" action=PAGE class="form">
                <TextArea
                    label="What should change"
                    name="request"
                    value=reply.value("request")
                    error=reply.error("request")
                />
                <div class="actions">
                    <Button submit=true name="what" value="request">
                        "Send request"
                    </Button>
                </div>
            </form>
            </div>
        </Panel>
    }
    .into_any()
}
