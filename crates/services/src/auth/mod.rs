//! Signing in: passwords, throttling, sessions, and the links of invitations and set-up.

mod accept_invitation;
mod answer_resets;
mod bucket;
mod candidate;
pub(crate) mod devices;
mod enter;
mod new_device;
pub mod passkeys;
mod password;
pub(crate) mod proof;
mod request_new_invitation;
mod request_reset;
pub(crate) mod reset_link;
pub(crate) mod reset_password;
mod resolve_session;
pub mod second_factor;
mod session;
mod set_up;
mod sign_in;
mod sign_out;
mod sweep;
mod switch_company;
mod throttle;
pub(crate) mod token;

pub use accept_invitation::{
    Accepted, InvitationFor, InvitationView, accept_invitation, accept_membership, view_invitation,
};
pub use answer_resets::answer_resets;
pub use password::PasswordHasher;
pub use proof::{confirm_password, needs_proof, require_proof};
pub use request_new_invitation::request_new_invitation;
pub use request_reset::request_reset;
pub use reset_password::{ResetFor, reset_password, view_reset};
pub use resolve_session::resolve_session;
pub(crate) use session::session_limits;
pub use session::{Face, Level, NewSession, SessionLimits, SessionView, end_session, open_session};
pub use set_up::{SetUpForm, complete_set_up, create_administrator, is_set_up_link_live, offer_set_up_link};
pub use sign_in::{Landing, SignedIn, sign_in, sign_in_to_session};
pub use sign_out::sign_out;
pub use sweep::sweep;
pub use switch_company::{list_companies, switch_company};

pub(crate) use enter::{Entrant, Entry, enter};
pub(crate) use password::{check_new_password, rate_new_password};
pub(crate) use session::{PortalFace, show_portal_as};
pub(crate) use throttle::Running as RunningSignIns;
