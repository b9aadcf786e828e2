//! Mail: rows written in the transaction that causes them, sent by a worker.
//!
//! A mail leaves at least once: between the mail server's answer and our note of it lies a moment in which
//! a killed process sends it again, with the same Message-ID and the same link. What a mail causes, a grant
//! or a link, happens once.

mod back_off;
mod courier;
mod dress;
mod eml_folder;
mod failure;
mod lease;
mod list_mail;
mod message;
mod one_line;
mod outbox;
mod resend_mail;
mod secure_link;
mod send_test_mail;
mod smtp;
mod tell_user;
mod templates;
mod transport;
mod wants;
mod worker;

pub use courier::{DeliveryReport, deliver_due, drain};
pub use list_mail::list_mail;
pub use resend_mail::resend_mail;
pub use send_test_mail::send_test_mail;
pub use smtp::SmtpServer;
pub use transport::{MailTransport, MailTransportError};
pub use wants::wants;
pub use worker::run_worker;

pub(crate) use outbox::{
    Letter, cancel_for_membership, cancel_links_to, queue, requeue_for_membership, supersede_for_membership,
};
pub(crate) use secure_link::secure_link_for;
pub(crate) use tell_user::tell_user;
pub(crate) use templates::{
    AutomaticMail, AutomaticNews, ClosedAccount, Happening, InvitationMail, MailKind, NewMessage, NewSignIn,
    PaymentMail, ReminderMail, Rendered, ShareMail, UserLetters, original, sample,
};
