//! Who may see what: permissions, scopes, groups and staff roles, and the words of granting access.

mod grant;
mod group;
mod permission;
mod role;

pub use grant::{EmailState, GrantRow, GrantTable, PortalState, RowChange, RowOutcome, RowRequest};
pub use group::{COMPANY_ADMIN, NON_PORTAL, SEEDED_GROUPS, SeededGroup};
pub use permission::{Permission, PermissionSet, ScopeKind};
pub use role::{Right, StaffRole};
