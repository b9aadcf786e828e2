//! Who is signed in, for drawing the page. The gate is elsewhere: on the server, in every use case.

use domain::{
    access::{Permission, Right},
    users::{Me, Side, Via},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What every page knows of the installation and of whoever is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The business's name.
    pub business: String,
    /// Where to ask for help; may be empty.
    pub support_email: String,
    /// The logo's path.
    pub logo: Option<String>,
    /// Whoever is signed in.
    pub me: Option<Me>,
}

impl Session {
    /// Whether somebody came by a customer's secure link, without signing in.
    pub(crate) fn is_visitor(&self) -> bool {
        matches!(self.me.as_ref().map(|me| &me.side), Some(Side::Portal { via: Via::SecureLink, .. }))
    }

    /// Whether staff look at the portal as a customer sees it.
    pub(crate) fn is_view_as(&self) -> bool {
        matches!(self.me.as_ref().map(|me| &me.side), Some(Side::Portal { via: Via::ViewAs { .. }, .. }))
    }

    /// Whether somebody is in the portal who may do something there; for drawing only, the gate decides.
    pub(crate) fn may_in_portal(&self, permission: Permission) -> bool {
        matches!(self.me.as_ref().map(|me| &me.side), Some(Side::Portal { permissions, .. })
            if permissions.scope_of(permission).is_some())
    }

    /// Whether a staff user is signed in, on their own side.
    pub(crate) fn is_staff(&self) -> bool {
        matches!(self.me.as_ref().map(|me| &me.side), Some(Side::Staff { .. }))
    }

    /// Whether a staff user is signed in whose role allows something; for drawing only, the gate decides.
    pub(crate) fn may(&self, right: Right) -> bool {
        matches!(self.me.as_ref().map(|me| &me.side), Some(Side::Staff { role }) if role.allows(right))
    }
}

/// Reads the session while the server renders, and hands it to the browser with the page.
pub(crate) fn provide_session() -> Session {
    let session = SharedValue::new(current).into_inner();
    provide_context(session.clone());
    session
}

/// The session that [`provide_session`] provided.
pub(crate) fn use_session() -> Session {
    use_context().unwrap_or_default()
}

#[cfg(feature = "ssr")]
fn current() -> Session {
    crate::server::cx().map_or_else(
        |_no_request| Session::default(),
        |cx| Session {
            business: cx.config().business.clone(),
            support_email: cx.config().support_email.clone(),
            logo: cx.settings().logo_path(),
            me: cx.actor().me(),
        },
    )
}

#[cfg(not(feature = "ssr"))]
fn current() -> Session {
    Session::default()
}
