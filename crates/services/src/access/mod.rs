//! The one gate: who may see and do what.
//!
//! Every use case asks it first. What it hands out, a [`Scope`] or a [`StaffPass`], can be made nowhere
//! else, and the queries of contacts and documents start from one. What is not allowed is answered as if
//! it did not exist.

mod account_holder;
mod actor;
mod add_portal_user;
mod bulk;
mod change_access;
mod check;
mod check_emails;
mod done;
mod edit_portal_user;
mod email_index;
mod explain;
mod followers;
mod gate;
#[cfg(test)]
mod gate_tests;
mod grant;
mod group_cache;
mod group_choice;
mod invitation;
mod leave;
mod list_grant_rows;
mod members;
mod portal_users;
mod readership;
mod regroup;
mod revoke;
mod scope;
mod shared;
mod terms;
mod visitor_group;

pub(crate) use actor::Via;
pub use actor::{Actor, HalfActor, MachineActor, PortalActor, StaffActor};
pub use add_portal_user::{add_portal_user, get_new_portal_user};
pub use bulk::{change_in_bulk, list_bulk_rows};
pub use change_access::{change_access, preview_access};
pub use check_emails::check_emails;
pub use edit_portal_user::{edit_portal_user, get_portal_user};
pub use explain::{explain_access, explain_member_access};
pub use group_choice::list_group_choices;
pub use list_grant_rows::list_grant_rows;
pub use members::{edit_member, invite_member, list_members, remove_member};
pub(crate) use portal_users::{Live, live_where};
pub use scope::{Scope, StaffPass};

pub(crate) use account_holder::{AccountHolder, account_holder};
pub(crate) use check::{Check, passes};
pub(crate) use edit_portal_user::end_lapsed;
pub(crate) use followers::{member_may, member_sees, staff_works};
pub(crate) use gate::{machine, may, portal, portal_scope, portal_scope_if_any, staff};
pub(crate) use group_cache::GroupCache;
pub(crate) use group_choice::all_groups;
pub(crate) use invitation::{InvitationKind, Invitee, invite};
pub(crate) use leave::{leave_for_good, lock_companies, memberships_of, sole_manager_in};
pub(crate) use list_grant_rows::{live_memberships, portal_state};
pub(crate) use readership::readership;
pub(crate) use revoke::{UNDO_WINDOW, end_memberships_of_contact};
pub(crate) use shared::{SharePass, shared};
pub(crate) use visitor_group::{has_portal_user, may_visit, visitor_group};
