use domain::{
    documents::{
        DocumentKind, MAX_RECIPIENT, SHARE_DAYS, ShareLinksPage as Page, ShareSide, USUAL_SHARE_DAYS,
    },
    ids::DocumentId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::links_table::links_table;
use crate::{
    PortalError,
    features::documents::{answer::title_of, href, staff::LIST},
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{
        Alert, Button, ButtonKind, ButtonLink, CheckboxField, Crumb, Field, PageHeader, Panel, SelectField,
        Tone,
    },
};

/// A link that was just made. Provided by the server to the page that answers its form: nobody can ask for it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeShareLink {
    /// The whole address.
    pub address: String,
    /// Where it was mailed to.
    pub mailed_to: Option<String>,
}

/// `/my/{kind}/{id}/share` and `/staff/documents/{id}/share`: the links to a document, and a new one. A plain page.
#[component]
pub fn ShareLinksPage() -> impl IntoView {
    let wanted = use_params_map().with_untracked(|params| {
        let id: DocumentId = params.get_str("id")?.parse().ok()?;
        match params.get_str("kind") {
            Some(kind) => Some((ShareSide::Customer(DocumentKind::from_plural(kind)?), id)),
            None => Some((ShareSide::Staff, id)),
        }
    });
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let reply = use_form_reply().unwrap_or_default();
    let made = use_context::<MadeShareLink>();
    let load = async move {
        let (side, id) = wanted.ok_or(PortalError::NotFound)?;
        let cx = cx()?;
        answer(&cx, services::documents::sharing::list_share_links(&cx, side, id).await)
            .map(|page| (side, page))
    };
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load.await {
                    Ok((side, page)) => show(side, page, reply, done, made),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

fn show(
    side: ShareSide,
    page: Page,
    reply: FormReply,
    done: Option<String>,
    made: Option<MadeShareLink>,
) -> AnyView {
    let title = title_of(&page.row);
    let (list, list_name, back) = match side {
        ShareSide::Staff => (LIST.to_owned(), "All documents", format!("{LIST}/{}", page.row.id)),
        ShareSide::Customer(kind) => {
            (format!("/my/{}", kind.plural()), kind.label(), href(kind, page.row.id))
        }
    };
    let crumbs = vec![Crumb::link(list_name, list), Crumb::link(title, back.clone())];
    let told = match done.as_deref() {
        Some("revoked") => Some("Revoked: the link opens nothing any more."),
        Some("already") => Some("This link was made before. Its address is shown once, when it is made."),
        _ => None,
    }
    .filter(|_| made.is_none() && reply.problem.is_none() && reply.errors.is_empty());
    let problem = reply.problem.clone();
    let action = format!("{back}/share");
    let table = links_table(page.links.clone(), &action);
    let is_open = page.is_open;
    view! {
        <Title text="Share links" />
        <div class="page">
            <PageHeader
                title="Share links"
                subtitle="A link shows this document alone, to whoever has it, without signing in."
                crumbs=crumbs
            />
            {told.map(|told| view! { <Alert tone=Tone::Good title=told /> })}
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {made.map(made_link)}
            {table}
            {if is_open {
                form(page, reply, action, back)
            } else {
                let told = "Customers do not see this document, so that no link opens it.";
                view! { <Alert tone=Tone::Warn title="No new links">{told}</Alert> }.into_any()
            }}
        </div>
    }
    .into_any()
}

/// The one time that a link's address is shown.
fn made_link(made: MadeShareLink) -> AnyView {
    let title = match made.mailed_to {
        Some(email) => format!("The link was made, and is mailed to {email}."),
        None => "The link was made.".to_owned(),
    };
    view! {
        <Alert tone=Tone::Good title=title>"Copy its address now: it is not shown again."</Alert>
        <Panel title="The new link" id="made-link">
            <Field label="Address of the link" name="address" value=made.address readonly=true />
        </Panel>
    }
    .into_any()
}

fn form(page: Page, reply: FormReply, action: String, back: String) -> AnyView {
    // A form that was refused keeps its key: sent again once it is put right, it is the same link.
    let key = Some(reply.value("key")).filter(|key| !key.is_empty()).unwrap_or_else(|| page.key.to_string());
    let days = Some(reply.value("days")).filter(|days| !days.is_empty());
    let days = days.unwrap_or_else(|| USUAL_SHARE_DAYS.to_owned());
    let choices = SHARE_DAYS
        .iter()
        .map(|(value, words, _)| ((*value).to_owned(), (*words).to_owned()))
        .collect::<Vec<_>>();
    let comment = page.can.comment.then(|| {
        view! {
            <CheckboxField
                label="The recipient may write messages"
                name="comment"
                checked=reply.value("comment") == "true"
                hint="Whoever follows the document is told. The recipient reads only what is written by the link."
                error=reply.error("comment")
            />
        }
    });
    let sign = page.can.sign.then(|| {
        view! {
            <CheckboxField
                label="The recipient may accept and sign, or decline"
                name="sign"
                checked=reply.value("sign") == "true"
                hint="Whoever has the link can: its evidence names the link and the recipient, not a login."
                error=reply.error("sign")
            />
        }
    });
    let pay = page.can.pay.then(|| {
        view! {
            <CheckboxField
                label="The recipient may pay"
                name="pay"
                checked=reply.value("pay") == "true"
                hint="With a card of their own or by bank transfer. Saved cards and the wallet are not offered."
                error=reply.error("pay")
            />
        }
    });
    view! {
        <Panel title="New link" id="new-link">
            <form class="form" method="post" action=action novalidate=true>
                <input type="hidden" name="key" value=key />
                <Field
                    label="Recipient"
                    name="recipient"
                    maxlength=u32::try_from(MAX_RECIPIENT).unwrap_or_default()
                    hint="For whom it is, if that is somebody in particular."
                    value=reply.value("recipient")
                    error=reply.error("recipient")
                />
                <Field
                    label="Email"
                    name="email"
                    kind="email"
                    hint="The link is mailed there. Without one, pass it on yourself."
                    value=reply.value("email")
                    error=reply.error("email")
                />
                <SelectField label="Works for" name="days" options=choices value=days error=reply.error("days") />
                {comment}
                {sign}
                {pay}
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true name="what" value="create">
                        "Create link"
                    </Button>
                    <ButtonLink href=back>"Back to the document"</ButtonLink>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}
