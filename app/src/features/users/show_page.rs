use domain::{
    ids::UserId,
    users::{UserPage, UserStatus},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    LIST,
    api::get_user,
    notice::Notice,
    show_side::{login_panel, password_panel, role_panel, two_factor_panel},
    show_tables::{membership_panel, session_panel, trail_panel},
    tone,
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Badge, Button, ButtonLink, Crumb, PageHeader, Skeleton},
};

/// `/staff/settings/users/{id}`.
#[component]
pub fn UserShowPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<UserId>().ok()));
    let user = Resource::new(move || id.get(), load);
    let reply = use_form_reply().unwrap_or_default();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match user.await {
                        Ok(page) => show(page, reply).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// The user of an address.
pub(super) async fn load(id: Option<UserId>) -> Result<UserPage, PortalError> {
    match id {
        Some(id) => get_user(id).await,
        None => Err(PortalError::NotFound),
    }
}

fn show(page: UserPage, reply: FormReply) -> impl IntoView {
    let address = format!("{LIST}/{}", page.id);
    let (status, title) = (page.status, page.name.clone());
    let crumbs = vec![Crumb::link("All users", LIST), Crumb::text(title.clone())];
    let able = able_form(&page, &address);
    let main = (membership_panel(&page), session_panel(&page, &address), trail_panel(&page)).into_any();
    let aside = (
        login_panel(&page),
        password_panel(&page, &address, &reply),
        two_factor_panel(&page, &address),
        role_panel(&page, &address),
    )
        .into_any();
    view! {
        <Title text=title.clone() />
        <div class="page user-page">
            <PageHeader
                title=title
                subtitle=page.login
                crumbs=crumbs
                badge=move || view! { <Badge tone=tone(status) text=status.label() /> }
            >
                <ButtonLink href=format!("{address}/edit")>"Edit"</ButtonLink>
                {able}
            </PageHeader>
            <Notice reply=reply />
            <div class="columns">
                <div>{main}</div>
                <aside>{aside}</aside>
            </div>
        </div>
    }
}

/// Disabling or enabling; nobody does it to themselves.
fn able_form(page: &UserPage, address: &str) -> Option<impl IntoView + use<>> {
    let is_disabled = page.status == UserStatus::Disabled;
    let (what, label) = if is_disabled { ("enable", "Enable login") } else { ("disable", "Disable login") };
    (!page.is_self).then(|| small_form(address, what, label, label.to_owned()))
}

/// A form that is nothing but its button.
pub(super) fn small_form(
    address: &str,
    what: &'static str,
    label: &'static str,
    name: String,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=address.to_owned()>
            <Button submit=true name="do" value=what attr:aria-label=(name != label).then_some(name)>
                {label}
            </Button>
        </form>
    }
}
