use domain::{
    Login,
    account::{CLOSED_NAME, closed_login},
    ids::UserId,
};
use entities::{contact, device, mail_choice, recovery_code, token, totp, user};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use serde_json::json;

use super::{
    customer::customer,
    leaving::{Leaving, leaving},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{leave_for_good, lock_companies, memberships_of},
    audit::{self, Event},
    auth::{confirm_password, passkeys},
    contacts::search_text,
    mail::{self, ClosedAccount, Letter, UserLetters},
    users::{end_all_sessions, lock, record, void_links},
};

/// Closes a customer's account, for good and at once: memberships, sessions, password, second factor, devices, links
/// and choices go, the login is free again, and both they and the business are told. The books keep what they must:
/// see `docs/SECURITY.md`.
///
/// # Permissions
/// Every customer, for themselves, with the password; staff accounts are for administrators to disable.
///
/// # Errors
/// [`ServiceError::Invalid`] for the fields `login` and `password`, [`ServiceError::Throttled`] after many wrong
/// passwords, [`ServiceError::Refused`] for whoever alone manages a company's other members,
/// [`ServiceError::NotFound`] for whoever has no account of their own, and for staff.
pub async fn close_account(cx: &Cx, login: &str, password: &str) -> ServiceResult<()> {
    let holder = customer(cx)?;
    if Login::from_typed(login).as_str() != holder.login {
        let text = format!("This is not your login. Type {} to confirm.", holder.login);
        return Err(ServiceError::field("login", text));
    }
    confirm_password(cx, password).await?;
    let transaction = cx.begin().await?;
    lock_companies(&transaction, &memberships_of(&transaction, holder.id()).await?).await?;
    let user = lock(&transaction, holder.user).await?;
    if user.login != holder.login {
        // Another tab was faster.
        return Err(ServiceError::NotFound);
    }
    let leaving = leaving(cx, &transaction, user.id).await?;
    if let Some(refusal) = leaving.refusal {
        return Err(ServiceError::refused(refusal));
    }
    // Before the memberships end: whose people may read of it is told by them.
    record(cx, &transaction, "user.closed", &user, json!({})).await?;
    leave_for_good(cx, &transaction, &leaving.live).await?;
    for contact in &leaving.forgotten {
        forget(cx, &transaction, contact).await?;
    }
    void_links(cx, &transaction, &user, "Not sent: the account was closed first.").await?;
    end_all_sessions(&transaction, user.id, None).await?;
    empty(&transaction, &user).await?;
    tell(cx, &transaction, (&holder.name, &holder.login), &leaving).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

/// Takes everything from a user but its key, to which the audit trail refers.
async fn empty(transaction: &Transaction, user: &user::Model) -> ServiceResult<()> {
    passkeys::forget_all(transaction, user.id).await?;
    totp::Entity::delete_many().filter(totp::Column::UserId.eq(user.id)).exec(transaction).await?;
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::UserId.eq(user.id))
        .exec(transaction)
        .await?;
    device::Entity::delete_many().filter(device::Column::UserId.eq(user.id)).exec(transaction).await?;
    token::Entity::delete_many().filter(token::Column::UserId.eq(user.id)).exec(transaction).await?;
    mail_choice::Entity::delete_many()
        .filter(mail_choice::Column::UserId.eq(user.id))
        .exec(transaction)
        .await?;
    user::Entity::update_many()
        .col_expr(user::Column::Login, Expr::value(closed_login(UserId(user.id))))
        .col_expr(user::Column::Name, Expr::value(CLOSED_NAME))
        .col_expr(user::Column::PasswordHash, Expr::value(Option::<String>::None))
        .col_expr(user::Column::Status, Expr::value("disabled"))
        .col_expr(user::Column::RequireTwoFactor, Expr::value(false))
        .col_expr(user::Column::TwoFactorSince, Expr::value(Option::<i64>::None))
        .filter(user::Column::Id.eq(user.id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Clears how to reach somebody. What it was is not written down anywhere: the name of each field is enough.
async fn forget(cx: &Cx, transaction: &Transaction, contact: &contact::Model) -> ServiceResult<()> {
    let cleared = contact::Model {
        email: String::new(),
        email_key: None,
        phone: String::new(),
        street: String::new(),
        street2: String::new(),
        zip: String::new(),
        city: String::new(),
        state_code: String::new(),
        website: String::new(),
        version: contact.version + 1,
        updated_at: cx.now().millis(),
        ..contact.clone()
    };
    let search = search_text::of(&cleared);
    let row = contact::Model { search, ..cleared }.into_active_model().reset_all();
    row.update(transaction).await?;
    let event = Event {
        action: "contact.forgotten",
        subject: &contact.name,
        subject_id: Some(contact.id),
        entity_id: Some(contact.entity_id),
        data: json!({ "cleared": ["email", "phone", "address", "website"] }),
    };
    audit::record(cx, transaction, event).await
}

/// Tells whoever closed the account, and the business.
async fn tell(
    cx: &Cx,
    transaction: &Transaction,
    (name, login): (&str, &str),
    leaving: &Leaving,
) -> ServiceResult<()> {
    let forgotten: Vec<String> = leaving.forgotten.iter().map(|contact| contact.name.clone()).collect();
    let closed = ClosedAccount {
        when: &cx.settings().zone.display(cx.now()),
        companies: &leaving.companies,
        forgotten: &forgotten,
        kept: &leaving.kept,
    };
    let letters = UserLetters::new(cx, name, login);
    mail::tell_user(cx, transaction, (name, login), "account_closed", letters.account_closed(&closed)?)
        .await?;
    let contact = leaving.live.first().map(|live| cx.link(&format!("/staff/contacts/{}", live.contact.id)));
    for to in staff_addresses(cx, transaction).await? {
        let letter = Letter {
            template: "customer_left",
            to_email: &to,
            to_name: "",
            rendered: letters.customer_left(&closed, contact.clone())?,
            is_secret: false,
            membership: None,
        };
        mail::queue(cx, transaction, letter).await?;
    }
    Ok(())
}

/// Where the business reads of it: the support address, or every administrator where there is none.
async fn staff_addresses(cx: &Cx, transaction: &Transaction) -> ServiceResult<Vec<String>> {
    let support = cx.config().support_email.trim();
    if !support.is_empty() {
        return Ok(vec![support.to_owned()]);
    }
    let administrators: Vec<user::Model> = user::Entity::find()
        .filter(user::Column::Role.eq(domain::access::StaffRole::Administrator.code()))
        .filter(user::Column::Status.eq("active"))
        .all(transaction)
        .await?;
    let logins = administrators.into_iter().map(|user: user::Model| Login::from_typed(&user.login));
    Ok(logins.filter_map(|login| login.email()).map(String::from).collect())
}
