//! The line above the portal while staff look at it as somebody.

use domain::{Instant, users::Via};
use leptos::prelude::*;

use crate::{
    session::use_session,
    ui::{Banner, Button},
};

/// Who is viewed, why, until when, and the way out; nothing for everybody else.
#[component]
pub(super) fn ViewBanner() -> impl IntoView {
    let session = use_session();
    let Some((name, company, reason, until)) = session.viewed() else { return ().into_any() };
    let whom = if name == company { name } else { format!("{name} ({company})") };
    view! {
        <Banner label="Viewing as a customer">
            <strong>{format!("Viewing as {whom}")}</strong>
            <span>{format!("Look only, until {} · {reason}", until.display())}</span>
            <form method="post" action="/staff/view-as/leave">
                <Button submit=true>"Leave"</Button>
            </form>
        </Banner>
    }
    .into_any()
}

impl crate::session::Session {
    /// Whom staff look at the portal as: name, company, why, and until when.
    fn viewed(self) -> Option<(String, String, String, Instant)> {
        let me = self.me?;
        match me.side {
            domain::users::Side::Portal { company, via: Via::ViewAs { reason, until, .. }, .. } => {
                Some((me.name, company, reason, until))
            }
            _ => None,
        }
    }
}
