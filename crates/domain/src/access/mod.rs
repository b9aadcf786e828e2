//! Who may see what: permissions, scopes, groups and staff roles, and the words of granting access.

mod bulk;
mod change;
mod explain;
mod grant;
mod group;
mod group_form;
mod permission;
mod portal_user;
#[cfg(test)]
mod properties;
mod role;
mod words;

pub use bulk::{BulkChange, BulkPage, BulkResult, BulkRow, BulkTargets, MOST_IN_BULK};
pub use change::{Affected, GroupEffects, PermissionChange};
pub use explain::{AccessAnswer, AccessExplained, AccessQuestion, AccessStep};
pub use grant::{EmailState, GrantRow, GrantTable, PortalState, RowChange, RowOutcome, RowRequest};
pub use group::{COMPANY_ADMIN, NO_ACCESS, NON_PORTAL, SEEDED_GROUPS, SeededGroup};
pub use group_form::{GroupForm, GroupPage, GroupRow};
pub use permission::{Permission, PermissionSet, ScopeKind};
pub use portal_user::{
    GroupChoice, Member, Members, MembershipChoice, NewPortalUser, PasswordBy, PortalUser, PortalUserForm,
    PortalUserPage, may_give, parse_day,
};
pub use role::{Right, StaffRole};
