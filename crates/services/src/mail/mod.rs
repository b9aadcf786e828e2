//! Mail: rows written in the transaction that causes them, sent by a worker.

mod outbox;
mod templates;

pub(crate) use outbox::{Letter, cancel_for_membership, queue, requeue_for_membership, supersede_for_membership};
pub(crate) use templates::{InvitationMail, Rendered};
