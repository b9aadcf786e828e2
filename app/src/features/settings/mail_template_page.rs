use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{api::get_mail_template, mail_template_form::show};
use crate::{form::use_form_reply, layout::ErrorPage, ui::Skeleton};

/// The page's address; below it each mail has its own.
pub(super) const PAGE: &str = "/staff/settings/mail-templates";

/// The mail that is shown first.
const FIRST: &str = "invitation";

/// `/staff/settings/mail-templates` and one below it for each mail: what the portal's mails say.
#[component]
pub fn MailTemplatePage() -> impl IntoView {
    let params = use_params_map();
    let reply = StoredValue::new(use_form_reply());
    let query = use_query_map();
    let kind = move || params.with(|params| params.get("kind")).unwrap_or_else(|| FIRST.to_owned());
    let page = Resource::new(kind, get_mail_template);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12 /> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        // It belongs to the mail that it was posted for, not to one that is opened from there.
                        let reply = reply.get_value().filter(|reply| reply.value("kind") == page.kind.0);
                        let done = query.with_untracked(|query| query.get("done"));
                        show(page, reply, done.as_deref()).into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}
