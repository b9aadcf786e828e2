mod list;
mod login;
mod passwords;
mod permissions;
mod staff_users;
mod status;

use domain::{
    ids::UserId,
    users::{UserForm, UserPage},
};
use entities::{audit_event, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{Cx, ServiceResult, users};

use crate::support::Portal;

/// The user of a login.
async fn user_of(portal: &Portal, login: &str) -> user::Model {
    let found =
        user::Entity::find().filter(user::Column::Login.eq(login)).one(portal.portico.db.pool()).await;
    found.expect("looks").expect("a user")
}

pub async fn id_of(portal: &Portal, login: &str) -> UserId {
    UserId(user_of(portal, login).await.id)
}

async fn page_of(cx: &Cx, id: UserId) -> UserPage {
    users::get_user(cx, id).await.expect("a page")
}

/// Gives a user another login, as the form on their page does.
pub async fn change_login(cx: &Cx, id: UserId, login: &str) -> ServiceResult<()> {
    let page = page_of(cx, id).await;
    let form = UserForm {
        login: login.to_owned(),
        ..UserForm::of(&page.name, &page.login, page.require_two_factor)
    };
    users::save_user(cx, id, &form).await
}

/// The newest event of an action.
pub async fn newest_event(portal: &Portal, action: &str) -> Option<audit_event::Model> {
    audit_event::Entity::find()
        .filter(audit_event::Column::Action.eq(action))
        .order_by_desc(audit_event::Column::Id)
        .one(portal.portico.db.pool())
        .await
        .expect("looks")
}

/// The secret of the link that sets a password, in the newest mail that has one.
async fn reset_secret(portal: &Portal) -> String {
    let mails = portal.mails().await;
    let mail =
        mails.iter().rev().find(|mail| mail.text_body.contains("/reset/")).expect("a mail with a link");
    let (_, after) = mail.text_body.split_once("https://portal.business.example/reset/").expect("a link");
    after.split_whitespace().next().unwrap_or_default().to_owned()
}
