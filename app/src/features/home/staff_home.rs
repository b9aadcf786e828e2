use domain::{
    access::{Right, StaffRole},
    users::Side,
};
use leptos::prelude::*;
use leptos_meta::Title;

use super::start::{FirstSteps, Start, Starts};
use crate::{
    PortalError,
    features::{account::SecondFactorNudge, view_as::ViewOverNotice},
    layout::ErrorPage,
    session::use_session,
    ui::{Glyph, PageHeader},
};

/// `/staff`: where the work is.
#[component]
pub fn StaffHomePage() -> impl IntoView {
    let session = use_session();
    let Some(me) = session.me else {
        return view! { <ErrorPage error=PortalError::SignedOut /> }.into_any();
    };
    let Side::Staff { role } = me.side else {
        return view! { <ErrorPage error=PortalError::NotFound /> }.into_any();
    };
    let starts = starts(role);
    view! {
        <Title text="Home" />
        <div class="page">
            <ViewOverNotice />
            <SecondFactorNudge />
            <PageHeader
                title=format!("Welcome, {}", me.name)
                subtitle=format!("You run the customer portal of {}.", session.business)
            />
            <Starts starts=starts />
            <FirstSteps role=role />
        </div>
    }
    .into_any()
}

/// What a role opens. The links' texts differ from those of the navigation.
fn starts(role: StaffRole) -> Vec<Start> {
    let all = [
        (
            Right::ReadContacts,
            Start {
                title: "Customers",
                text: "The companies and people in your books, and who of them can enter the portal.",
                action: "Find a customer",
                href: "/staff/contacts",
                glyph: Glyph::Users,
            },
        ),
        (
            Right::Import,
            Start {
                title: "Records",
                text: "Bring contacts and documents over from Odoo: its own CSV exports, checked before they count.",
                action: "Upload files",
                href: "/staff/import",
                glyph: Glyph::Upload,
            },
        ),
        (
            Right::ManageMail,
            Start {
                title: "Outbox",
                text: "What the portal has written to your customers, and what could not be delivered.",
                action: "See what was sent",
                href: "/staff/mail",
                glyph: Glyph::Mail,
            },
        ),
    ];
    all.into_iter().filter(|(right, _)| role.allows(*right)).map(|(_, start)| start).collect()
}
