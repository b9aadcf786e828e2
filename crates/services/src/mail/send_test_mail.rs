use domain::{Email, access::Right};

use super::{
    MailTransport,
    dress::dress,
    message::{self, Draft},
    templates::render_test,
};
use crate::{Cx, ServiceError, ServiceResult, access::staff, ids};

/// Sends a test mail past the queue, and says what the mail server answered.
///
/// # Permissions
/// [`Right::ManageMail`].
///
/// # Errors
/// [`ServiceError::Invalid`] when `to` is no email address; [`ServiceError::Refused`], with the reason in
/// words, when the mail could not be handed over.
pub async fn send_test_mail(cx: &Cx, transport: &MailTransport, to: &str) -> ServiceResult<String> {
    staff(cx, Right::ManageMail)?;
    let to = Email::parse(to).map_err(|error| ServiceError::field("to", error.to_string()))?;
    let rendered = render_test(&cx.config().business, &cx.config().public_url)?;
    let html = dress(cx.settings(), &rendered.html);
    let draft = Draft {
        id: ids::mint(cx.now()),
        created: cx.now(),
        to_email: to.as_str(),
        to_name: "",
        subject: &rendered.subject,
        text: &rendered.text,
        html: &html,
    };
    let sent = match message::build(cx.settings(), draft, cx.now()) {
        Ok(outgoing) => transport.send(outgoing).await,
        Err(failure) => Err(failure),
    };
    transport.rest().await;
    sent.map_err(|failure| ServiceError::refused(failure.words()))
}
