//! What a reader may do with a document, at its head.

use domain::documents::{DocumentAction, DocumentPage};
use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, ButtonLink, Glyph};

/// A link for each action; each leads below the document's address, so that it works without WebAssembly.
#[component]
pub(super) fn Actions(page: DocumentPage, address: String) -> impl IntoView {
    let pay = match address.starts_with("/shared/") {
        true => format!("{address}/pay"),
        false => format!("/my/pay?documents={}", page.row.id),
    };
    page.actions
        .into_iter()
        .map(|action| match action {
            DocumentAction::Sign => view! {
                <ButtonLink kind=ButtonKind::Primary href=format!("{address}/sign")>
                    "Accept & Sign"
                </ButtonLink>
            }
            .into_any(),
            DocumentAction::Pay => view! {
                <ButtonLink kind=ButtonKind::Primary href=pay.clone()>
                    "Pay"
                </ButtonLink>
            }
            .into_any(),
            DocumentAction::Decline => {
                view! { <ButtonLink href=format!("{address}/decline")>"Decline"</ButtonLink> }.into_any()
            }
            DocumentAction::Automatic => {
                view! { <ButtonLink href=format!("{address}/automatic")>"Automatic payment"</ButtonLink> }
                    .into_any()
            }
            DocumentAction::Manage => view! {
                <ButtonLink kind=ButtonKind::Primary href=format!("{address}/manage")>
                    "Manage subscription"
                </ButtonLink>
            }
            .into_any(),
            DocumentAction::Close => ticket_state(&address, "closed", "Close ticket"),
            DocumentAction::Reopen => ticket_state(&address, "open", "Reopen ticket"),
            DocumentAction::Share => {
                view! { <ButtonLink href=format!("{address}/share")>"Share"</ButtonLink> }.into_any()
            }
            DocumentAction::Download => view! {
                <ButtonLink href=format!("{address}/pdf?download") external=true glyph=Glyph::Download>
                    "Download"
                </ButtonLink>
            }
            .into_any(),
        })
        .collect_view()
        .into_any()
}

/// The button that closes a ticket or opens it again, at its own address or the staff's.
pub(super) fn ticket_state(address: &str, state: &'static str, label: &'static str) -> AnyView {
    view! {
        <form method="post" action=format!("{address}/state")>
            <input type="hidden" name="state" value=state />
            <Button submit=true>{label}</Button>
        </form>
    }
    .into_any()
}
