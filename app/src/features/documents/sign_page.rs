use domain::documents::{MAX_SIGNER, SIGNATURE_BOX, SigningPage};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    answer::{title_of, wanted},
    href,
    paper::Paper,
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{
        Alert, Button, ButtonKind, ButtonLink, CheckboxField, Crumb, Field, Glyph, PageHeader, Panel, Tone,
    },
};

/// `/my/{kind}/{id}/sign`: the document once more, and below it the signature. A plain page; `public/signature.js` lets
/// whoever has scripts draw it.
#[component]
pub fn SignPage() -> impl IntoView {
    let wanted = wanted();
    let reply = use_form_reply().unwrap_or_default();
    let page = Resource::new(
        || (),
        move |()| async move {
            let (kind, id) = wanted.ok_or(PortalError::NotFound)?;
            let cx = cx()?;
            answer(&cx, services::documents::get_signing(&cx, kind, id).await)
        },
    );
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => show(page, reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn show(page: SigningPage, reply: FormReply) -> AnyView {
    let row = page.document.row.clone();
    let (back, title) = (href(row.kind, row.id), title_of(&row));
    let heading = format!("Accept & sign {title}");
    let crumbs = vec![
        Crumb::link(row.kind.label(), format!("/my/{}", row.kind.plural())),
        Crumb::link(title, back.clone()),
    ];
    let problem = reply.problem.clone().filter(|_| page.refusal.is_none());
    let document = page.document.clone();
    let way = match page.refusal.clone() {
        Some(refusal) => view! {
            <Alert tone=Tone::Warn title="There is nothing to sign here">{refusal}</Alert>
        }
        .into_any(),
        None => form(page, reply, back),
    };
    view! {
        <Title text=heading.clone() />
        <div class="page narrow">
            <PageHeader title=heading crumbs=crumbs />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            // Of the page's grid it would take the place that it has beside a side panel.
            <div>
                <Paper page=document />
            </div>
            {way}
        </div>
    }
    .into_any()
}

/// The form below the document; `back` is the document's page.
pub(super) fn form(page: SigningPage, reply: FormReply, back: String) -> AnyView {
    let (action, pdf) = (format!("{back}/sign"), format!("{back}/pdf"));
    let is_typed = !reply.values.is_empty();
    let name = if is_typed { reply.value("name") } else { page.name };
    let (width, height) = SIGNATURE_BOX;
    let strokes_error = reply.error("strokes");
    view! {
        <Panel title="Your signature" id="signature">
            <form class="form" method="post" action=action novalidate=true>
                <input type="hidden" name="shown" value=page.shown />
                <p>
                    "You sign this document as it is in "
                    <a href=pdf target="_blank" rel="noopener">"its PDF"</a>
                    ". A page that says who signed, when and from where is put behind it."
                </p>
                <Field
                    label="Full name"
                    name="name"
                    value=name
                    autocomplete="name"
                    required=true
                    maxlength=u32::try_from(MAX_SIGNER).unwrap_or_default()
                    error=reply.error("name")
                />
                <div class="field signature" data-signature="" hidden=true>
                    <div class="signature-head">
                        <span class="label" id="drawing-label">"Drawn signature"</span>
                        <button type="button" class="button quiet" data-clear="">"Clear"</button>
                    </div>
                    <canvas
                        width=width
                        height=height
                        role="img"
                        aria-labelledby="drawing-label"
                        aria-describedby="drawing-hint"
                    ></canvas>
                    <input type="hidden" name="strokes" value=reply.value("strokes") />
                    <p class="hint" id="drawing-hint">
                        "Draw it here if you like, with finger, pen or mouse. Your name above is a signature by itself."
                    </p>
                </div>
                {strokes_error.map(|error| view! { <p class="field-error">{error}</p> })}
                <CheckboxField
                    label=page.consent
                    name="agreed"
                    required=true
                    checked=reply.value("agreed") == "true"
                    error=reply.error("agreed")
                />
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true glyph=Glyph::Check>
                        "Accept & Sign"
                    </Button>
                    <ButtonLink href=back>"Not now"</ButtonLink>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}
