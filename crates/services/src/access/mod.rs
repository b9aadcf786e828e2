//! The one gate: who may see and do what.
//!
//! Every use case asks it first. What it hands out, a [`Scope`] or a [`StaffPass`], can be made nowhere
//! else, and the queries of contacts and documents start from one. What is not allowed is answered as if
//! it did not exist.

mod actor;
mod change_access;
mod check;
mod check_emails;
mod done;
mod email_index;
mod gate;
mod grant;
mod group_cache;
mod invitation;
mod list_grant_rows;
mod revoke;
mod scope;
mod visitor_group;

pub use actor::{Actor, PortalActor, StaffActor};
pub(crate) use actor::Via;
pub use change_access::change_access;
pub use check_emails::check_emails;
pub use list_grant_rows::list_grant_rows;
pub use scope::{Scope, StaffPass};

pub(crate) use check::{Check, passes};
pub(crate) use gate::{portal, portal_scope, portal_scope_if_any, staff};
pub(crate) use group_cache::GroupCache;
pub(crate) use invitation::{InvitationKind, Invitee, invite};
pub(crate) use list_grant_rows::{live_memberships, portal_state};
pub(crate) use revoke::{UNDO_WINDOW, end_memberships_of_contact};
pub(crate) use visitor_group::{has_portal_user, visitor_group};
