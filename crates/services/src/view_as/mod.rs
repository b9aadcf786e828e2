//! Staff look at the portal as a customer sees it: read-only, with a reason, for a short while, and written
//! down where the customer can read it. `resolve_session` gives the session its second face, and `Cx::begin`
//! refuses every change made with it.

mod begin_view;
mod leave_view;
mod list_view_choices;

pub use begin_view::begin_view;
pub use leave_view::leave_view;
pub use list_view_choices::list_view_choices;
