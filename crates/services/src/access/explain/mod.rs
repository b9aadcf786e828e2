//! Why somebody may see something in the portal, or not: the gate's own answer. Whoever is asked about comes in as
//! their session would, the permission's reach is asked of the gate, and each part of its scope is put to the
//! database by itself; the verdict is what the whole query finds.

mod chain;
mod explain_access;
mod explain_member_access;
mod question;
mod subject;
mod words;

pub use explain_access::explain_access;
pub use explain_member_access::explain_member_access;
