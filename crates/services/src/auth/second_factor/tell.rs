//! What is written down and mailed when a second factor changes or is tried too often.

use domain::Login;
use entities::user;
use serde_json::Value;
use uuid::Uuid;

use super::attempts::Attempt;
use crate::{
    Cx, ServiceResult, Transaction,
    audit::{self, By, Event},
    auth::candidate::Candidate,
    mail::{self, Letter, Rendered, UserLetters},
    users::companies,
};

/// Whose second factor it is.
pub(crate) struct Whom {
    pub id: Uuid,
    pub login: String,
    pub name: String,
}

impl From<&Candidate> for Whom {
    fn from(candidate: &Candidate) -> Self {
        Self { id: candidate.id, login: candidate.login.clone(), name: candidate.name.clone() }
    }
}

impl From<&user::Model> for Whom {
    fn from(user: &user::Model) -> Self {
        Self { id: user.id, login: user.login.clone(), name: user.name.clone() }
    }
}

/// Writes down what they did to their own account.
pub(super) async fn record(
    cx: &Cx,
    transaction: &Transaction,
    whom: &Whom,
    action: &'static str,
    data: Value,
) -> ServiceResult<()> {
    // People of a company read of it when it is the user's only one.
    let entity_id = match companies(transaction, whom.id).await?.as_slice() {
        [(only, _)] => Some(*only),
        _ => None,
    };
    let event = Event { action, subject: &whom.login, subject_id: Some(whom.id), entity_id, data };
    let name = if whom.name.is_empty() { &whom.login } else { &whom.name };
    audit::record_by(cx, transaction, By { id: Some(whom.id), name }, event).await
}

/// Queues a mail to them; a login that is no email address has none to send to.
pub(crate) async fn mail(
    cx: &Cx,
    transaction: &Transaction,
    whom: &Whom,
    template: &'static str,
    write: impl FnOnce(&UserLetters) -> ServiceResult<Rendered>,
) -> ServiceResult<()> {
    if Login::from_typed(&whom.login).email().is_none() {
        return Ok(());
    }
    let letter = Letter {
        template,
        to_email: &whom.login,
        to_name: &whom.name,
        rendered: write(&UserLetters::new(cx, &whom.name, &whom.login))?,
        is_secret: false,
        membership: None,
    };
    mail::queue(cx, transaction, letter).await
}

/// Tells the owner once the free tries are used up: whoever tried has the password.
pub(super) async fn after_many(cx: &Cx, attempt: &Attempt, candidate: &Candidate) -> ServiceResult<()> {
    if !attempt.is_last {
        return Ok(());
    }
    let transaction = cx.begin().await?;
    let whom = Whom::from(candidate);
    record(cx, &transaction, &whom, "user.codes_refused", serde_json::json!({})).await?;
    mail(cx, &transaction, &whom, "codes_refused", |letters| letters.codes_refused(cx.now())).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}
